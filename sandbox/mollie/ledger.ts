import { expiryOf, type Payment, type Status } from './payment.ts'

/** Every payment there is, and what may become of it. */
export interface Ledger {
  payments(): Payment[]
  /** Looks one up; an open one whose time is over has expired by then. */
  find(id: string): Payment | undefined
  create(wish: NewPayment): Payment
  /** @returns false when a payment that has ended can't become that */
  end(payment: Payment, status: Status): boolean
  /** @returns false when there is less left than that */
  refund(payment: Payment, cents: number): boolean
  chargeBack(payment: Payment, reverse: boolean): boolean
  clear(): void
}

export type NewPayment = Pick<
  Payment,
  'currency' | 'cents' | 'description' | 'redirectUrl' | 'webhookUrl' | 'metadata' | 'locale'
>

const alphabet = '23456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz'

/** @param random a number in [0, 1) */
export function createLedger(now: () => Date, random: () => number): Ledger {
  const payments = new Map<string, Payment>()
  const newId = () =>
    `tr_${Array.from({ length: 10 }, () => alphabet[Math.floor(random() * alphabet.length)]).join('')}`

  const ledger: Ledger = {
    payments: () => [...payments.values()],
    find(id) {
      const payment = payments.get(id)
      if (payment?.status === 'open' && payment.expiresAt <= now()) ledger.end(payment, 'expired')
      return payment
    },
    create(wish) {
      const createdAt = now()
      const payment: Payment = {
        ...wish,
        id: newId(),
        createdAt,
        expiresAt: expiryOf(createdAt),
        paidAt: null,
        endedAt: null,
        status: 'open',
        refundedCents: 0,
        chargedBackCents: 0,
      }
      payments.set(payment.id, payment)
      return payment
    },
    end(payment, status) {
      if (payment.status !== 'open' && payment.status !== 'pending') return false
      payment.status = status
      if (status === 'paid') payment.paidAt = now()
      else if (status !== 'pending') payment.endedAt = now()
      return true
    },
    refund(payment, cents) {
      const left = payment.cents - payment.refundedCents - payment.chargedBackCents
      if (payment.status !== 'paid' || cents <= 0 || cents > left) return false
      payment.refundedCents += cents
      return true
    },
    chargeBack(payment, reverse) {
      if (payment.status !== 'paid') return false
      payment.chargedBackCents = reverse ? 0 : payment.cents - payment.refundedCents
      return true
    },
    clear: () => payments.clear(),
  }
  return ledger
}
