import { reason, type Reason } from '../../../problems/reason.ts'
import type { RawRequest, Subscription, Verified } from '../../webshop.ts'
import { isSignedBy } from './signing.ts'
import * as wire from './wire.ts'

const rejected = (code: Reason['code']): Verified => ({ is: 'rejected', reason: reason(code) })

/** The string a delivery is signed over, as the merchant pinned it: nobody has documented which (contract §7). */
type SignedOver = 'any' | 'address-and-body' | 'body'

const isSignedOver = (text: string | undefined): text is SignedOver =>
  text === 'any' || text === 'address-and-body' || text === 'body'

/** Whether the holder of this subscription's key signed the request. */
const signs = ({ key, facts }: Subscription, { address, body }: RawRequest, hash: string) => {
  const over = facts['signedOver']
  if (!isSignedOver(over)) return false
  const overBoth = isSignedBy(key, hash, address, body)
  const overBody = isSignedBy(key, hash, body)
  return (over !== 'body' && overBoth) || (over !== 'address-and-body' && overBody)
}

/** Every shop is polled this often, so an older delivery can tell nothing new. */
const freshMs = 60 * 60_000

const readDelivery = (body: string) => {
  try {
    return wire.delivery.safeParse(JSON.parse(body)).data ?? null
  } catch {
    // Signed but no JSON: said below, like every other wrong form.
    return null
  }
}

/**
 * Which order a delivery is about. Fails closed: without a subscription, a key, a header or the right
 * signature over the exact bytes nothing of the body is even parsed.
 *
 * A delivery that was triggered more than an hour ago is a replay, or so late that the hourly poll has told us
 * already (docs/decisions/0007). A copy within the hour is accepted: nothing is believed but the id, and the
 * order is read again from the shop.
 */
export const verifyWebhook = (
  request: RawRequest,
  subscriptions: readonly Subscription[],
): Verified => {
  const hash = request.headers['x-hash']
  if (hash === undefined || hash === '') return rejected('WEBHOOK_UNSIGNED')
  const signers = subscriptions.filter((subscription) => signs(subscription, request, hash))
  if (signers.length === 0) return rejected('WEBHOOK_SIGNATURE_WRONG')

  const delivery = request.method === 'POST' ? readDelivery(request.body) : null
  if (delivery === null) return rejected('WEBHOOK_MALFORMED')
  // The body names no shop, only an address in it (contract §7).
  const host = delivery.href === undefined ? null : URL.parse(delivery.href)?.host
  const isOurs = host === null || signers.some(({ facts }) => facts['host'] === host)
  if (!isOurs) return rejected('WEBHOOK_FOREIGN')
  const ageMs = request.receivedAt.getTime() - Date.parse(delivery.triggered_at ?? '')
  if (ageMs > freshMs) {
    const minutes = Math.floor(ageMs / 60_000)
    return { is: 'rejected', reason: reason('WEBHOOK_REPLAYED', { minutes }) }
  }
  return { is: 'verified', mentions: [{ ref: { kind: 'order', id: delivery.id } }] }
}
