import { expect, test } from 'vitest'
import type { Regime } from '../vat/regime-question.ts'
import type { Treatment } from '../vat/treatment.ts'
import { destinationsOf } from './vat-table.ts'

/* Under which rows of the merchant's VAT table a line is looked for: contracts/vat.md §5.1, one row each. */
test.each<[Regime, Treatment, string[]]>([
  ['domestic', 'taxed', ['DE']],
  ['domestic-reverse-charge', 'domestic-reverse-charge', ['DE']],
  ['small-business', 'small-business', ['DE']],
  ['destination', 'taxed', ['DE']],
  ['origin', 'taxed', ['DE']],
  ['foreign-registration', 'taxed', ['DE']],
  ['intra-community', 'intra-community', ['ICP']],
  ['intra-community', 'services-reverse-charge', ['ICP_SERVICES']],
  ['services-reverse-charge', 'services-reverse-charge', ['ICP_SERVICES']],
  ['services-reverse-charge', 'voucher', ['ICP_SERVICES']],
  ['export', 'export', ['INTERNATIONAL']],
  ['export', 'services-outside-eu', ['INTERNATIONAL_SERVICES']],
  ['services-outside-eu', 'services-outside-eu', ['INTERNATIONAL_SERVICES']],
  ['services-outside-eu', 'deposit', ['INTERNATIONAL_SERVICES']],
  ['charged-export', 'taxed', ['INTERNATIONAL', 'NL']],
  ['charged-export', 'services-outside-eu', ['INTERNATIONAL_SERVICES']],
])('%s, %s: %s', (regime, treatment, rows) => {
  const draft = { regime, destination: 'DE', ratesOf: 'NL' }
  expect(destinationsOf(draft, { vat: { treatment } })).toEqual(rows)
})
