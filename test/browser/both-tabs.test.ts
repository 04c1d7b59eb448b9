import type { Browser, Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startEenvoudigfactureren } from '../../sandbox/eenvoudigfactureren/index.ts'
import { startKmoshops } from '../../sandbox/kmoshops/index.ts'
import account from '../../web/src/i18n/nl/account.json' with { type: 'json' }
import errors from '../../web/src/i18n/nl/errors.json' with { type: 'json' }
import migration from '../../web/src/i18n/nl/migration.json' with { type: 'json' }
import profile from '../../web/src/i18n/nl/profile.json' with { type: 'json' }
import reconciliation from '../../web/src/i18n/nl/reconciliation.json' with { type: 'json' }
import { eventually } from '../support/eventually.ts'
import { arrive, makeIntegration } from './arrive.ts'
import { plugInAuthenticator } from './authenticator.ts'
import { openBrowser, openPage } from './browser.ts'
import { linkOf, mailsTo } from './mailbox.ts'
import { openEmptyHouse, type EmptyHouse } from './new-merchant.ts'
import { fillIn, press } from './walk.ts'
import { filled, words } from './words.ts'

/**
 * One person with two tabs who presses the same button in both at the same moment: it is done once, and both tabs
 * show what came of it without being touched again.
 */
let house: EmptyHouse
let browser: Browser
let shop: Awaited<ReturnType<typeof startKmoshops>>
let books: Awaited<ReturnType<typeof startEenvoudigfactureren>>

beforeAll(async () => {
  house = await openEmptyHouse()
  browser = await openBrowser()
  shop = await startKmoshops({ limits: 'off' })
  books = await startEenvoudigfactureren({ limits: 'off' })
}, 240_000)
afterAll(async () => {
  await browser.close()
  await Promise.all([shop.close(), books.close(), house.close()])
}, 60_000)

const t = words.nl
const pair = { webshop: 'kmoshops', accounting: 'eenvoudigfactureren' }
const lines = [{ name: 'Mok', sku: 'MOK', unitPrice: 12.1, vatPercent: 21 }]

/** A tab beside the one there is, of the same person. */
const tabBeside = async (page: Page): Promise<Page> => {
  const tab = await page.context().newPage()
  tab.setDefaultTimeout(60_000)
  return tab
}

/** In both tabs, one after the other: only the tab in front is drawn. */
const inEach = async (tabs: readonly Page[], act: (tab: Page) => Promise<unknown>) => {
  for (const tab of tabs) {
    await tab.bringToFront()
    await act(tab)
  }
}

/** In both tabs at once, as far as a browser does anything at once: neither waits for what the other one is told. */
const atOnce = (
  tabs: readonly Page[],
  button: string,
  where: (tab: Page) => Page | Locator = same,
) =>
  Promise.all(
    tabs.map((tab) =>
      where(tab).getByRole('button', { name: button, exact: true }).first().dispatchEvent('click'),
    ),
  )
const same = (tab: Page) => tab

test.concurrent(
  'installing and booking: terms, both ends, the go-ahead and a mended sale',
  { timeout: 240_000 },
  async () => {
    const { page, faults, close } = await arrive(browser, house, 'Bram')
    const id = await makeIntegration(page, house, 'Winkel Bram', pair)
    const tabs = [page, await tabBeside(page)]
    const go = (path: string) =>
      inEach(tabs, (tab) => tab.goto(`${house.publicUrl}/i/${id}/${path}`))
    const invoicesFor = (number: string) =>
      books.ledger().invoices.filter(({ reference }) => reference === number)

    await go('install')
    await inEach(tabs, (tab) => tab.getByLabel(t.install.terms.agree).check())
    await atOnce(tabs, t.install.terms.accept)
    const { apiPublic, apiSecret } = shop.credentials
    await inEach(tabs, (tab) =>
      fillIn({ page: tab, t }, { apiRoot: shop.url, apiPublic, apiSecret }),
    )
    await atOnce(tabs, t.connecting.connect)
    const isConnected = (system: string) => (tab: Page) =>
      tab.getByText(filled(t.install.connected, { system })).waitFor()
    await inEach(tabs, isConnected('KMO Shops'))
    // One of the two registered the webhooks; the other one found them there.
    expect(shop.ledger().webhooks.length).toBe(
      new Set(shop.ledger().webhooks.map(({ event }) => event)).size,
    )
    await inEach(tabs, (tab) => press(tab, t.install.next))
    const keys = { apiKey: books.account.apiKey, baseUrl: `${books.url}/api/v1` }
    await inEach(tabs, (tab) => fillIn({ page: tab, t }, keys))
    await atOnce(tabs, t.connecting.connect)
    await inEach(tabs, isConnected('EenvoudigFactureren'))
    await inEach(tabs, (tab) => press(tab, t.install.next))
    await inEach(tabs, (tab) => tab.getByLabel(t.configuration.vat.home).selectOption('BE'))
    await press(page, t.install.finish)
    await page.getByText(t.install.ready.wrong).waitFor()

    // The first sale waits for a person: asked for twice, booked once.
    const first = shop.placeOrder({ lines, email: 'an@klant.example' }).number ?? ''
    await go('open')
    const look = (tab: Page) =>
      tab.locator('a[href*="/preview"]', { hasText: t.open.goAhead.look }).first().click()
    await inEach(tabs, look)
    await inEach(tabs, (tab) => tab.getByText(t.preview.goAheadNow).waitFor())
    await atOnce(tabs, t.preview.goAhead)
    const isBooked = /Al geboekt in EenvoudigFactureren/
    await inEach(tabs, (tab) => tab.getByText(isBooked).first().waitFor())
    expect(invoicesFor(first)).toHaveLength(1)

    // One that is wrong is mended in the shop, and processed by both.
    const { id: orderId, number: second } = shop.placeOrder({ lines, email: '' })
    await go('errors')
    const cause = (tab: Page) => tab.getByText('EMAIL_MISSING').first()
    await inEach(tabs, (tab) => cause(tab).waitFor())
    shop.changeOrder(orderId, { edit: { email: 'bo@klant.example' }, webhook: 'lost' })
    await atOnce(tabs, errors.processAll_one)
    await inEach(tabs, (tab) => cause(tab).waitFor({ state: 'detached' }))
    await go('open')
    await inEach(tabs, look)
    await inEach(tabs, (tab) => tab.getByText(t.preview.goAheadNow).waitFor())
    await press(page, t.preview.goAhead)
    // The tab that was not touched follows.
    await inEach(tabs, (tab) => tab.getByText(isBooked).first().waitFor())
    expect(invoicesFor(second ?? '')).toHaveLength(1)
    expect(invoicesFor(first)).toHaveLength(1)

    // A sale of which nobody was told is found by comparing, and taken up in one; both stop offering it. The first poll would find it, too.
    const { db } = house.runtime.engine
    const firstPoll = db.selectFrom('polls').select('finishedAt').where('integrationId', '=', id)
    await eventually(async () =>
      expect((await firstPoll.executeTakeFirst())?.finishedAt).toBeInstanceOf(Date),
    )
    const { number: third } = shop.placeOrder({
      lines,
      email: 'cor@klant.example',
      webhook: 'lost',
    })
    await go('reconciliation')
    await press(page, reconciliation.choose.begin)
    const pickUp = filled(reconciliation.pickUp_one, { count: '1' })
    const offer = (tab: Page) => tab.getByRole('button', { name: pickUp, exact: true })
    await inEach([...tabs].reverse(), (tab) => offer(tab).waitFor())
    await press(page, pickUp)
    // That one first: whatever it does, it tells the other one to ask anew.
    const notSeen = reconciliation.differences.kind['not-seen']
    for (const tab of tabs) {
      await tab.getByText(notSeen).waitFor({ state: 'detached' })
      await offer(tab).waitFor({ state: 'detached' })
    }
    await go('open')
    await inEach(tabs, look)
    await inEach(tabs, (tab) => tab.getByText(t.preview.goAheadNow).waitFor())
    await press(page, t.preview.goAhead)
    await inEach(tabs, (tab) => tab.getByText(isBooked).first().waitFor())
    expect(invoicesFor(third ?? '')).toHaveLength(1)

    // One dry run, however many tabs begin it: the other is told so, or takes its place when it was over already.
    await go('migration')
    await inEach(tabs, (tab) =>
      tab.getByRole('button', { name: migration.choose.begin, exact: true }).waitFor(),
    )
    await atOnce(tabs, migration.choose.begin)
    await inEach(tabs, (tab) => tab.getByText(migration.state.ready).first().waitFor())
    const surveys = await page.request.get(
      `${house.publicUrl}/api/integrations/${id}/surveys?purpose=migration`,
    )
    const states = ((await surveys.json()) as { state: string }[]).map(({ state }) => state)
    expect([['ready'], ['ready', 'cancelled']]).toContainEqual(states)
    expect(faults).toEqual([])
    await close()
  },
)

test.concurrent(
  'the keys of an account: token, passkey and password',
  { timeout: 240_000 },
  async () => {
    const { person, page, faults, close } = await arrive(browser, house, 'Lot')
    const tab = await tabBeside(page)
    const tabs = [page, tab]
    await inEach([tab], (each) => each.goto(`${house.publicUrl}/account`))
    const panel = (each: Page, name: string) => each.getByRole('region', { name, exact: true })

    await page.bringToFront()
    await press(page, account.tokens.make)
    const dialog = page.getByRole('dialog')
    await dialog.getByLabel(account.tokens.name).fill('kassa')
    await dialog.getByRole('button', { name: account.tokens.submit, exact: true }).click()
    const revoke = account.tokens.revokeOne.replace('{{name}}', 'kassa')
    const token = (each: Page) => each.getByRole('button', { name: revoke, exact: true })
    await inEach(tabs, (each) => token(each).waitFor())
    await atOnce(tabs, revoke)
    await inEach(tabs, (each) => token(each).waitFor({ state: 'detached' }))

    await plugInAuthenticator(page)
    await page.bringToFront()
    await panel(page, account.passkeys.title).getByLabel(account.passkeys.name).fill('laptop')
    await press(page, account.passkeys.add)
    const remove = account.passkeys.removeOne.replace('{{name}}', 'laptop')
    const passkey = (each: Page) => each.getByRole('button', { name: remove, exact: true })
    await inEach(tabs, (each) => passkey(each).waitFor())
    await atOnce(tabs, remove)
    await inEach(tabs, (each) => passkey(each).waitFor({ state: 'detached' }))

    // A password that was changed in one tab signs the other one out of nothing.
    await page.bringToFront()
    await panel(page, account.password.title).getByRole('button').first().click()
    await page.getByLabel(account.password.current).fill(person.password)
    await page.getByLabel(account.password.next).fill('nieuwe fiets met bel')
    await press(page, account.password.submit)
    await page.getByText(account.password.changed).waitFor()
    await tab.bringToFront()
    await panel(tab, account.you.title).getByLabel(account.you.name).fill('Lot de Wit')
    await press(tab, account.save)
    await tab.getByText(account.saved, { exact: true }).first().waitFor()
    expect(faults).toEqual([])
    await close()
  },
)

test.concurrent(
  'the seats of a company: a role, and who has to leave',
  { timeout: 240_000 },
  async ({ expect }) => {
    const { page, faults, close } = await arrive(browser, house, 'Guus')
    const id = await makeIntegration(page, house, 'Winkel Guus')
    const colleague = 'anna@guus.example'
    const tabs = [page, await tabBeside(page)]
    await inEach(tabs, (tab) => tab.goto(`${house.publicUrl}/i/${id}/profile`))
    await page.bringToFront()
    await page.getByLabel(profile.invite.email).fill(colleague)
    await press(page, profile.invite.submit)
    const [mail] = await mailsTo(house.home, colleague)
    if (mail === undefined) throw new Error('no invitation came')

    const hers = await openPage(browser, { width: 1280, height: 900 })
    hers.page.setDefaultTimeout(60_000)
    await hers.page.goto(linkOf(mail, '/invitation'))
    await hers.page.getByLabel(t.signIn.invitation.name).fill('Anna')
    await press(hers.page, t.signIn.invitation.join)
    await hers.page.getByLabel(t.signIn.newPassword, { exact: true }).fill('een lang wachtwoord')
    await press(hers.page, t.signIn.passwordSubmit)
    await hers.page.waitForURL(/\/i\//)

    const role = (tab: Page) =>
      tab.getByLabel(profile.people.roleOf.replace('{{name}}', 'Anna'), { exact: true })
    await inEach(tabs, async (tab) => {
      await tab.reload()
      await role(tab).waitFor()
    })
    await page.bringToFront()
    await role(page).selectOption('admin')
    await expect.poll(() => role(tabs[1] ?? page).inputValue(), { timeout: 60_000 }).toBe('admin')

    const removeOne = profile.people.removeOne.replace('{{name}}', 'Anna')
    await inEach(tabs, async (tab) => {
      await press(tab, removeOne)
      await tab.getByRole('dialog').waitFor()
    })
    await atOnce(tabs, profile.people.remove, (tab) => tab.getByRole('dialog'))
    await inEach(tabs, (tab) => role(tab).waitFor({ state: 'detached' }))
    await inEach(tabs, (tab) => tab.getByRole('dialog').waitFor({ state: 'detached' }))
    // She is out at her next step, and told so.
    await hers.page.bringToFront()
    await hers.page.reload()
    await hers.page.getByText(t.shell.missing.title).waitFor()
    expect(faults).toEqual([])
    await hers.page.context().close()
    await close()
  },
)
