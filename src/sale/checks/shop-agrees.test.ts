import { expect, test } from 'vitest'
import { addressIn, inputOf, saleOf } from '../../../test/support/sale.ts'
import { shopAgrees } from './shop-agrees.ts'

const belgian = { billing: addressIn('BE', '1000'), buyer: { vatNumber: 'BE0468561072' } }

test('a supply that the shop calls intra-Community and charges VAT on is refused', () => {
  const sale = saleOf([{ amount: '121.00' }], { ...belgian, shopSaysIntraCommunity: true })
  expect(shopAgrees.run(inputOf(sale))).toEqual({
    code: 'INTRA_COMMUNITY_WITH_VAT',
    params: { vat: '21.00', country: 'BE' },
  })
})

test.each([
  ['without VAT', [{ amount: '100.00', percent: '0' }], true],
  ['with VAT that nobody calls a supply', [{ amount: '121.00' }], false],
])('a sale %s is none of its business', (_, lines, shopSaysIntraCommunity) => {
  expect(shopAgrees.run(inputOf(saleOf(lines, { ...belgian, shopSaysIntraCommunity })))).toBeNull()
})
