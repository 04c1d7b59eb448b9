import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import account from '../../web/src/i18n/nl/account.json' with { type: 'json' }
import configuration from '../../web/src/i18n/nl/configuration.json' with { type: 'json' }
import words from '../../web/src/i18n/nl/sign-in.json' with { type: 'json' }
import { arrive, makeIntegration } from './arrive.ts'
import { plugInAuthenticator } from './authenticator.ts'
import { openBrowser, openPage } from './browser.ts'
import { passDoor, signIn } from './door.ts'
import { linkOf, mailsTo } from './mailbox.ts'
import { openEmptyHouse, type EmptyHouse } from './new-merchant.ts'
import { oneTimeCode } from './one-time-code.ts'
import { press } from './walk.ts'

/** Every way in and out, and what somebody with several tabs, devices or shops meets. */
let house: EmptyHouse
let browser: Browser

beforeAll(async () => {
  house = await openEmptyHouse()
  browser = await openBrowser()
}, 240_000)
afterAll(async () => {
  await browser.close()
  await house.close()
}, 60_000)

const inPanel = (page: Page, name: string) => page.getByRole('region', { name, exact: true })

test.concurrent(
  'an authenticator app is set up, and from then on its code is asked for',
  { timeout: 240_000 },
  async () => {
    const { person, page, faults, close } = await arrive(browser, house, 'Tom')
    await press(page, account.totp.begin)
    const dialog = page.getByRole('dialog')
    await dialog.getByLabel(account.password.current).fill(person.password)
    await dialog.getByRole('button', { name: account.goOn }).click()
    const secret = await page.getByText(/^[A-Z2-7]{16,}$/).textContent()
    const backup = await page.locator('ul li', { hasText: /^\w{5}-\w{5}$/ }).allTextContents()
    expect(backup.length).toBeGreaterThan(5)
    const code = page.getByLabel(account.totp.code)
    await code.fill('12')
    await press(page, account.totp.confirm)
    await page.getByText(account.totp.codeMissing).waitFor()
    await code.fill(oneTimeCode(secret ?? ''))
    await press(page, account.totp.confirm)
    await page.getByText(account.totp.isOn).waitFor()

    await page.context().clearCookies()
    await signIn(page, house.publicUrl, person)
    const asked = page.getByLabel(words.code, { exact: true })
    await asked.fill('000000')
    await press(page, words.submit)
    await page.getByText(words.codeWrong).waitFor()
    expect(await asked.inputValue()).toBe('000000')
    await asked.fill(oneTimeCode(secret ?? ''))
    await press(page, words.submit)
    await page.getByRole('heading', { name: account.title }).waitFor()

    // The phone is gone: a backup code is as good, once.
    await page.context().clearCookies()
    await signIn(page, house.publicUrl, person)
    await asked.fill(backup[0] ?? '')
    await press(page, words.submit)
    await page.getByRole('heading', { name: account.title }).waitFor()
    expect(faults).toEqual([])
    await close()
  },
)

test.concurrent(
  'a passkey is added, opens the door without a password, and is taken away',
  { timeout: 240_000 },
  async () => {
    const { page, faults, close } = await arrive(browser, house, 'Pia')
    await plugInAuthenticator(page)
    await inPanel(page, account.passkeys.title)
      .getByLabel(account.passkeys.name)
      .fill('laptop op kantoor')
    await press(page, account.passkeys.add)
    await page.getByText(account.passkeys.added).waitFor()
    await page.getByText('laptop op kantoor', { exact: true }).waitFor()

    await page.context().clearCookies()
    await page.goto(`${house.publicUrl}/sign-in?back=/account`)
    await press(page, words.passkey)
    await page.getByRole('heading', { name: account.title }).waitFor()
    await press(page, account.passkeys.removeOne.replace('{{name}}', 'laptop op kantoor'))
    await page.getByText('laptop op kantoor', { exact: true }).waitFor({ state: 'detached' })

    // Another door is needed now.
    await page.context().clearCookies()
    await page.goto(`${house.publicUrl}/sign-in?back=/account`)
    await press(page, words.passkey)
    await page.getByRole('alert').waitFor()
    expect(faults).toEqual([])
    await close()
  },
)

test.concurrent(
  'a forgotten password is replaced by the link in the mail, and opens nothing any more',
  { timeout: 240_000 },
  async () => {
    const { person, page: elsewhere, faults, close } = await arrive(browser, house, 'Roos')
    const { page, faults: more } = await openPage(browser, { width: 390, height: 844 })
    await page.goto(`${house.publicUrl}/sign-in`)
    await page.getByRole('link', { name: words.forgotten }).click()
    await page.getByLabel(words.email).fill(person.email)
    await page.getByRole('button', { name: words.forgottenSubmit }).dblclick()
    await page.getByText(words.mailedTitle).waitFor()
    const mails = await mailsTo(house.home, person.email)
    const link = mails.find(({ text }) => text?.includes('/password'))
    if (link === undefined) throw new Error('no link came')
    await page.goto(linkOf(link, '/password'))
    const next = page.getByLabel(words.newPassword, { exact: true })
    await next.fill('te kort')
    await press(page, words.passwordSubmit)
    await page.getByText(words.passwordShort).waitFor()
    await next.fill('nieuwe fiets met bel')
    await press(page, words.passwordSubmit)
    await page.waitForURL((url) => url.pathname !== '/password')

    // Whoever knew the old one is out, and stays out.
    await elsewhere.reload()
    await elsewhere.waitForURL(/\/sign-in/)
    await passDoor(elsewhere, person)
    await elsewhere.getByText(words.wrong).waitFor()
    await passDoor(elsewhere, { ...person, password: 'nieuwe fiets met bel' })
    await elsewhere.getByRole('heading', { name: account.title }).waitFor()
    // A link works once.
    await page.context().clearCookies()
    await page.goto(linkOf(link, '/password'))
    await next.fill('nog een ander wachtwoord')
    await press(page, words.passwordSubmit)
    await page.getByRole('alert').waitFor()
    expect([...faults, ...more]).toEqual([])
    await page.context().close()
    await close()
  },
)

test.concurrent(
  'who is signed in twice sees both, ends the other, and then everything',
  { timeout: 240_000 },
  async () => {
    const { person, page, faults, close } = await arrive(browser, house, 'Siem')
    const other = await openPage(browser, { width: 390, height: 844 })
    await signIn(other.page, house.publicUrl, person)
    await other.page.getByRole('heading', { name: account.title }).waitFor()
    await page.reload()
    await press(page, account.sessions.endOthers)
    await page.getByText(account.sessions.ended).waitFor()
    await page
      .getByRole('button', { name: account.sessions.endOthers })
      .waitFor({ state: 'detached' })
    // The other one notices at its next step, and comes back there after signing in.
    await inPanel(other.page, account.you.title).getByLabel(account.you.name).fill('Siem de Tweede')
    await press(other.page, account.save)
    await other.page.waitForURL(/\/sign-in\?.*expired=true/)
    await other.page.getByText(words.expired).waitFor()
    await passDoor(other.page, person)
    await other.page.getByRole('heading', { name: account.title }).waitFor()

    await page.reload()
    await press(page, account.sessions.endAll)
    await page.waitForURL(/\/sign-in/)
    await other.page.reload()
    await other.page.waitForURL(/\/sign-in/)
    expect([...faults, ...other.faults]).toEqual([])
    await other.page.context().close()
    await close()
  },
)

test.concurrent(
  'the picker shows what lives, and is worked by keyboard alone',
  { timeout: 240_000 },
  async () => {
    const { page, faults, close } = await arrive(browser, house, 'Kees')
    const [first, dead] = [
      await makeIntegration(page, house, 'Eerste winkel'),
      await makeIntegration(page, house, 'Gestopte winkel'),
      await makeIntegration(page, house, 'Derde winkel'),
    ]
    const stopped = await page.request.post(`${house.publicUrl}/api/integrations/${dead}/stop`, {
      data: { confirm: 'stop' },
    })
    expect(stopped.status()).toBe(200)
    await page.goto(`${house.publicUrl}/i/${first}/report`)
    await page.getByRole('heading', { level: 1 }).waitFor()

    // The first stop of the keyboard is the way past what is on every page.
    await page.keyboard.press('Tab')
    await page.keyboard.press('Enter')
    expect(await page.evaluate<string>('document.activeElement.id')).toBe('content')

    await page.getByRole('button', { name: /Eerste winkel/ }).focus()
    await page.keyboard.press('Enter')
    await page.getByRole('option', { name: /Derde winkel/ }).waitFor()
    expect(await page.getByRole('option').count()).toBe(2)
    await page.keyboard.press('Escape')
    await page.getByRole('option').first().waitFor({ state: 'detached' })
    await page.keyboard.press('Enter')
    await page.getByRole('option', { name: /Derde winkel/ }).waitFor()
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('Enter')
    await page.getByRole('button', { name: /Derde winkel/ }).waitFor()

    // Back is the shop that was looked at before; a stopped one can still be read by its address.
    await page.goBack()
    await page.getByRole('button', { name: /Eerste winkel/ }).waitFor()
    await page.goto(`${house.publicUrl}/i/${dead}/report`)
    await page.getByRole('button', { name: /Gestopte winkel/ }).waitFor()
    expect(faults).toEqual([])
    await close()
  },
)

test.concurrent(
  'two tabs with one configuration: the later one is told, and keeps what was typed',
  { timeout: 240_000 },
  async () => {
    const { page, faults, close } = await arrive(browser, house, 'Twan')
    const id = await makeIntegration(page, house, 'Dubbele winkel')
    const address = `${house.publicUrl}/i/${id}/configuration`
    const tab = await page.context().newPage()
    const template = (each: Page) => each.getByLabel(configuration.numbers.template)
    for (const each of [page, tab]) {
      await each.goto(address)
      await template(each).waitFor()
    }
    await template(page).fill('Web {number}')
    await template(tab).fill('Winkel {number}')
    await press(page, configuration.foot.save)
    await page.getByText(configuration.foot.saved).first().waitFor()
    // The other tab hears of it by itself, and saves nothing before it is said which version stays.
    await tab.getByText(configuration.outdated.title).waitFor()
    expect(await tab.getByRole('button', { name: configuration.foot.save }).isDisabled()).toBe(true)
    expect(await template(tab).inputValue()).toBe('Winkel {number}')
    await press(tab, configuration.outdated.mine)
    await press(tab, configuration.foot.save)
    await tab.getByText(configuration.foot.saved).first().waitFor()
    await page.reload()
    await template(page).waitFor()
    expect(await template(page).inputValue()).toBe('Winkel {number}')
    expect(faults).toEqual([])
    await close()
  },
)
