import { type SandboxAnswer, type SandboxRequest } from '../kit/server.ts'
import { type Ledger, type NewPayment } from './ledger.ts'
import { type Notices } from './notices.ts'
import { type Payment, paymentJson } from './payment.ts'

export interface Api {
  handle(request: SandboxRequest): SandboxAnswer
  clear(): void
}

const keyPattern = /^Bearer (test|live)_\w{30,}$/
const idempotencyMs = 3_600_000

const hal = (value: unknown, status: number): SandboxAnswer => ({
  status,
  headers: { 'content-type': 'application/hal+json' },
  body: JSON.stringify(value),
})

const titles: Readonly<Record<number, string>> = {
  400: 'Bad Request',
  401: 'Unauthorized Request',
  404: 'Not Found',
  405: 'Method Not Allowed',
  409: 'Conflict',
  422: 'Unprocessable Entity',
  429: 'Too Many Requests',
}

/** An error as Mollie words it. */
export const errorAnswer = (status: number, detail: string, field?: string): SandboxAnswer =>
  hal(
    {
      status,
      title: titles[status] ?? 'Error',
      detail,
      ...(field !== undefined && { field }),
      _links: {
        documentation: {
          href: 'https://docs.mollie.com/reference/error-handling',
          type: 'text/html',
        },
      },
    },
    status,
  )

/** The Payments API: who asks, what for, and what is wrong with it. */
export function createApi(
  ledger: Ledger,
  notices: Notices,
  now: () => Date,
  url: () => string,
): Api {
  const answered = new Map<string, { at: number; answer: SandboxAnswer }>()

  /** What was answered to this key before, or what `act` answers now. */
  function once(request: SandboxRequest, act: () => SandboxAnswer): SandboxAnswer {
    const key = request.headers['idempotency-key']
    if (typeof key !== 'string') return act()
    const before = answered.get(key)
    if (before !== undefined && now().getTime() - before.at < idempotencyMs) return before.answer
    const answer = act()
    answered.set(key, { at: now().getTime(), answer })
    return answer
  }

  function create(body: unknown): SandboxAnswer {
    const wish = readPayment(body)
    return 'status' in wish ? wish : hal(paymentJson(ledger.create(wish), url()), 201)
  }

  function refund(payment: Payment, body: unknown): SandboxAnswer {
    const amount = readAmount((body as { amount?: unknown }).amount)
    if (amount === null) return errorAnswer(422, 'The amount is required', 'amount')
    if (!ledger.refund(payment, amount.cents)) {
      return errorAnswer(409, 'The specified amount cannot be refunded', 'amount')
    }
    notices.tell(payment)
    const id = `re_${payment.id.slice(3)}`
    return hal(
      { resource: 'refund', id, paymentId: payment.id, status: 'refunded', amount: amount.wire },
      201,
    )
  }

  function ofPayment(request: SandboxRequest, payment: Payment, rest: string): SandboxAnswer {
    switch (`${request.method} ${rest}`) {
      case 'GET ':
        return hal(paymentJson(payment, url()), 200)
      case 'DELETE ':
        return errorAnswer(422, 'The payment cannot be canceled')
      case 'POST /refunds':
        return once(request, () => refund(payment, readBody(request.body)))
      case 'GET /refunds':
      case 'GET /chargebacks':
        return hal(listOf(payment, rest.slice(1)), 200)
      default:
        return errorAnswer(405, 'Method not allowed')
    }
  }

  return {
    handle(request) {
      if (!keyPattern.test(request.headers.authorization ?? '')) {
        return errorAnswer(401, 'Missing authentication, or failed to authenticate')
      }
      if (request.path === '/v2/payments' && request.method === 'POST') {
        const body = readBody(request.body)
        if (body === undefined) return errorAnswer(400, 'The request body is not valid JSON')
        return once(request, () => create(body))
      }
      const [, id = '', rest = ''] = /^\/v2\/payments\/(\w+)(\/\w+)?$/.exec(request.path) ?? []
      const payment = ledger.find(id)
      if (payment === undefined) return errorAnswer(404, `No payment exists with token ${id}.`)
      return ofPayment(request, payment, rest)
    },
    clear: () => answered.clear(),
  }
}

function listOf(payment: Payment, what: string): unknown {
  const cents = what === 'refunds' ? payment.refundedCents : payment.chargedBackCents
  const entry = {
    resource: what.slice(0, -1),
    paymentId: payment.id,
    amount: { currency: payment.currency, value: (cents / 100).toFixed(2) },
  }
  const entries = cents === 0 ? [] : [entry]
  return { count: entries.length, _embedded: { [what]: entries } }
}

function readBody(body: string): unknown {
  try {
    return JSON.parse(body) as unknown
  } catch {
    return undefined
  }
}

interface WireAmount {
  currency: string
  value: string
}

function readAmount(given: unknown): { wire: WireAmount; cents: number } | null {
  const { currency, value } = (given ?? {}) as Partial<Record<keyof WireAmount, unknown>>
  if (typeof currency !== 'string' || typeof value !== 'string') return null
  return /^\d{1,7}\.\d{2}$/.test(value)
    ? { wire: { currency, value }, cents: Math.round(Number(value) * 100) }
    : null
}

const text = (value: unknown): string => (typeof value === 'string' ? value : '')

/** @returns an error answer for the first thing that is wrong */
function readPayment(body: unknown): NewPayment | SandboxAnswer {
  const given = (body ?? {}) as Record<string, unknown>
  const amount = readAmount(given['amount'])
  if (amount === null) {
    return errorAnswer(
      422,
      "The amount contains an invalid value. Use two decimals, e.g. '10.00'",
      'amount',
    )
  }
  if (amount.wire.currency !== 'EUR') {
    return errorAnswer(422, 'The currency is not supported', 'amount.currency')
  }
  if (amount.cents <= 0) {
    return errorAnswer(422, 'The amount is lower than the minimum', 'amount')
  }
  const description = text(given['description'])
  if (description === '') return errorAnswer(422, 'The description is required', 'description')
  if (description.length > 255)
    return errorAnswer(422, 'The description is too long', 'description')
  const redirectUrl = text(given['redirectUrl'])
  if (!URL.canParse(redirectUrl))
    return errorAnswer(422, 'The redirect URL is invalid', 'redirectUrl')
  const webhookUrl = given['webhookUrl'] === undefined ? null : text(given['webhookUrl'])
  if (webhookUrl !== null && !URL.canParse(webhookUrl)) {
    return errorAnswer(422, 'The webhook URL is invalid', 'webhookUrl')
  }
  const locale = text(given['locale'])
  if (locale !== '' && !/^[a-z]{2}_[A-Z]{2}$/.test(locale)) {
    return errorAnswer(422, 'The locale is invalid', 'locale')
  }
  return {
    currency: amount.wire.currency,
    cents: amount.cents,
    description,
    redirectUrl,
    webhookUrl,
    metadata: given['metadata'],
    locale: locale === '' ? null : locale,
  }
}
