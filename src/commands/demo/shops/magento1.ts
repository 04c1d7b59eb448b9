import { startMagento1 } from '../../../../sandbox/magento1/index.ts'
import type { ShopEnd } from '../remotes.ts'
import { magentoEnd, paidOnly } from './magento.ts'

/** The sandbox of Magento 1.9, with our extension, as the demo's shop; it books credit invoices, too. */
export const startMagento1End = async (): Promise<ShopEnd> => {
  const sandbox = await startMagento1({})
  return {
    ...magentoEnd(sandbox),
    url: sandbox.url,
    credentials: { adminUrl: sandbox.adminUrl, signedOrigin: '', ...sandbox.fourValues },
    settings: { ...paidOnly, credits: true },
    unlimited: true,
    close: () => sandbox.close(),
  }
}
