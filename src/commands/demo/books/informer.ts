import { startInformer } from '../../../../sandbox/informer/index.ts'
import { homeRates, type Home } from '../mix.ts'
import type { BooksEnd } from '../remotes.ts'

/** Percentages have six decimals in the sandbox. */
const rateOf = (id: number, percent: number, name: string, shifted = false) => ({
  id,
  name,
  percentage: BigInt(percent) * 1_000_000n,
  invoiceType: 1 as const,
  vatCode: String(id - 81_000),
  shifted,
})

const firstHome = 81_101

const vatOf = {
  intraCommunity: rateOf(81_201, 0, 'Binnen de EU', true),
  exported: rateOf(81_202, 0, 'Buiten de EU'),
}

const rowOf = (destination: string, percent: number, vatCode: number) => ({
  destination,
  percent: String(percent),
  vatCode: String(vatCode),
  ledgers: { revenue: '90010', shipping: '90020' },
})

/** The sandbox of Informer as the demo's books, with the VAT codes of `home`. */
export const startInformerEnd = async (home: Home): Promise<BooksEnd> => {
  const rates = homeRates[home]
  const codes = rates.map((percent, index) =>
    rateOf(firstHome + index, percent, `Btw ${percent} %`),
  )
  const sandbox = await startInformer({
    limits: 'off',
    isEmpty: true,
    account: { vat: [...codes, vatOf.intraCommunity, vatOf.exported] },
  })
  return {
    url: sandbox.url,
    credentials: {
      securityCode: sandbox.account.securityCode,
      apiKey: sandbox.account.apiKey,
      baseUrl: sandbox.url,
    },
    settings: {},
    unlimited: true,
    vatTable: [
      ...rates.map((percent, index) => rowOf(home, percent, firstHome + index)),
      rowOf('ICP', 0, vatOf.intraCommunity.id),
      rowOf('INTERNATIONAL', 0, vatOf.exported.id),
    ],
    invoices: () =>
      sandbox.ledger().invoices.map((invoice) => ({
        reference: invoice.reference,
        // A draft has no number; its id is what the merchant gets to see.
        number: invoice.number || String(invoice.id),
        totalCents: invoice.totalCents,
      })),
    close: () => sandbox.close(),
  }
}
