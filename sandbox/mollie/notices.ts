import { type Payment } from './payment.ts'
import { type Switches } from './switches.ts'

/** One webhook that was sent. */
export interface Notice {
  at: string
  paymentId: string
  url: string
  /** Of the answer; 0 when none came. */
  status: number
}

export interface Notices {
  /** Tells whoever asked for it that something became of a payment. */
  tell(payment: Payment): void
  /** Tells once, whatever the switches say. @returns the status of the answer, 0 when none came */
  send(payment: Payment): Promise<number>
  list(): Notice[]
  /** Resolves when no webhook is on its way. */
  settled(): Promise<void>
  clear(): void
}

const answerMs = 15_000
const listMax = 500
const times: Readonly<Record<Switches['notices'], number>> = { never: 0, 'at-once': 1, twice: 2 }

export function createNotices(switches: Switches, now: () => Date): Notices {
  const sent: Notice[] = []
  const underWay = new Set<Promise<unknown>>()

  async function send(payment: Payment): Promise<number> {
    if (payment.webhookUrl === null) return 0
    const notice: Notice = {
      at: now().toISOString(),
      paymentId: payment.id,
      url: payment.webhookUrl,
      status: 0,
    }
    sent.push(notice)
    if (sent.length > listMax) sent.shift()
    const answer = await fetch(payment.webhookUrl, {
      method: 'POST',
      headers: { 'user-agent': 'Mollie HTTP client/1.0' },
      body: new URLSearchParams({ id: payment.id }),
      redirect: 'manual',
      signal: AbortSignal.timeout(answerMs),
    }).catch(() => undefined)
    await answer?.arrayBuffer().catch(() => undefined)
    notice.status = answer?.status ?? 0
    return notice.status
  }

  return {
    tell(payment) {
      for (let count = 0; count < times[switches.notices]; count += 1) {
        const sending = send(payment).finally(() => underWay.delete(sending))
        underWay.add(sending)
      }
    },
    send,
    list: () => [...sent],
    settled: async () => {
      while (underWay.size > 0) await Promise.all(underWay)
    },
    clear: () => {
      sent.length = 0
    },
  }
}
