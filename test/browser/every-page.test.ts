import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { anyFreePort } from '../../src/database/embedded.ts'
import { complaintsOf, isTabCutOff, overflowOf } from '../../web/dev/complaints.ts'
import { startFakeServer } from '../../web/dev/fake-server.ts'
import { pages } from '../../web/dev/pages.ts'
import { changeScheme, openLook, show, turnTo, type Look } from '../../web/dev/photographer.ts'
import type { Screen } from '../../web/dev/screens.ts'
import { openBrowser } from './browser.ts'

/** Every page there is, full of made-up sales, in both schemes and both languages, wide and narrow. */
let browser: Browser
let server: Awaited<ReturnType<typeof startFakeServer>>

beforeAll(async () => {
  server = await startFakeServer(await anyFreePort())
  browser = await openBrowser()
}, 60_000)
afterAll(async () => {
  await browser.close()
  await server.stop()
})

const schemes = { light: 'dark', dark: 'light' } as const

const looks: Look[] = [
  { size: 'laptop', scheme: 'light', language: 'nl' },
  { size: 'phone', scheme: 'dark', language: 'en' },
]

const visits = looks.flatMap((look) => [
  { look, who: 'somebody inside', visited: pages.filter(({ signedIn }) => signedIn !== false) },
  { look, who: 'a stranger', visited: pages.filter(({ signedIn }) => signedIn === false) },
])

/** In the one scheme everything, in the other what it can change. */
const complaintsAbout = async (page: Page, { scheme }: Look): Promise<string[]> => {
  const found = await complaintsOf(page)
  const tooWide = await overflowOf(page)
  if (tooWide > 0) found.push(`${tooWide} px too wide`)
  if (await isTabCutOff(page)) found.push('the tab of this page is cut off')
  await changeScheme(page, schemes[scheme])
  found.push(...(await complaintsOf(page, 'contrast')))
  await changeScheme(page, scheme)
  return found
}

test.concurrent.for(visits)(
  'no page has anything to complain about for $who on a $look.size, $look.scheme, in $look.language',
  { timeout: 240_000 },
  async ({ look, visited }) => {
    const page = await openLook(browser, look)
    let current = ''
    // Gathered, so that one run tells of all pages.
    const faults: string[] = []
    const blame = (text: string) => faults.push(`${current}: ${text}`)
    page.on('pageerror', (error) => blame(error.message))
    const visit = async (screen: Screen, at: number) => {
      current = screen.name
      await (at === 0 ? show(page, server.address, screen, look) : turnTo(page, screen))
      for (const complaint of await complaintsAbout(page, look)) blame(complaint)
    }
    for (const [at, screen] of visited.entries()) {
      await visit(screen, at).catch((error: unknown) => blame(String(error)))
    }
    await page.context().close()
    expect(visited.length).toBeGreaterThan(5)
    expect(faults).toEqual([])
  },
)
