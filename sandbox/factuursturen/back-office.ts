import { escapeHtml, page, table } from '../kit/page.ts'
import { type Books } from './books.ts'
import { basePath } from './calls.ts'
import { formatCents } from './decimal.ts'

const shownMax = 100

/** The page a person sees: the newest invoices and clients, and how the sandbox is set. */
export function showBackOffice(books: Books): string {
  const { account, requests, switches } = books
  const all = books.invoices.all()
  const invoices = all.slice(-shownMax).reverse()
  const clients = books.clients.all().slice(-shownMax).reverse()
  return page(
    'Factuursturen sandbox',
    `<p>API at <code>${basePath}</code>, user <code>${escapeHtml(account.user)}</code>, ` +
      `key <code>${escapeHtml(account.apiKey)}</code>. ` +
      `${all.length} invoices, ${requests.total} calls (${requests.unauthorized} without access, ` +
      `${requests.limited} over the limit of ${account.limitPerHour} an hour).</p>` +
      `<h2>Invoices</h2>${table(
        ['Number', 'Date', 'Client', 'Reference', 'Total', 'Open', 'Mailed', 'Made by'],
        invoices.map((invoice) => [
          invoice.number,
          invoice.date,
          `${invoice.client.clientnr} ${invoice.client.company || invoice.client.contact}`,
          invoice.reference.filter((line) => line !== '').join(' · '),
          formatCents(invoice.totals.totalCents),
          formatCents(invoice.openCents),
          invoice.mailed,
          invoice.origin,
        ]),
      )}` +
      `<h2>Clients</h2>${table(
        ['Number', 'Company', 'Contact', 'E-mail', 'Prices', 'Last invoice'],
        clients.map((client) => [
          client.clientnr,
          client.company,
          client.contact,
          client.email,
          client.tax_type,
          client.lastinvoice,
        ]),
      )}` +
      `<h2>Switches</h2>${table(['Switch', 'Now'], Object.entries(switches))}`,
  )
}
