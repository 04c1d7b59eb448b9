import { escapeHtml, page, table } from '../kit/page.ts'
import { type Books } from './books.ts'
import { formatCents } from './decimal.ts'
import { readLedger } from './ledger.ts'

const shownMax = 100

/** The page a person sees: the newest invoices and relations, and how the sandbox is set. */
export function showBackOffice(books: Books): string {
  const { account, requests, switches } = books
  const { relations, invoices } = readLedger(books)
  const newest = <T>(list: readonly T[]): T[] => list.slice(-shownMax).reverse()
  return page(
    'Informer sandbox',
    `<p>API at <code>/v1</code> and <code>/v2</code>, Apikey <code>${escapeHtml(account.apiKey)}</code>, ` +
      `Securitycode <code>${escapeHtml(account.securityCode)}</code>. Administration ` +
      `${escapeHtml(account.companyName)}: ${relations.length} relations, ${invoices.length} invoices, ` +
      `${requests.total} calls (${requests.unauthorized} without access, ${requests.limited} over the ` +
      `limits of ${account.limitPerMinute} a minute and ${account.limitPerDay} a day).</p>` +
      `<h2>Invoices</h2>${table(
        ['Id', 'Number', 'Draft', 'Date', 'Relation', 'Reference', 'Currency', 'Total', 'Made by'],
        newest(invoices).map((invoice) => [
          invoice.id,
          invoice.number,
          invoice.concept,
          invoice.date,
          invoice.relationId,
          invoice.reference,
          invoice.currency,
          formatCents(invoice.totalCents),
          invoice.origin,
        ]),
      )}` +
      `<h2>Relations</h2>${table(
        ['Id', 'Number', 'Company', 'First name', 'Last name', 'E-mail', 'Country'],
        newest(relations).map((relation) => [
          relation.id,
          relation.relation_number,
          relation.company_name,
          relation.firstname,
          `${relation.surname_prefix} ${relation.surname}`.trim(),
          relation.email,
          relation.country,
        ]),
      )}` +
      `<h2>Calls</h2>${table(['Call', 'Times'], Object.entries(requests.byCall))}` +
      `<h2>Switches</h2>${table(['Switch', 'Now'], Object.entries(switches))}`,
  )
}
