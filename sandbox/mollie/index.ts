import { readJson } from '../kit/control.ts'
import { json, text } from '../kit/message.ts'
import { mulberry32 } from '../kit/random.ts'
import {
  type Sandbox,
  type SandboxOptions,
  type SandboxRequest,
  startServer,
} from '../kit/server.ts'
import { createApi, errorAnswer } from './api.ts'
import { checkout, showBackOffice, statusOf } from './checkout.ts'
import { createLedger } from './ledger.ts'
import { createNotices, type Notice } from './notices.ts'
import { type Payment, paymentJson, type Status } from './payment.ts'
import { defaultSwitches, readSwitches, type Switches } from './switches.ts'

export type MollieSandbox = Sandbox & {
  /** Where the API is. */
  apiUrl: string
  /** A key that it takes. */
  apiKey: string
  payments(): Payment[]
  /** Ends a payment and tells so. @throws when there is none, or it has ended */
  end(id: string, status: Status): void
  /** The buyer's bank takes the money back, or gives it again. */
  chargeBack(id: string, options?: { reverse: boolean }): void
  refund(id: string, cents: number): void
  /** Sends the webhook of a payment once more. @returns the status of the answer */
  tellAgain(id: string): Promise<number>
  notices(): Notice[]
  /** Resolves when no webhook is on its way. */
  settled(): Promise<void>
  switches: Switches
}

/** Starts a fake of Mollie's Payments API. */
export async function startMollie(options: SandboxOptions): Promise<MollieSandbox> {
  const now = options.now ?? (() => new Date())
  const switches: Switches = { ...defaultSwitches }
  const ledger = createLedger(now, mulberry32(options.seed ?? 1))
  const notices = createNotices(switches, now)
  let url = ''
  const api = createApi(ledger, notices, now, () => url)

  function known(id: string | null): Payment {
    const payment = ledger.find(id ?? '')
    if (payment === undefined) throw new Error(`there is no payment ${id ?? ''}`)
    return payment
  }
  function end(id: string | null, status: Status): void {
    const payment = known(id)
    if (!ledger.end(payment, status)) throw new Error(`${payment.id} is ${payment.status}`)
    notices.tell(payment)
  }
  function chargeBack(id: string | null, reverse: boolean): void {
    const payment = known(id)
    if (!ledger.chargeBack(payment, reverse)) throw new Error(`${payment.id} was never paid`)
    notices.tell(payment)
  }
  const shown = () => ledger.payments().map((payment) => paymentJson(payment, url))

  const sandbox = await startServer({
    name: 'mollie',
    options,
    handle: (request: SandboxRequest) =>
      request.path.startsWith('/checkout/')
        ? checkout(request, ledger, notices)
        : api.handle(request),
    rateLimited: () => errorAnswer(429, 'Too many requests'),
    unauthorized: () => errorAnswer(401, 'Missing authentication, or failed to authenticate'),
    control: {
      'GET /payments': () => json(shown()),
      'POST /outcome': ({ query }) => {
        const status = statusOf(query.get('is'))
        if (status === undefined) throw new Error('there is no such outcome')
        end(query.get('id'), status)
        return json(shown())
      },
      'POST /chargeback': ({ query }) => {
        chargeBack(query.get('id'), query.get('reverse') === 'yes')
        return json(shown())
      },
      'GET /notices': () => json(notices.list()),
      'POST /notices': async ({ query }) =>
        text(String(await notices.send(known(query.get('id'))))),
      'GET /switches': () => json(switches),
      'PUT /switches': ({ body }) => json(Object.assign(switches, readSwitches(readJson(body)))),
    },
    backOffice: () => showBackOffice(ledger, notices),
    reset: () => {
      ledger.clear()
      notices.clear()
      api.clear()
      Object.assign(switches, defaultSwitches)
    },
  })
  url = sandbox.url

  return {
    ...sandbox,
    apiUrl: `${sandbox.url}/v2/`,
    apiKey: `test_${'sandbox'.repeat(5)}`,
    payments: () => ledger.payments(),
    end,
    chargeBack: (id, { reverse } = { reverse: false }) => chargeBack(id, reverse),
    refund(id, cents) {
      const payment = known(id)
      if (!ledger.refund(payment, cents)) throw new Error('there is less left than that')
      notices.tell(payment)
    },
    tellAgain: (id) => notices.send(known(id)),
    notices: () => notices.list(),
    settled: () => notices.settled(),
    switches,
  }
}
