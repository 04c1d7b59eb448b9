import type { Page } from 'playwright-core'
import { expect } from 'vitest'
import { linkOf, mailsTo } from './mailbox.ts'
import type { EmptyHouse } from './new-merchant.ts'
import { soldCents, type Pair, type PairAtHand } from './pairs.ts'
import { filled, type Words } from './words.ts'

/** A new person at the screen, with a shop and books of their own. */
export interface Walk {
  house: EmptyHouse
  pair: Pair
  at: PairAtHand
  page: Page
  t: Words
  /** Of the person; no two have the same. */
  name: string
  /** The number of the sale that is to be booked, once something was sold. */
  sold: string
}

/** One screen on the way. */
export interface Step {
  name: string
  /** Until the person is there and sees what it is about. */
  there(walk: Walk): Promise<unknown>
  /** What they do there; the next screen follows from it. */
  act(walk: Walk): Promise<unknown>
}

/** Presses a button by its words, all of them: "Connect" is also in "not connected yet". */
export const press = (page: Page, name: string): Promise<void> =>
  page.getByRole('button', { name, exact: true }).first().click()

/** Types what each field asks, also behind what is folded away. */
export const fillIn = async (
  { page, t }: Pick<Walk, 'page' | 't'>,
  keys: Record<string, string>,
) => {
  for (const [name, value] of Object.entries(keys)) {
    const field = page.locator(`input[name=${name}]`).first()
    await field.waitFor({ state: 'attached' })
    if (!(await field.isVisible())) {
      await page.getByText(t.configuration.field.more, { exact: true }).first().click()
    }
    await field.fill(value)
  }
}

/** Signs in to a remote in the window that opens, and decides there. */
export const inWindow = async (page: Page, open: string, decision: string) => {
  const [window] = await Promise.all([page.waitForEvent('popup'), press(page, open)])
  await window.getByRole('button', { name: decision }).click()
  if (!window.isClosed()) await window.waitForEvent('close')
}

const isConnected = ({ page, t }: Walk, system: string) =>
  page.getByText(filled(t.install.connected, { system })).waitFor()

const addressOf = (walk: Walk) => `${walk.name.toLowerCase()}@aanmelder.example`

/** From the page with the shops and the books to the first invoice, screen by screen. */
export const steps: readonly Step[] = [
  {
    name: 'front',
    async there({ page, house, t }) {
      await page.goto(`${house.publicUrl}/integrations`)
      await page.getByLabel(t.front.form.email, { exact: true }).waitFor()
    },
    async act(walk) {
      const { page, pair, t, name, at } = walk
      await page.locator(`input[name=webshop][value=${pair.webshop}]`).check()
      await page.locator(`input[name=accounting][value=${pair.accounting}]`).check()
      await page.getByLabel(t.front.form.name, { exact: true }).fill(name)
      await page.getByLabel(t.front.form.company, { exact: true }).fill(`Winkel ${name}`)
      await page.getByLabel(t.front.form.email, { exact: true }).fill(addressOf(walk))
      if (at.home !== undefined) {
        await page.getByLabel(t.front.form.country, { exact: true }).selectOption(at.home)
      }
      await press(page, t.front.form.submit)
    },
  },
  {
    name: 'mailed',
    there: ({ page, t }) => page.getByText(t.front.done.title).waitFor(),
    async act(walk) {
      const [mail] = await mailsTo(walk.house.home, addressOf(walk))
      if (mail === undefined) throw new Error('no mail')
      await walk.page.goto(linkOf(mail, '/password'))
    },
  },
  {
    name: 'password',
    there: ({ page, t }) => page.getByLabel(t.signIn.newPassword, { exact: true }).waitFor(),
    async act({ page, t, name }) {
      await page
        .getByLabel(t.signIn.newPassword, { exact: true })
        .fill(`een goed wachtwoord van ${name}`)
      await press(page, t.signIn.passwordSubmit)
    },
  },
  {
    name: 'terms',
    // Straight in, and to the installation that was asked for.
    there: ({ page, t }) => page.getByLabel(t.install.terms.agree).waitFor(),
    async act({ page, t }) {
      await page.getByLabel(t.install.terms.agree).check()
      await press(page, t.install.terms.accept)
    },
  },
  {
    name: 'webshop',
    there: ({ page }) => page.waitForURL(/step=webshop/),
    async act(walk) {
      const { page, t, at } = walk
      await fillIn(walk, at.shop.keys)
      await press(page, t.connecting.connect)
      await isConnected(walk, at.shop.title)
      await press(page, t.install.next)
    },
  },
  {
    name: 'accounting',
    there: ({ page }) => page.waitForURL(/step=accounting/),
    async act(walk) {
      const { page, t, at } = walk
      const { title, keys, administration } = at.books
      await fillIn(walk, keys)
      if (administration === undefined) await press(page, t.connecting.connect)
      else {
        await inWindow(page, filled(t.connecting.signIn, { system: title }), 'Toestaan')
        await page.getByLabel(t.connecting.administration.label).selectOption(administration)
        await press(page, t.connecting.administration.use)
      }
      await isConnected(walk, title)
      await press(page, t.install.next)
    },
  },
  {
    name: 'configure',
    there: ({ page, t }) => page.getByRole('button', { name: t.install.finish }).waitFor(),
    async act(walk) {
      const { page, t, at } = walk
      walk.sold = at.sell()
      if (at.home !== undefined) {
        await page.getByLabel(t.configuration.vat.home).selectOption(at.home)
      }
      await press(page, t.install.finish)
    },
  },
  {
    name: 'done',
    there: ({ page, t }) => page.getByText(t.install.ready.wrong).waitFor(),
    act: ({ page, t }) => page.getByRole('link', { name: t.install.ready.toOpen }).click(),
  },
  {
    name: 'open',
    there: ({ page, sold }) => page.getByText(sold).first().waitFor(),
    // The name of the link begins so, and goes on with the number for who can't see the table.
    act: ({ page, t }) =>
      page.locator('a[href*="/preview"]', { hasText: t.open.goAhead.look }).first().click(),
  },
  {
    name: 'preview',
    there: ({ page, t }) => page.getByText(t.preview.goAheadNow).waitFor(),
    async act({ page, t }) {
      await press(page, t.preview.goAhead)
      await page.getByRole('link', { name: t.shell.tabs.report }).first().click()
    },
  },
  {
    name: 'report',
    // It comes there by itself, with its total to the cent.
    async there({ page, sold }) {
      await page.waitForURL(/\/report/)
      const shown = page.locator('main').locator('tr, li').filter({ hasText: sold })
      await shown
        .filter({ hasText: /13[.,]15/ })
        .first()
        .waitFor()
    },
    act({ at, sold }) {
      expect(at.totalsOf(sold)).toEqual([soldCents])
      return Promise.resolve()
    },
  },
]
