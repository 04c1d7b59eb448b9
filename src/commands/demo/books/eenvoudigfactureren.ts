import { startEenvoudigfactureren } from '../../../../sandbox/eenvoudigfactureren/index.ts'
import type { BooksEnd } from '../remotes.ts'

/** The sandbox of EenvoudigFactureren as the demo's books; its account has the Belgian rates by itself. */
export const startEenvoudigfacturerenEnd = async (): Promise<BooksEnd> => {
  const sandbox = await startEenvoudigfactureren({ limits: 'off' })
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
