import type { Browser, Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import account from '../../web/src/i18n/nl/account.json' with { type: 'json' }
import front from '../../web/src/i18n/nl/front.json' with { type: 'json' }
import profile from '../../web/src/i18n/nl/profile.json' with { type: 'json' }
import support from '../../web/src/i18n/nl/support.json' with { type: 'json' }
import { arrive, desktop, makeIntegration } from './arrive.ts'
import { openBrowser, openPage } from './browser.ts'
import { fillDoor, passDoor } from './door.ts'
import { openEmptyHouse, type EmptyHouse } from './new-merchant.ts'
import { pairs, type Pair, type PairAtHand } from './pairs.ts'
import { fillIn, inWindow, press } from './walk.ts'
import { filled, words } from './words.ts'

/**
 * What goes wrong while somebody fills in a form: a value that is wrong, a line that drops, a step back, a session
 * that ends, an impatient finger. Each form goes through all of it in one sitting.
 */
let house: EmptyHouse
let browser: Browser
let pair: Pair
let at: PairAtHand

beforeAll(async () => {
  house = await openEmptyHouse()
  browser = await openBrowser()
  const [first] = pairs
  if (first === undefined) throw new Error('there are no pairs')
  pair = first
  at = await pair.open(house.publicUrl)
}, 120_000)
afterAll(async () => {
  await browser.close()
  await at.close()
  await house.close()
}, 60_000)

const t = words.nl

/** Somebody with an integration in which nothing is connected. */
const install = async (name: string, systems: Pair = pair) => {
  const arrived = await arrive(browser, house, name)
  const id = await makeIntegration(arrived.page, house, `Winkel ${name}`, systems)
  return { ...arrived, id }
}

interface Form {
  name: string
  path: (id: string) => string
  /** Where the form is not on the page at once. */
  open?: (page: Page) => Promise<unknown>
  field: (page: Page) => Locator
  /** What is wrong in the field, and how that is said. */
  wrong: { value: string; said: string }
  right: string
  /** Where what was typed is shown, other than in the field. */
  isKept?: (page: Page) => Promise<unknown>
  /** What else has to be filled in. */
  rest?: (page: Page) => Promise<unknown>
  submit: string
  saved: string | RegExp
  /** The address that is written to, once. */
  sends: RegExp
  /** Who leaves is asked first. */
  guarded?: true
}

const forms: readonly Form[] = [
  {
    name: 'connecting the shop',
    path: (id) => `/i/${id}/install?step=webshop`,
    field: (page) => page.locator('input[name=apiPublic]'),
    wrong: { value: '', said: t.configuration.mistake.required },
    right: '',
    rest: (page) => fillIn({ page, t }, at.shop.keys),
    submit: t.connecting.connect,
    saved: filled(t.install.connected, { system: 'KMO Shops' }),
    sends: /\/connections\/webshop\/credentials$/,
  },
  {
    name: 'the configuration',
    path: (id) => `/i/${id}/configuration`,
    field: (page) => page.getByLabel(t.configuration.numbers.template),
    wrong: {
      value: 'zonder nummer',
      said: filled(t.configuration.numbers.templateWrong, { place: '{number}' }),
    },
    right: 'Web {number}',
    submit: t.configuration.foot.save,
    saved: t.configuration.foot.saved,
    sends: /\/configuration$/,
    guarded: true,
  },
  {
    name: 'a question to us',
    path: (id) => `/i/${id}/support`,
    open: (page) => press(page, support.ask),
    field: (page) => page.getByRole('dialog').getByLabel(support.subject),
    wrong: { value: '', said: support.subjectMissing },
    right: 'Waar staat mijn factuur?',
    rest: (page) => page.getByRole('dialog').getByLabel(support.question).fill('Ik zoek haar.'),
    submit: support.send,
    saved: /T-/,
    sends: /\/tickets$/,
  },
  {
    name: 'an invitation',
    path: (id) => `/i/${id}/profile`,
    field: (page) => page.getByLabel(profile.invite.email),
    wrong: { value: 'geen adres', said: profile.invite.emailWrong },
    right: 'collega@winkel.example',
    submit: profile.invite.submit,
    saved: filled(profile.invite.sent, { email: 'collega@winkel.example' }),
    sends: /\/offers$/,
  },
  {
    name: 'the mails',
    path: (id) => `/i/${id}/profile`,
    field: (page) => page.getByLabel(profile.mails.address),
    wrong: { value: 'geen adres', said: profile.mails.addressWrong },
    right: 'boekhouder@kantoor.example',
    // What is added stands above the field.
    isKept: (page) => page.getByText('boekhouder@kantoor.example').first().waitFor(),
    submit: profile.save,
    saved: profile.saved,
    sends: /\/notifications$/,
  },
  {
    name: 'the name of an account',
    path: () => '/account',
    field: (page) =>
      page
        .getByRole('region', { name: account.you.title, exact: true })
        .getByLabel(account.you.name),
    wrong: { value: '', said: account.you.missing },
    right: 'Iemand Anders',
    submit: account.save,
    saved: account.saved,
    sends: /\/api\/account$/,
  },
  {
    name: 'a token',
    path: () => '/account',
    open: (page) => press(page, account.tokens.make),
    field: (page) => page.getByRole('dialog').getByLabel(account.tokens.name),
    wrong: { value: '', said: account.tokens.nameMissing },
    right: 'kassa',
    submit: account.tokens.submit,
    saved: account.tokens.fresh,
    sends: /\/account\/tokens$/,
  },
  {
    name: 'another integration',
    path: () => '/new',
    field: (page) => page.getByLabel(front.new.name),
    wrong: { value: '', said: front.new.nameMissing },
    right: 'Tweede winkel',
    submit: front.new.submit,
    saved: t.install.terms.agree,
    sends: /\/api\/integrations$/,
  },
]

/** Goes to another page of the dashboard, as a link does. */
const turn = (page: Page, path: string) =>
  page.evaluate(`history.pushState({}, '', ${JSON.stringify(path)})`)

test.concurrent.for(forms)(
  '$name says what is wrong, keeps what was typed, and is sent once',
  { timeout: 150_000 },
  async (form) => {
    const { person, page, faults, id, close } = await install(`Mila${forms.indexOf(form)}`)
    const path = form.path(id)
    const field = form.field(page)
    const submit = page.getByRole('button', { name: form.submit, exact: true }).first()
    const typed = form.right === '' ? (at.shop.keys['apiPublic'] ?? '') : form.right
    const expectKept = async () => {
      if (form.isKept === undefined) expect(await field.inputValue()).toBe(typed)
      else await form.isKept(page)
    }
    const isThere = async () => {
      await page.waitForURL((url) => url.pathname + url.search === path)
      await form.open?.(page)
      await field.waitFor()
    }
    await page.goto(house.publicUrl + path)
    await isThere()

    // It is said beside the field, and to who can't see it.
    await field.fill(form.wrong.value)
    await submit.click()
    await page.getByText(form.wrong.said).first().waitFor()
    expect(await field.getAttribute('aria-invalid')).toBe('true')
    expect(await field.inputValue()).toBe(form.wrong.value)

    // The line is lost.
    await field.fill(typed)
    await form.rest?.(page)
    await page.context().setOffline(true)
    await submit.click()
    await page.getByText(t.parts.failure.noConnection.text).first().waitFor()
    await expectKept()
    await page.context().setOffline(false)

    // Away and back again; where that would cost what was typed, it is asked first.
    if (form.guarded) {
      await page.getByRole('link', { name: t.shell.tabs.report }).first().click()
      await press(page, t.configuration.leave.stay)
    } else {
      await turn(page, `/i/${id}/report`)
      await page.getByRole('heading', { level: 1, name: t.report.title }).waitFor()
      await page.goBack()
      await isThere()
    }
    await expectKept()

    // The session ends before it is sent.
    await page.context().clearCookies()
    await submit.click()
    await page.waitForURL(/\/sign-in/)
    await passDoor(page, person)
    await isThere()
    await expectKept()

    // An impatient finger.
    const sent: string[] = []
    page.on('request', (request) => {
      const { pathname } = new URL(request.url())
      if (request.method() !== 'GET' && form.sends.test(pathname)) sent.push(pathname)
    })
    await submit.dblclick()
    await page.getByText(form.saved).first().waitFor()
    expect(sent).toHaveLength(1)
    expect(faults).toEqual([])
    await close()
  },
)

test.concurrent(
  'half a date is no date, and is said so beside it',
  { timeout: 90_000 },
  async () => {
    const { page, faults, id, close } = await install('Daan')
    await page.goto(`${house.publicUrl}/i/${id}/configuration`)
    const from = page.locator('input[name=startDate]')
    await from.focus()
    await page.keyboard.type('12')
    await page.getByLabel(t.configuration.numbers.template).fill('Web {number}')
    await press(page, t.configuration.foot.save)
    await page.getByText(t.configuration.mistake.date).waitFor()
    expect(await from.getAttribute('aria-invalid')).toBe('true')
    await from.fill('2026-11-01')
    await press(page, t.configuration.foot.save)
    await page.getByText(t.configuration.foot.saved).first().waitFor()
    await page.reload()
    await from.waitFor()
    expect(await from.inputValue()).toBe('2026-11-01')
    expect(faults).toEqual([])
    await close()
  },
)

test.concurrent(
  'the door says what is missing, keeps it while the line is lost, and opens once',
  { timeout: 90_000 },
  async () => {
    const person = await house.welcome('Dora', 'nl')
    const { page, faults } = await openPage(browser, desktop)
    await page.goto(`${house.publicUrl}/sign-in?back=/account`)
    const submit = page.locator('form button[type=submit]')
    await submit.click()
    await page.getByText(t.signIn.emailMissing).waitFor()
    await page.getByText(t.signIn.passwordMissing).waitFor()
    await fillDoor(page, person)
    await page.context().setOffline(true)
    await submit.click()
    await page.getByText(t.parts.failure.noConnection.text).first().waitFor()
    expect(await page.locator('input[name=email]').inputValue()).toBe(person.email)
    await page.context().setOffline(false)
    await submit.dblclick()
    await page.getByRole('heading', { name: account.title }).waitFor()
    expect(faults).toEqual([])
    await page.context().close()
  },
)

test.concurrent(
  'what a remote refuses is said where it is, and mended there',
  { timeout: 150_000 },
  async () => {
    const magento = pairs.find(({ webshop }) => webshop === 'magento2') ?? pair
    const its = await magento.open(house.publicUrl)
    const { page, faults, id, close } = await install('Rein', magento)
    await page.goto(`${house.publicUrl}/i/${id}/install?step=webshop`)

    // Both ways are offered: four values by hand, or activation with two addresses and the licence key.
    await page.getByText(t.connecting.activation.label).click()
    const callback = await page.getByLabel(t.connecting.activation.callback).inputValue()
    const licence = await page.getByLabel(t.connecting.activation.licence).inputValue()
    expect(callback).toBe(`${house.publicUrl}/connect/magento2/activation/${licence}`)
    await fillIn({ page, t }, { ...its.shop.keys, consumerSecret: 'x'.repeat(32) })
    await press(page, t.connecting.connect)
    await page.getByRole('button', { name: t.connecting.reconnect }).first().click()
    // What was typed is still there; only the secret has to be mended.
    expect(await page.locator('input[name=consumerKey]').inputValue()).toBe(
      its.shop.keys['consumerKey'],
    )
    await fillIn({ page, t }, its.shop.keys)
    await press(page, t.connecting.reconnect)
    await page.getByText(filled(t.install.connected, { system: 'Magento 2' })).waitFor()
    await press(page, t.install.next)

    // In the remote's own window: it closes, and the reason is on the page.
    await fillIn({ page, t }, its.books.keys)
    const signIn = filled(t.connecting.signIn, { system: 'Rompslomp' })
    await inWindow(page, signIn, 'Weigeren')
    await page.getByText('Het inloggen bij Rompslomp is niet afgerond.').first().waitFor()
    await inWindow(page, signIn, 'Toestaan')
    await page
      .getByLabel(t.connecting.administration.label)
      .selectOption(its.books.administration ?? '')
    await press(page, t.connecting.administration.use)
    await page.getByText(filled(t.install.connected, { system: 'Rompslomp' })).waitFor()
    await press(page, t.install.next)

    // How would it be booked, with what is not saved yet?
    await page.getByLabel(t.configuration.numbers.template).fill('Winkel {number}')
    await page.getByLabel(t.configuration.try.number).fill(its.sell())
    await press(page, t.configuration.try.look)
    await page
      .getByRole('article')
      .getByText(/^Winkel /)
      .waitFor()
    expect(faults).toEqual([])
    await close()
    await its.close()
  },
)
