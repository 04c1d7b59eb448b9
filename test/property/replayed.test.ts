import { expect, test } from 'vitest'
import { basketOf, type Basket } from './basket.ts'
import { allBooks, drafted, endOf } from './way.ts'

const books = allBooks('NL')

/** How a basket ends in each of the books. */
const endsOf = (basket: Basket) => {
  const made = drafted(basket)
  return new Set(books.map((each) => JSON.stringify(endOf(each, basket, made))))
}

const french = (cents: number): Basket => ({
  seed: 1,
  home: 'NL',
  country: 'FR',
  shop: {
    rounding: 'row',
    entered: 'gross',
    decimals: 2,
    says: 'percent',
    saysGross: true,
    saysClass: false,
    saysTotals: false,
    saysRates: false,
  },
  items: [{ kind: 'product', rate: 2000, price: cents, quantity: 1000, off: 0 }],
  coupon: null,
  isCredit: false,
})

// At 20 % 0.03 is 0.025 and 0.005: rounded apart they make 0.04 or 0.02, never what is paid.
test.each([3, 9, 15, 1203])('%i cents at 20 % come out in all books', (cents) => {
  for (const end of endsOf(french(cents))) expect(end).toMatch(/booked|rounded/)
})

test('fourteen German cents at a Dutch rate are not proved to have the German one', () => {
  for (const end of endsOf(basketOf(31_622))) expect(end).toContain('VAT_RATE_UNDECIDED')
})
