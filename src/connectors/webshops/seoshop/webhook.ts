import { reason, type Reason } from '../../../problems/reason.ts'
import type { SaleRef } from '../../../sale/sale.ts'
import type { RawRequest, Subscription, Verified } from '../../webshop.ts'
import { isSignedBy } from './signing.ts'
import * as wire from './wire.ts'

const rejected = (code: Reason['code']): Verified => ({ is: 'rejected', reason: reason(code) })

/** The documents a delivery names; null when it is none of ours. A plain invoice is no sale of its own. */
const refsOf = (body: string): SaleRef[] | null => {
  try {
    const { data } = wire.delivery.safeParse(JSON.parse(body))
    if (data === undefined) return null
    if ('order' in data) return [{ kind: 'order', id: data.order.id }]
    return data.invoice.isCreditNote ? [{ kind: 'credit', id: data.invoice.id }] : []
  } catch {
    // Signed but no JSON: said below, like every other wrong form.
    return null
  }
}

/**
 * Which document a delivery is about. Fails closed: without a subscription, a key, a header or the right
 * signature over the exact bytes nothing of the body is even parsed.
 *
 * The signature covers neither headers nor time (contract §7), and one app signs for all its shops alike. So
 * the shop in the header has to be the one we subscribed to, our address is unguessable, and nothing is
 * believed but the id: the document is read again from the shop. A copy tells nothing new.
 */
export const verifyWebhook = (
  request: RawRequest,
  subscriptions: readonly Subscription[],
): Verified => {
  const signature = request.headers['x-signature']
  if (signature === undefined || signature === '') return rejected('WEBHOOK_UNSIGNED')
  const signers = subscriptions.filter(({ key }) => isSignedBy(key, signature, request.body))
  if (signers.length === 0) return rejected('WEBHOOK_SIGNATURE_WRONG')

  const shopId = request.headers['x-shop-id']?.replace(/^0+(?=\d)/, '')
  const isOurs = signers.some(({ facts }) => shopId !== undefined && facts['shopId'] === shopId)
  if (!isOurs) return rejected('WEBHOOK_FOREIGN')

  const refs = request.method === 'POST' ? refsOf(request.body) : null
  if (refs === null) return rejected('WEBHOOK_MALFORMED')
  return { is: 'verified', mentions: refs.map((ref) => ({ ref })) }
}
