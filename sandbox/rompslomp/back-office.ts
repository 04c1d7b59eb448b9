import { escapeHtml, page, table } from '../kit/page.ts'
import { type Books } from './books.ts'
import { formatCents } from './decimal.ts'
import { readLedger } from './ledger.ts'
import { basePath } from './remote.ts'

const shownMax = 100

/** The page a person sees: the newest invoices, contacts and products, and how the sandbox is set. */
export function showBackOffice(books: Books): string {
  const { account, requests, switches } = books
  const { contacts, invoices, products, liveTokens } = readLedger(books)
  const newest = <T>(list: readonly T[]): T[] => list.slice(-shownMax).reverse()
  return page(
    'Rompslomp sandbox',
    `<p>API at <code>${basePath}</code>, personal token <code>${escapeHtml(account.personalToken)}</code>; ` +
      `sign-in at <code>/oauth/authorize</code>. ${invoices.length} invoices, ${requests.total} calls ` +
      `(${requests.unauthorized} without access, ${requests.limited} over the limit of ` +
      `${account.limitPerMinute} a minute), ${liveTokens} live tokens.</p>` +
      `<h2>Administrations</h2>${table(
        ['Id', 'Name', 'API', 'Rights'],
        account.companies.map((company) => [
          company.id,
          company.name,
          company.apiAccessible,
          company.allowedScopes.join(' '),
        ]),
      )}` +
      `<h2>Invoices</h2>${table(
        ['Number', 'Status', 'Date', 'Contact', 'Description', 'Reference', 'Total', 'Made by'],
        newest(invoices).map((invoice) => [
          invoice.number,
          invoice.status,
          invoice.date,
          invoice.contactId,
          invoice.description,
          invoice.reference,
          formatCents(invoice.totalCents),
          invoice.origin,
        ]),
      )}` +
      `<h2>Contacts</h2>${table(
        ['Id', 'Company', 'Person', 'E-mail', 'Country'],
        newest(contacts).map((contact) => [
          contact.id,
          contact.company_name ?? '',
          contact.contact_person_name ?? '',
          contact.contact_person_email_address ?? '',
          contact.country_code ?? '',
        ]),
      )}` +
      `<h2>Products</h2>${table(
        ['Id', 'Code', 'Description', 'Price'],
        newest(products).map(({ id, code, description, price }) => [id, code, description, price]),
      )}` +
      `<h2>Switches</h2>${table(['Switch', 'Now'], Object.entries(switches))}`,
  )
}
