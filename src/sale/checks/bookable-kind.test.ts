import { expect, it } from 'vitest'
import { saleInputOf, saleOf } from '../../../test/support/sale.ts'
import { bookableKind } from './bookable-kind.ts'

const lines = [{ amount: '-12.10' }]
const credit = saleOf(lines, { ref: { kind: 'credit', id: '9' } })

it('lets orders, invoices and credits pass where the books take them', () => {
  expect(bookableKind.run(saleInputOf(saleOf(lines)))).toBeNull()
  expect(
    bookableKind.run(saleInputOf(saleOf(lines, { ref: { kind: 'invoice', id: '9' } }))),
  ).toBeNull()
  expect(bookableKind.run(saleInputOf(credit))).toBeNull()
})

it('refuses a credit where the books have none, and nothing else there', () => {
  expect(bookableKind.run(saleInputOf(credit, { creditInvoices: false }))).toEqual({
    code: 'CREDIT_UNSUPPORTED',
    params: { system: 'Boeken' },
  })
  expect(bookableKind.run(saleInputOf(saleOf(lines), { creditInvoices: false }))).toBeNull()
})

it('refuses a sale whose VAT is the marketplace’s', () => {
  const sale = saleOf([{ amount: '12.10', percent: '0' }], { marketplaceAccountsForVat: true })
  expect(bookableKind.run(saleInputOf(sale))).toEqual({ code: 'MARKETPLACE_SALE', params: {} })
})
