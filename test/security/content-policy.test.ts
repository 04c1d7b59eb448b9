import path from 'node:path'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { openBrowser, openPage } from '../browser/browser.ts'
import { createTestDatabase, type TestDatabase } from '../support/database.ts'
import { openHouse, type TestHouse, type Visitor } from '../support/house.ts'

/** The built dashboard in a real browser: everything it does is within its policy. */
let database: TestDatabase
let there: TestHouse
let browser: Browser
let owner: Visitor

beforeAll(async () => {
  database = await createTestDatabase()
  there = await openHouse(database, {
    dashboard: path.resolve(import.meta.dirname, '../../web/dist'),
  })
  owner = await there.welcome('Noor')
  browser = await openBrowser()
}, 120_000)
afterAll(async () => {
  await browser.close()
  await there.close()
  await database.close()
})

it('the dashboard breaks nothing of its policy, and looks as it should', async () => {
  const { page } = await openPage(browser, { width: 1200, height: 800 })
  const refused: string[] = []
  page.on('console', (message) => {
    if (/Content Security Policy/i.test(message.text())) refused.push(message.text())
  })
  const [name = '', value = ''] = owner.cookie.split('=')
  const made = await there.ask('/api/integrations', {
    method: 'POST',
    headers: { 'content-type': 'application/json', cookie: owner.cookie },
    body: JSON.stringify({ name: 'Winkel', webshop: 'kmoshops', accounting: 'rompslomp' }),
  })
  const { id } = (await made.json()) as { id: string }
  for (const target of ['/sign-in', '/help', '/start']) {
    await page.goto(there.url + target)
    await page.waitForLoadState('networkidle')
  }
  // Mantine's variables come by a style element: without it a button has no colour.
  const colour =
    'getComputedStyle(document.documentElement).getPropertyValue("--mantine-color-body")'
  expect(await page.evaluate<string>(colour)).not.toBe('')
  await page
    .context()
    .addCookies([{ name, value, url: there.url, httpOnly: true, sameSite: 'Lax' }])
  for (const room of ['install', 'configuration', 'report', 'errors', 'profile', 'support']) {
    await page.goto(`${there.url}/i/${id}/${room}`)
    await page.waitForLoadState('networkidle')
  }
  await page.goto(`${there.url}/mail/unsubscribe?with=x`)
  expect(await page.evaluate<string>('getComputedStyle(document.body).maxWidth')).not.toBe('none')
  expect(refused).toEqual([])
}, 180_000)

it('a style that somebody smuggled into the page has no effect', async () => {
  const { page } = await openPage(browser, { width: 800, height: 600 })
  await page.goto(`${there.url}/sign-in`)
  await page.waitForLoadState('networkidle')
  const colour = await page.evaluate<string>(`(() => {
    document.body.insertAdjacentHTML('beforeend',
      '<style>body{color:rgb(1,2,3) !important}</style><p style="color:rgb(1,2,3)">x</p>')
    return [document.body, document.body.lastElementChild].map((each) => getComputedStyle(each).color).join()
  })()`)
  expect(colour).not.toContain('rgb(1, 2, 3)')
}, 60_000)

it('the documentation of the interface breaks nothing of its policy', async () => {
  const { page, faults } = await openPage(browser, { width: 1200, height: 900 })
  const refused: string[] = []
  page.on('console', (message) => {
    if (/Content Security Policy/i.test(message.text())) refused.push(message.text())
  })
  await page.goto(`${there.url}/api/docs/`)
  await page.waitForSelector('.opblock', { timeout: 60_000 })
  await page.locator('.opblock-summary-control').first().click()
  await page.waitForSelector('.opblock-body')
  await page.waitForLoadState('networkidle')
  expect([...faults, ...refused]).toEqual([])
}, 180_000)
