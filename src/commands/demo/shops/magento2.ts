import { startMagento2 } from '../../../../sandbox/magento2/index.ts'
import type { ShopEnd } from '../remotes.ts'
import { magentoEnd, paidOnly } from './magento.ts'

/** The sandbox of Magento 2 as the demo's shop. */
export const startMagento2End = async (): Promise<ShopEnd> => {
  const sandbox = await startMagento2({})
  return {
    ...magentoEnd(sandbox),
    url: sandbox.url,
    credentials: { shopUrl: sandbox.url, ...sandbox.fourValues },
    settings: paidOnly,
    unlimited: true,
    close: () => sandbox.close(),
  }
}
