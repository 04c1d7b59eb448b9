import { startRompslomp } from '../../../../sandbox/rompslomp/index.ts'
import { homeRates, type Home } from '../mix.ts'
import type { BooksEnd } from '../remotes.ts'

/** The paid administration of the sandbox. */
const companyId = 418_223_901

/** A fraction in the sandbox's units: 21 is 0.21. */
const fractionOf = (percent: number) => BigInt(percent) * 10n ** 18n

const typeOf = (id: number, name: string, friendlyName: string, percent: number) => ({
  id,
  name,
  friendlyName,
  value: fractionOf(percent),
})

const typesAt = (home: Home) =>
  homeRates[home].map((percent, index) => ({
    percent,
    type: typeOf(
      300_200_201 + index,
      `vat_${home.toLowerCase()}_${percent}`,
      `btw ${percent} %`,
      percent,
    ),
  }))

const types = {
  intraCommunity: typeOf(300_200_105, 'vat_reverse_charged', 'verlegd', 0),
  exported: typeOf(300_200_103, 'vat_zero', 'nul', 0),
}

const rowOf = (destination: string, percent: number, vatCode: number) => ({
  destination,
  percent: String(percent),
  vatCode: String(vatCode),
  ledgers: { revenue: '940011', shipping: '940012' },
})

/** The sandbox of Rompslomp as the demo's books, with the VAT types of `home` and a token by hand. */
export const startRompslompEnd = async (home: Home): Promise<BooksEnd> => {
  const atHome = typesAt(home)
  const sandbox = await startRompslomp({ limits: 'off', isEmpty: true })
  const company = sandbox.account.companies.find(({ id }) => id === companyId)
  if (company === undefined) throw new Error('the sandbox has no such administration')
  company.vatTypes = [...atHome.map(({ type }) => type), types.intraCommunity, types.exported]
  return {
    url: sandbox.url,
    credentials: { apiToken: sandbox.account.personalToken, baseUrl: `${sandbox.url}/api/v1` },
    settings: { administration: String(companyId) },
    unlimited: true,
    vatTable: [
      ...atHome.map(({ percent, type }) => rowOf(home, percent, type.id)),
      rowOf('ICP', 0, types.intraCommunity.id),
      rowOf('INTERNATIONAL', 0, types.exported.id),
    ],
    invoices: () =>
      sandbox.ledger().invoices.map((invoice) => ({
        reference: invoice.reference,
        // A concept has no number; its id is what the merchant gets to see.
        number: invoice.number || String(invoice.id),
        totalCents: invoice.totalCents,
      })),
    close: () => sandbox.close(),
  }
}
