import { startFactuursturen } from '../../../../sandbox/factuursturen/index.ts'
import { homeRates, type Home } from '../mix.ts'
import type { BooksEnd } from '../remotes.ts'

/** What Factuursturen calls the countries. */
const countries: Readonly<Record<Home, number>> = { NL: 146, BE: 18 }

/** The sandbox of Factuursturen as the demo's books; its rates are percentages, without codes. */
export const startFactuursturenEnd = async (home: Home): Promise<BooksEnd> => {
  const country = countries[home]
  const taxes = homeRates[home].map((percentage, index) => ({
    percentage,
    type: percentage === 0 ? ('Z' as const) : index === 0 ? ('H' as const) : ('L' as const),
    default: index === 0,
    country,
  }))
  const sandbox = await startFactuursturen({ account: { country, taxes } })
  return {
    url: sandbox.url,
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
