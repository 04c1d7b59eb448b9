import { mayFollow } from '../../../src/bookings/transitions.ts'
import type { Watch } from './store/tables.ts'
import type { Tenant } from './tenant.ts'

type Fail = (what: string) => void

/** Marks every name and address of a buyer, so that they are found wherever they must not be. */
export const planted = 'zwanehals'

/** Looks at every row before anybody can read it. */
export const checkWrites =
  (fail: Fail): Watch =>
  (change) => {
    if (change.table !== 'bookings') return
    const { before, after } = change
    if (after === undefined) {
      fail(`booking ${before?.shopId} vanished`)
      return
    }
    const from = before?.state
    if (from !== undefined && from !== after.state && !mayFollow(from, after.state)) {
      fail(`booking ${after.shopId} went from ${from} to ${after.state}`)
    }
    if (before?.reference != null && before.reference !== after.reference) {
      fail(`booking ${after.shopId} had the reference ${before.reference}, now ${after.reference}`)
    }
    if (from === 'booked' && before?.remoteNumber !== after.remoteNumber) {
      fail(`booking ${after.shopId} was invoice ${before?.remoteNumber}, now ${after.remoteNumber}`)
    }
    if (after.state !== from && JSON.stringify(after).includes(planted)) {
      fail(`booking ${after.shopId} holds personal data`)
    }
  }

/** Looks at the books of one merchant: each sale at most once, to the cent, and nobody else's. */
export const checkBooks = (
  { sales, books, pair }: Tenant,
  reserved: ReadonlySet<string>,
  fail: Fail,
): void => {
  const byNumber = new Map(sales.map((sale) => [sale.number, sale]))
  const met = new Set<string>()
  for (const { reference, number, totalCents } of books.invoices()) {
    const sale = byNumber.get(reference)
    const who = `invoice ${number} for ${reference} of ${pair.webshop}:${pair.accounting}`
    if (sale === undefined) fail(`${who} is for no sale of this merchant`)
    else if (sale.totalCents !== totalCents) {
      fail(`${who} is ${totalCents} cents, the sale ${sale.totalCents}`)
    }
    if (!reserved.has(reference)) fail(`${who} was never reserved`)
    if (met.has(reference)) fail(`${who} is a second one`)
    met.add(reference)
  }
  const emails = books.debtors().filter((email) => email !== '')
  if (new Set(emails).size !== emails.length) {
    const twice = emails.find((email, index) => emails.indexOf(email) !== index)
    fail(`debtor ${twice} of ${pair.webshop}:${pair.accounting} is there twice`)
  }
}
