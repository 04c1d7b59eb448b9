import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { anyFreePort } from '../../src/database/embedded.ts'
import { startFakeServer } from '../../web/dev/fake-server.ts'
import { pages } from '../../web/dev/pages.ts'
import { openLook, show } from '../../web/dev/photographer.ts'
import { expectAccessible, expectNoSidewaysScroll, openBrowser } from './browser.ts'

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

const looks = [
  { size: 'laptop', scheme: 'light', language: 'nl', other: 'dark' },
  { size: 'phone', scheme: 'dark', language: 'en', other: 'light' },
] as const

const rounds = looks.flatMap((look) => pages.map((page) => ({ page, look, name: page.name })))

test.concurrent.for(rounds)(
  '$name on a $look.size, $look.scheme, in $look.language',
  { timeout: 60_000 },
  async ({ page: screen, look }) => {
    const page = await openLook(browser, look)
    const faults: string[] = []
    page.on('pageerror', (error) => faults.push(error.message))
    try {
      await show(page, server.address, screen, look)
      await expectAccessible(page)
      await expectNoSidewaysScroll(page)
      await page.emulateMedia({ colorScheme: look.other })
      await page.locator(`html[data-mantine-color-scheme=${look.other}]`).waitFor()
      await expectAccessible(page, 'contrast')
      expect(faults).toEqual([])
    } finally {
      await page.context().close()
    }
  },
)
