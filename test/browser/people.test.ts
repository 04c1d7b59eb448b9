import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openScene, type Scene } from '../../src/commands/demo/scene.ts'
import { readConfig } from '../../src/config.ts'
import { anyFreePort } from '../../src/database/embedded.ts'
import { expectAccessible, expectNoSidewaysScroll, openBrowser, openPage } from './browser.ts'
import { linkOf, mailsAt } from './mailbox.ts'

let scene: Scene
let browser: Browser
let home: string

beforeAll(async () => {
  home = await mkdtemp(path.join(tmpdir(), 'doorvoer-people-'))
  await chmod(home, 0o755)
  const config = readConfig({
    DOORVOER_HOME: home,
    DOORVOER_PORT: String(await anyFreePort()),
    DOORVOER_LOG_LEVEL: 'warn',
  })
  scene = await openScene(config)
  browser = await openBrowser()
}, 180_000)

afterAll(async () => {
  await browser.close()
  await scene.close()
  await rm(home, { recursive: true, force: true })
}, 60_000)

const words = {
  nl: {
    name: 'Uw naam',
    terms: 'Voorwaarden',
    company: 'Bedrijf',
    email: 'E-mailadres',
    ask: 'Account aanvragen',
    mailed: 'Kijk in uw mailbox',
    password: 'Nieuw wachtwoord',
    set: 'Instellen en verdergaan',
  },
  en: {
    name: 'Your name',
    terms: 'Terms',
    company: 'Company',
    email: 'E-mail address',
    ask: 'Ask for an account',
    mailed: 'Look in your mailbox',
    password: 'New password',
    set: 'Set it and go on',
  },
} as const

const visits = [
  { language: 'nl', size: 'a phone', width: 390, height: 844 },
  { language: 'en', size: 'a desktop', width: 1280, height: 800 },
] as const

describe.each(visits)('on $size, in $language', ({ language, width, height }) => {
  const say = words[language]

  test('a visitor signs up, follows the mail, chooses a password, and is in', async () => {
    const { page, faults } = await openPage(browser, { width, height })
    const { publicUrl } = scene.runtime.config
    const fine = async () => {
      await expectAccessible(page)
      await expectNoSidewaysScroll(page)
    }
    await page.goto(publicUrl)
    await page.locator('h1').waitFor()
    if (language === 'en') await page.getByText('English', { exact: true }).click()
    const email = `ria-${language}@peeters.example`

    // What is missing is said next to the field, and what was typed stays.
    await page.getByLabel(say.name, { exact: true }).fill('Ria Peeters')
    // Who first reads what they agree to finds it there again.
    await page.locator('form').getByRole('link', { name: say.terms }).click()
    await page.waitForURL(/\/terms/)
    await page.goBack()
    await page.getByRole('button', { name: say.ask }).click()
    await page.locator('[aria-invalid=true]').first().waitFor()
    expect(await page.getByLabel(say.name, { exact: true }).inputValue()).toBe('Ria Peeters')
    await fine()
    await page.getByLabel(say.company, { exact: true }).fill('Bakkerij Peeters')
    await page.getByLabel(say.email, { exact: true }).fill(email)
    await page.getByRole('button', { name: say.ask }).dblclick()
    await page.getByText(say.mailed).waitFor()
    await fine()

    // Pressed twice, mailed once.
    const [mail, ...more] = await mailsAt(scene.mailbox, email)
    if (mail === undefined) throw new Error('no mail')
    expect(more).toEqual([])
    await page.goto(linkOf(mail, '/password'))
    await page.getByLabel(say.password, { exact: true }).waitFor()
    await fine()
    await page.getByLabel(say.password, { exact: true }).fill('warme broodjes om zes uur')
    await page.getByRole('button', { name: say.set }).click()
    await page.waitForURL(/\/i\/[0-9a-f-]{36}/)

    for (const address of [
      '/account',
      '/new',
      `${new URL(page.url()).pathname.replace(/\/\w+$/, '')}/profile`,
    ]) {
      await page.goto(publicUrl + address)
      await page.locator('h1').waitFor()
      await page.locator('h2').first().waitFor()
      await fine()
    }
    expect(faults).toEqual([])
    await page.context().close()
  }, 120_000)
})
