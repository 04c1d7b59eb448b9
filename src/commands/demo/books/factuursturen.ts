import { startFactuursturen } from '../../../../sandbox/factuursturen/index.ts'
import type { BooksEnd } from '../remotes.ts'

/** Belgium's id at Factuursturen. */
const belgium = 18

const taxes = [21, 12, 6, 0].map((percentage, index) => ({
  percentage,
  type: percentage === 0 ? ('Z' as const) : index === 0 ? ('H' as const) : ('L' as const),
  default: index === 0,
  country: belgium,
}))

/** The sandbox of Factuursturen as the demo's books; its rates are percentages, without codes. */
export const startFactuursturenEnd = async (): Promise<BooksEnd> => {
  const sandbox = await startFactuursturen({ account: { country: belgium, taxes } })
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
