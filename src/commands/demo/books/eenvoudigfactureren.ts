import { startEenvoudigfactureren } from '../../../../sandbox/eenvoudigfactureren/index.ts'
import { homeCountry, homeRates, type Home } from '../mix.ts'
import type { BooksEnd } from '../remotes.ts'

/** The sandbox of EenvoudigFactureren as the demo's books; its account has the Belgian rates by itself. */
export const startEenvoudigfacturerenEnd = async (home: Home): Promise<BooksEnd> => {
  const taxed = homeRates[home].filter((rate) => rate > 0)
  const sandbox = await startEenvoudigfactureren({
    limits: 'off',
    ...(home !== homeCountry && {
      account: {
        codes: [
          ...taxed.map((rate, index) => ({
            rate,
            name: `BTW ${rate}%`,
            category: index + 1,
            exemptionReasonCode: '',
          })),
          { rate: 0, name: 'Intracommunautair', category: 0, exemptionReasonCode: 'ICL' },
        ],
      },
    }),
  })
  return {
    url: sandbox.url,
    credentials: { apiKey: sandbox.account.apiKey, baseUrl: `${sandbox.url}/api/v1` },
    settings: {},
    unlimited: true,
    invoices: () =>
      sandbox
        .ledger()
        .invoices.map(({ reference, number, totalCents }) => ({ reference, number, totalCents })),
    close: () => sandbox.close(),
  }
}
