import { readFile } from 'node:fs/promises'
import path from 'node:path'
import type { Random } from '../world/random.ts'
import { policyWithStyle } from './content-policy.ts'

/** Stands in web/index.html where the nonce of a page goes. */
const placeholder = 'nonce-of-this-page'

export interface DashboardPage {
  html: string
  policy: string
}

/**
 * The one page of the dashboard, with a nonce of its own: Mantine writes its theme's variables into a style
 * element, and only elements that carry this nonce count. So no copy of the page may be used twice.
 * @param folder of the built dashboard
 */
export const dashboardPage = async (folder: string, random: Random): Promise<DashboardPage> => {
  const nonce = Buffer.from(random.bytes(16)).toString('base64url')
  const html = await readFile(path.join(folder, 'index.html'), 'utf8')
  return { html: html.replace(placeholder, nonce), policy: policyWithStyle(`nonce-${nonce}`) }
}
