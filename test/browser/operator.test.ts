import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { demoPerson, openScene, type Scene } from '../../src/commands/demo/scene.ts'
import { readConfig } from '../../src/config.ts'
import { anyFreePort } from '../../src/database/embedded.ts'
import { addOperator } from '../../src/operator/operators.ts'
import { expectAccessible, expectNoSidewaysScroll, openBrowser, openPage } from './browser.ts'

let scene: Scene
let browser: Browser
let home: string

const operator = { email: 'olga@beheer.example', password: 'een wachtwoord voor olga' }

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

const signIn = async (page: Page, email: string, password: string) => {
  await page.getByLabel('E-mailadres').fill(email)
  await page.getByLabel('Wachtwoord', { exact: true }).fill(password)
  await page.getByRole('button', { name: 'Aanmelden' }).click()
}

test('a problem goes from the button at a sale to the answer of an operator', async () => {
  const { pool, engine, config } = scene.runtime
  const wrong = scene.shop.placeNamed('wrongTotal')
  const merchant = await openPage(browser, { width: 390, height: 844 })
  await merchant.page.goto(`${config.publicUrl}/i/${scene.integrationId}/errors`)
  await signIn(merchant.page, demoPerson.email, demoPerson.password)
  await merchant.page
    .getByRole('button', { name: /Verkopen? tonen/ })
    .first()
    .click({ timeout: 30_000 })
  await merchant.page.getByText(wrong).first().click()
  await merchant.page.getByRole('button', { name: 'Probleem melden' }).click()
  await merchant.page.getByLabel('Wat klopt er volgens u niet?').fill('Het totaal klopt wel.')
  await expectAccessible(merchant.page)
  await merchant.page.getByRole('button', { name: 'Versturen' }).click()
  await merchant.page.getByText(/Zij heet T-/).waitFor()
  await merchant.page.getByRole('link', { name: 'Bekijk de melding' }).click()
  await merchant.page.getByText('Het totaal klopt wel.').waitFor()
  await expectAccessible(merchant.page)
  await expectNoSidewaysScroll(merchant.page)

  // An operator comes in by the link of the command line, and finds the console locked.
  const { token } = await addOperator(
    { ...engine, pool, signIn: await scene.runtime.openSignIn() },
    { ...operator, name: 'Olga', language: 'nl' },
  )
  const desk = await openPage(browser, { width: 1280, height: 800 })
  await desk.page.goto(`${config.publicUrl}/operator/welcome#${token ?? ''}`)
  await desk.page.getByLabel('Wachtwoord', { exact: true }).fill(operator.password)
  await expectAccessible(desk.page)
  await desk.page.getByRole('button', { name: 'Wachtwoord instellen' }).click()
  await desk.page.getByRole('button', { name: 'Aanmelden' }).waitFor()
  await signIn(desk.page, operator.email, operator.password)
  await desk.page.getByText('Nog niet ontgrendeld').waitFor()
  await expectAccessible(desk.page)

  // As when she had signed in with a code of her app.
  await pool.query(
    `update session set factor = 'totp' where "userId" = (select id from "user" where email = $1)`,
    [operator.email],
  )
  await desk.page.goto(`${config.publicUrl}/operator`)
  await desk.page.getByRole('link', { name: demoPerson.company }).first().waitFor()
  await expectAccessible(desk.page)
  await desk.page.getByRole('link', { name: /Vragen/ }).click()
  await desk.page.getByRole('link', { name: new RegExp(wrong) }).click()
  await desk.page.getByRole('button', { name: /catalogus/ }).click()
  await desk.page.getByRole('button', { name: 'Beantwoorden' }).click()
  await desk.page.getByText('1 vraag beantwoord.').waitFor()
  await expectAccessible(desk.page)
  await expectNoSidewaysScroll(desk.page)
  // The merchant's page follows by itself.
  await merchant.page.getByText('Beantwoord').first().waitFor({ timeout: 15_000 })

  // Looking as the merchant: read-only, with a banner.
  await desk.page.getByRole('link', { name: demoPerson.company }).first().click()
  await desk.page.getByRole('button', { name: /Meekijken/ }).click()
  await desk.page.getByLabel('Reden').fill('melding over een totaal')
  await desk.page.getByRole('button', { name: 'Meekijken', exact: true }).click()
  await desk.page
    .getByText(/U kijkt mee als/)
    .first()
    .waitFor()
  await expectAccessible(desk.page)
  await desk.page.getByRole('button', { name: 'Stoppen' }).click()
  await desk.page.waitForURL(/\/operator\/integrations\//)
  await desk.page.getByText('Meekijken gestopt').waitFor()
  expect([...merchant.faults, ...desk.faults]).toEqual([])
  await merchant.page.context().close()
  await desk.page.context().close()
}, 180_000)
