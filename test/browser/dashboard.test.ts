import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { gzipSync } from 'node:zlib'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { demoPerson, openScene, type Scene } from '../../src/commands/demo/scene.ts'
import { readConfig } from '../../src/config.ts'
import { anyFreePort } from '../../src/database/embedded.ts'
import { expectAccessible, expectNoSidewaysScroll, openBrowser, openPage } from './browser.ts'

let scene: Scene
let browser: Browser
let home: string

beforeAll(async () => {
  home = await mkdtemp(path.join(tmpdir(), 'doorvoer-browser-'))
  await chmod(home, 0o755)
  const config = readConfig({
    DOORVOER_HOME: home,
    DOORVOER_PORT: String(await anyFreePort()),
    DOORVOER_LOG_LEVEL: 'warn',
  })
  scene = await openScene(config)
  browser = await openBrowser()
}, 120_000)

afterAll(async () => {
  await browser.close()
  await scene.close()
  await rm(home, { recursive: true, force: true })
}, 60_000)

const signIn = async (page: Page, address: string) => {
  await page.goto(scene.runtime.config.publicUrl + address)
  await page.getByLabel('E-mailadres').fill(demoPerson.email)
  await page.getByLabel('Wachtwoord', { exact: true }).fill(demoPerson.password)
  await page.getByRole('button', { name: 'Aanmelden' }).click()
  await page.waitForURL(/\/i\/[0-9a-f-]{36}/)
}

const screens = [
  { name: 'a phone', width: 390, height: 844 },
  { name: 'a desktop', width: 1280, height: 800 },
]

describe.each(screens)('on $name', ({ width, height }) => {
  test('a merchant signs in, watches a sale arrive, and sees why another did not', async () => {
    const { page, faults } = await openPage(browser, { width, height })
    await page.goto(`${scene.runtime.config.publicUrl}/sign-in`)
    await page.getByLabel('E-mailadres').waitFor()
    await expectAccessible(page)
    await page.getByLabel('E-mailadres').fill(demoPerson.email)
    await page.getByLabel('Wachtwoord', { exact: true }).fill('not this one')
    await page.getByRole('button', { name: 'Aanmelden' }).click()
    await page.getByRole('alert').waitFor()
    await page.getByLabel('Wachtwoord', { exact: true }).fill(demoPerson.password)
    await page.getByRole('button', { name: 'Aanmelden' }).click()
    await page.waitForURL(/\/report/)
    await page.locator('[data-state=live]').waitFor()

    // Placed now; the page must show it without anybody reloading it.
    const good = scene.shop.placeNamed('consumer21')
    await page.getByText(good).first().waitFor({ timeout: 20_000 })
    await page.getByText('Snelheid', { exact: true }).click()
    await page.getByText(/was de helft binnen \d+ (sec|min) geboekt/).waitFor()
    await expectAccessible(page)
    await expectNoSidewaysScroll(page)

    const wrong = scene.shop.placeNamed('wrongTotal')
    await page
      .getByRole('link', { name: /Fouten/ })
      .first()
      .click()
    await page.getByText('TOTAL_DIFFERS_FROM_LINES').first().waitFor({ timeout: 20_000 })
    await page
      .getByRole('button', { name: /Verkopen? tonen/ })
      .first()
      .click()
    await page.getByText(wrong).first().waitFor({ timeout: 20_000 })
    await expectAccessible(page)
    await expectNoSidewaysScroll(page)
    expect(faults).toEqual([])
    await page.context().close()
  }, 90_000)

  test('what waits is on Open, and a deep link survives signing in', async () => {
    const { page, faults } = await openPage(browser, { width, height })
    const waiting = scene.shop.placeNamed('unpaid')
    await signIn(page, `/i/${scene.integrationId}/open`)
    await page.waitForURL(/\/open/)
    await page.getByText(waiting).first().waitFor({ timeout: 20_000 })
    await expectAccessible(page)
    await expectNoSidewaysScroll(page)
    expect(faults).toEqual([])
    await page.context().close()
  }, 60_000)
})

/** What somebody on a slow phone waits for before anything shows, in kB of gzipped script. */
const firstLoadMaxKb = 250

test.each(['/', '/sign-in', '/help'])(
  'a first visit to %s loads little script',
  async (address) => {
    const { page, faults } = await openPage(browser, { width: 390, height: 844 })
    const scripts: Promise<Buffer>[] = []
    page.on('response', (response) => {
      if (response.request().resourceType() === 'script') scripts.push(response.body())
    })
    await page.goto(scene.runtime.config.publicUrl + address, { waitUntil: 'networkidle' })
    await page.locator('h1').waitFor()
    const sizes = (await Promise.all(scripts)).map((script) => gzipSync(script).length)
    const totalKb = sizes.reduce((sum, size) => sum + size, 0) / 1000
    console.log(`${address}: ${totalKb.toFixed(1)} kB in ${sizes.length} scripts, gzipped`)
    expect(sizes.length).toBeGreaterThan(1)
    expect(totalKb).toBeLessThanOrEqual(firstLoadMaxKb)
    expect(faults).toEqual([])
    await page.context().close()
  },
  60_000,
)

test('a mended sale is processed again from the Errors tab', async () => {
  const { page, faults } = await openPage(browser, { width: 1280, height: 800 })
  const number = scene.shop.placeNamed('icpWithoutNumber')
  await signIn(page, `/i/${scene.integrationId}/errors`)
  const cause = page.locator('section', { hasText: 'VAT_NUMBER_MISSING' }).last()
  await cause.waitFor({ timeout: 20_000 })
  // Mended in the shop, where nothing tells us of it.
  scene.shop.mend(number, { vatNumber: 'NL123456782B90' })
  await cause
    .getByRole('button', { name: /verwerken/i })
    .first()
    .click()
  await page.getByText(number).first().waitFor({ state: 'detached' })
  await page
    .getByRole('link', { name: /Rapportage/ })
    .first()
    .click()
  await page.getByText(number).first().waitFor({ timeout: 20_000 })
  expect(scene.books.invoices().filter((each) => each.reference === number)).toHaveLength(1)
  expect(faults).toEqual([])
  await page.context().close()
}, 90_000)
