import { startFactuursturen } from '../../../sandbox/factuursturen/index.ts'
import type { DemoBooks } from './remotes.ts'

/** Ids of countries at Factuursturen, and the rates of an account there. */
const homes = {
  NL: { id: 146, rates: [21, 9, 0] },
  BE: { id: 18, rates: [21, 12, 6, 0] },
} as const

/** The sandbox of Factuursturen as the demo's books, with the rates of the merchant's country. */
export const startBooks = async (homeCountry: 'NL' | 'BE'): Promise<DemoBooks> => {
  const { id, rates } = homes[homeCountry]
  const taxes = rates.map((percentage, index) => ({
    percentage,
    type: percentage === 0 ? ('Z' as const) : index === 0 ? ('H' as const) : ('L' as const),
    default: index === 0,
    country: id,
  }))
  const sandbox = await startFactuursturen({ account: { country: id, taxes } })
  return {
    url: sandbox.url,
    system: 'factuursturen',
    credentials: {
      userName: sandbox.account.user,
      apiKey: sandbox.account.apiKey,
      baseUrl: `${sandbox.url}/api/v1`,
    },
    settings: {},
    invoices: () =>
      sandbox.ledger().invoices.map((invoice) => ({
        reference: invoice.reference[0],
        number: invoice.number,
        totalCents: invoice.totalCents,
      })),
    close: () => sandbox.close(),
  }
}
