import { escapeHtml, page, table } from '../kit/page.ts'
import { type Books, today } from './books.ts'
import { basePath } from './calls.ts'
import { formatCents } from './decimal.ts'
import { statusOf } from './encode.ts'

const shownMax = 100

/** The page a person sees: the newest invoices, clients and sendings, and how the sandbox is set. */
export function showBackOffice(books: Books): string {
  const { account, requests, switches, sendings } = books
  const day = today(books)
  const invoices = [...books.invoices.values()].slice(-shownMax).reverse()
  const clients = [...books.clients.values()].slice(-shownMax).reverse()
  return page(
    'EenvoudigFactureren sandbox',
    `<p>API at <code>${basePath}</code>, key <code>${escapeHtml(account.apiKey)}</code>. ` +
      `${books.invoices.size} invoices, ${requests.total} calls (${requests.unauthorized} without ` +
      `access, ${requests.blocked} blocked).</p>` +
      `<h2>Invoices</h2>${table(
        ['Id', 'Number', 'Date', 'Client', 'Reference', 'Total', 'Status', 'Tags', 'Made by'],
        invoices.map((invoice) => [
          invoice.invoiceId,
          invoice.number,
          invoice.date,
          `${invoice.client.client_id} ${invoice.clientName}`,
          invoice.reference,
          formatCents(invoice.totals.total),
          statusOf(invoice, day),
          invoice.tags.join(' '),
          invoice.origin,
        ]),
      )}` +
      `<h2>Clients</h2>${table(
        ['Id', 'Name', 'Attention', 'E-mail', 'VAT number', 'Country', 'State'],
        clients.map((client) => [
          client.client_id,
          client.name,
          client.attention,
          client.email_address,
          client.tax_code,
          client.country_code,
          client.state,
        ]),
      )}` +
      `<h2>Sent</h2>${table(
        ['Invoice', 'By', 'To'],
        sendings
          .slice(-shownMax)
          .reverse()
          .map((sending) => [sending.invoiceId, sending.by, sending.recipients]),
      )}` +
      `<h2>Switches</h2>${table(
        ['Switch', 'Now'],
        Object.entries(switches).map(([name, value]) => [name, String(value)]),
      )}`,
  )
}
