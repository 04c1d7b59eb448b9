import { html, text } from '../kit/message.ts'
import { escapeHtml, page, table } from '../kit/page.ts'
import { type SandboxAnswer, type SandboxRequest } from '../kit/server.ts'
import { type Ledger } from './ledger.ts'
import { type Notices } from './notices.ts'
import { endings, type Payment, type Status } from './payment.ts'

export const statusOf = (value: string | null): Status | undefined =>
  endings.find((each) => each === value)

/** The page where a buyer chooses how a payment ends, as in Mollie's own test mode. */
export function checkout(request: SandboxRequest, ledger: Ledger, notices: Notices): SandboxAnswer {
  const payment = ledger.find(request.path.slice('/checkout/'.length))
  if (payment === undefined) return text('This payment does not exist.', 404)
  if (request.method === 'GET') return html(showCheckout(payment))
  const status = statusOf(new URLSearchParams(request.body).get('status'))
  if (status === undefined) return text('Choose how it ends.', 400)
  if (ledger.end(payment, status)) notices.tell(payment)
  return { status: 303, headers: { location: payment.redirectUrl } }
}

function showCheckout({ cents, currency, description, status }: Payment): string {
  const price = `${currency} ${(cents / 100).toFixed(2)}`
  const buttons = endings.map(
    (each) => `<button name="status" value="${each}" style="margin-right:.5rem">${each}</button>`,
  )
  const form =
    status === 'open' || status === 'pending'
      ? `<form method="post">${buttons.join('')}</form>`
      : `<p>This payment is ${status}.</p>`
  return page('Mollie sandbox', `<p>${escapeHtml(description)}: <b>${price}</b></p>${form}`)
}

/** The back office: payments and webhooks, newest first. */
export function showBackOffice(ledger: Ledger, notices: Notices): string {
  const shown = ledger.payments().slice(-100).reverse()
  return page(
    'Mollie sandbox',
    `<h2>Payments</h2>${table(
      ['Id', 'Created', 'Description', 'Amount', 'Status', 'Refunded', 'Charged back'],
      shown.map((each) => [
        each.id,
        each.createdAt.toISOString(),
        each.description,
        each.cents / 100,
        each.status,
        each.refundedCents / 100,
        each.chargedBackCents / 100,
      ]),
    )}<h2>Webhooks</h2>${table(
      ['At', 'Payment', 'To', 'Answer'],
      notices
        .list()
        .slice(-100)
        .reverse()
        .map(({ at, paymentId, url, status }) => [at, paymentId, url, status]),
    )}`,
  )
}
