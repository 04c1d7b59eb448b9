/** What became of a payment. */
export type Status = 'open' | 'pending' | 'paid' | 'failed' | 'canceled' | 'expired'

export const endings: readonly Status[] = ['pending', 'paid', 'failed', 'canceled', 'expired']

export interface Payment {
  id: string
  createdAt: Date
  expiresAt: Date
  paidAt: Date | null
  endedAt: Date | null
  status: Status
  currency: string
  cents: number
  refundedCents: number
  chargedBackCents: number
  description: string
  redirectUrl: string
  webhookUrl: string | null
  metadata: unknown
  locale: string | null
}

const expiryMs = 15 * 60_000

export const expiryOf = (createdAt: Date): Date => new Date(createdAt.getTime() + expiryMs)

const endStamps: Partial<Record<Status, string>> = {
  failed: 'failedAt',
  canceled: 'canceledAt',
  expired: 'expiredAt',
}

const amountOf = (currency: string, cents: number) => ({
  currency,
  value: (cents / 100).toFixed(2),
})

/** A payment as the API shows it. Fields that say nothing are left out, as the real one does. */
export function paymentJson(payment: Payment, url: string): Record<string, unknown> {
  const { id, status, currency, cents, refundedCents, chargedBackCents } = payment
  const link = (href: string, type = 'application/hal+json') => ({ href, type })
  const endStamp = endStamps[status]
  const isOpen = status === 'open'
  return {
    resource: 'payment',
    id,
    mode: 'test',
    createdAt: payment.createdAt.toISOString(),
    amount: amountOf(currency, cents),
    description: payment.description,
    method: isOpen ? null : 'ideal',
    metadata: payment.metadata ?? null,
    status,
    ...(isOpen && { isCancelable: false, expiresAt: payment.expiresAt.toISOString() }),
    ...(payment.paidAt && {
      paidAt: payment.paidAt.toISOString(),
      amountRefunded: amountOf(currency, refundedCents),
      amountRemaining: amountOf(currency, Math.max(0, cents - refundedCents)),
    }),
    ...(endStamp !== undefined && { [endStamp]: payment.endedAt?.toISOString() }),
    ...(chargedBackCents > 0 && { amountChargedBack: amountOf(currency, chargedBackCents) }),
    ...(payment.locale !== null && { locale: payment.locale }),
    profileId: 'pfl_sandbox',
    sequenceType: 'oneoff',
    redirectUrl: payment.redirectUrl,
    ...(payment.webhookUrl !== null && { webhookUrl: payment.webhookUrl }),
    _links: {
      self: link(`${url}/v2/payments/${id}`),
      ...(isOpen && { checkout: link(`${url}/checkout/${id}`, 'text/html') }),
      documentation: link('https://docs.mollie.com/reference/get-payment', 'text/html'),
    },
  }
}
