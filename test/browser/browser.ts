import { chromium, type Browser, type Page } from 'playwright-core'
import { expect } from 'vitest'
import { complaintsOf, overflowOf, type Depth } from '../../web/dev/complaints.ts'

/** Opens the Chromium that `npm test` found. @throws with what to do when there is none */
export const openBrowser = (): Promise<Browser> => {
  const executablePath = process.env['DOORVOER_TEST_CHROMIUM'] || '/usr/bin/chromium'
  return chromium.launch({
    executablePath,
    args: [
      '--no-sandbox',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  })
}

let addresses = 0
const nextAddress = (): string => {
  addresses += 1
  return `203.0.113.${addresses % 250}`
}

/** A page of its own session, which fails the test on any error of the page itself. */
export const openPage = async (
  browser: Browser,
  viewport: { width: number; height: number },
  language: 'nl' | 'en' = 'nl',
): Promise<{ page: Page; faults: string[] }> => {
  const context = await browser.newContext({
    viewport,
    locale: { nl: 'nl-BE', en: 'en-GB' }[language],
    // Each sits at an address of their own, as behind a proxy: attempts to sign in are counted by address.
    extraHTTPHeaders: { 'x-forwarded-for': nextAddress() },
  })
  const page = await context.newPage()
  const faults: string[] = []
  page.on('pageerror', (error) => faults.push(error.message))
  return { page, faults }
}

/** Nothing for axe to complain about. */
export const expectAccessible = async (page: Page, depth?: Depth): Promise<void> => {
  expect(await complaintsOf(page, depth)).toEqual([])
}

/** A phone is narrow: nothing may stick out of it. */
export const expectNoSidewaysScroll = async (page: Page): Promise<void> => {
  expect(await overflowOf(page)).toBeLessThanOrEqual(0)
}
