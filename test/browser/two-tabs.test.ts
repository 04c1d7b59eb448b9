import type { Browser, Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import account from '../../web/src/i18n/nl/account.json' with { type: 'json' }
import configuration from '../../web/src/i18n/nl/configuration.json' with { type: 'json' }
import profile from '../../web/src/i18n/nl/profile.json' with { type: 'json' }
import support from '../../web/src/i18n/nl/support.json' with { type: 'json' }
import { arrive, makeIntegration } from './arrive.ts'
import { openBrowser } from './browser.ts'
import { openEmptyHouse, type EmptyHouse } from './new-merchant.ts'
import { press } from './walk.ts'
import { filled, words } from './words.ts'

/**
 * One person with two tabs, and in both the same form. Nobody's work is overwritten unseen, nothing is done twice, and
 * the tab that was left alone shows what the other one did. (The configuration has its own test in account.test.ts.)
 */
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

/** Somebody with an integration, and one page of it open in two tabs. */
const inTwoTabs = async (name: string, pathOf: (id: string) => string) => {
  const { page, faults, close } = await arrive(browser, house, name)
  const id = await makeIntegration(page, house, `Winkel ${name}`)
  const tab = await page.context().newPage()
  tab.setDefaultTimeout(60_000)
  for (const each of [page, tab]) await each.goto(house.publicUrl + pathOf(id))
  const answer = async <T>(path: string) =>
    (await (await page.request.get(`${house.publicUrl}/api/${path}`)).json()) as T
  return { page, tab, id, faults, answer, close }
}

interface Kept {
  name: string
  path: (id: string) => string
  /** Two fields of one form, each with what is chosen in it. */
  one: { field: (page: Page) => Locator; value: string }
  other: { field: (page: Page) => Locator; value: string }
  choose: 'fill' | 'selectOption'
  form: (page: Page) => Locator
  submit: string
  saved: string
}

const profileOf = (id: string) => `/i/${id}/profile`
const formWith = (field: (page: Page) => Locator) => (page: Page) =>
  page.locator('form').filter({ has: field(page) })

const records: readonly Kept[] = [
  {
    name: 'the mails',
    path: profileOf,
    one: { field: (page) => page.getByLabel(profile.mails.digest), value: 'weekly' },
    other: { field: (page) => page.getByLabel(profile.mails.language), value: 'en' },
    choose: 'selectOption',
    form: formWith((page) => page.getByLabel(profile.mails.digest)),
    submit: profile.save,
    saved: profile.saved,
  },
]

test.concurrent.for(records)(
  'of $name nothing is overwritten unseen: the later tab is told, and both changes stay',
  { timeout: 240_000 },
  async ({ path, one, other, choose, form, submit, saved }, { expect }) => {
    const name = `Tess${records.findIndex((each) => each.form === form)}`
    const { page, tab, faults, close } = await inTwoTabs(name, path)
    const before = await other.field(page).inputValue()
    await other.field(tab).waitFor()
    await other.field(tab)[choose](other.value)
    await page.bringToFront()
    await one.field(page)[choose](one.value)
    await press1(form(page), submit)
    await page.getByText(saved, { exact: true }).first().waitFor()

    // The tab in which something was typed keeps it, and asks which version stays.
    await tab.bringToFront()
    await tab.getByText(configuration.outdated.title).waitFor()
    expect(await other.field(tab).inputValue()).toBe(other.value)
    expect(await form(tab).getByRole('button', { name: submit, exact: true }).isDisabled()).toBe(
      true,
    )
    await press(tab, configuration.outdated.mine)
    // What was changed in the other tab, and not here, is taken over.
    expect(await one.field(tab).inputValue()).toBe(one.value)
    await press1(form(tab), submit)
    await tab.getByText(saved, { exact: true }).first().waitFor()

    // The first tab, in which nothing is typed any more, shows it without being touched.
    expect(before).not.toBe(other.value)
    await expect.poll(() => other.field(page).inputValue(), { timeout: 60_000 }).toBe(other.value)
    expect(await one.field(page).inputValue()).toBe(one.value)
    expect(faults).toEqual([])
    await close()
  },
)

const press1 = (within: Locator, name: string) =>
  within.getByRole('button', { name, exact: true }).click()

test.concurrent(
  'a name that was changed in one tab is in the other; signing out in one is out in both',
  { timeout: 240_000 },
  async () => {
    const { page, tab, faults, close } = await inTwoTabs('Nora', () => '/account')
    const panel = (each: Page) => each.getByRole('region', { name: account.you.title })
    const field = (each: Page) => panel(each).getByLabel(account.you.name)
    await field(tab).waitFor()
    await page.bringToFront()
    await field(page).fill('Nora de Wit')
    await panel(page).getByRole('button', { name: account.save }).click()
    await expect.poll(() => field(tab).inputValue(), { timeout: 60_000 }).toBe('Nora de Wit')
    await page.getByRole('button', { name: /Nora de Wit/ }).click()
    await press(page, words.nl.shell.account.signOut)
    await tab.waitForURL(/\/sign-in/)
    expect(faults.filter((each) => !each.includes('401'))).toEqual([])
    await close()
  },
)

test.concurrent(
  'one invitation and one stop, however many tabs ask for it',
  { timeout: 240_000 },
  async () => {
    const { page, tab, id, faults, answer, close } = await inTwoTabs('Oona', profileOf)
    const email = 'collega@oona.example'
    for (const each of [tab, page]) {
      await each.bringToFront()
      await each.getByLabel(profile.invite.email).fill(email)
    }
    await press(page, profile.invite.submit)
    await page.getByText(filled(profile.invite.sent, { email })).waitFor()
    await tab.bringToFront()
    const waiting = (each: Page) =>
      each.getByRole('list', { name: profile.offers.title }).getByText(email)
    // The other tab shows who was invited, and keeps what was typed there.
    await waiting(tab).waitFor()
    expect(await tab.getByLabel(profile.invite.email).inputValue()).toBe(email)
    await press(tab, profile.invite.submit)
    await tab.getByText(filled(profile.invite.sent, { email })).waitFor()
    expect(await waiting(tab).count()).toBe(1)

    const ask = async (each: Page) => {
      await each.bringToFront()
      await press(each, profile.stop.button)
      await each.getByRole('dialog').waitFor()
    }
    await ask(tab)
    await ask(page)
    await press(page, profile.stop.confirm)
    await page
      .getByText(/is gestopt/)
      .first()
      .waitFor()
    await tab.bringToFront()
    // In the other tab the question is gone with what it was about.
    await tab.getByRole('dialog').waitFor({ state: 'detached' })
    const { integrations } = await answer<{ integrations: { id: string; state: string }[] }>('me')
    expect(integrations.find((each) => each.id === id)?.state).toBe('stopped')
    expect(faults).toEqual([])
    await close()
  },
)

test.concurrent(
  'a question asked in one tab is in the list of the other, and settled in both',
  { timeout: 240_000 },
  async () => {
    const { page, tab, faults, close } = await inTwoTabs('Pien', (id) => `/i/${id}/support`)
    await page.bringToFront()
    await press(page, support.ask)
    const dialog = page.getByRole('dialog')
    await dialog.getByLabel(support.subject).fill('Waar staat mijn factuur?')
    await dialog.getByLabel(support.question).fill('Ik zoek haar.')
    await press(page, support.send)
    await page.getByText(/T-/).first().waitFor()
    await tab.bringToFront()
    const inOther = tab.getByRole('link', { name: 'Waar staat mijn factuur?' })
    await inOther.click()
    await tab.getByRole('heading', { level: 1, name: 'Waar staat mijn factuur?' }).waitFor()
    await page.bringToFront()
    await page.goto(tab.url())
    await press(page, support.settle)
    await page.getByText(support.state.settled).first().waitFor()
    await tab.bringToFront()
    await tab.getByText(support.state.settled).first().waitFor()
    expect(await tab.getByRole('button', { name: support.settle, exact: true }).count()).toBe(0)
    expect(faults).toEqual([])
    await close()
  },
)
