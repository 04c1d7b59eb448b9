import { type SandboxRequest } from '../kit/server.ts'
import { ok, type Reply } from './answer.ts'
import { readBody } from './body.ts'
import { type Books, type Sending, today } from './books.ts'
import { type Client } from './client.ts'
import { type Fields, isFields, isGiven, readText } from './fields.ts'
import { type Invoice } from './invoice.ts'
import { Refusal } from './refusal.ts'

/** The spellings of "send it" (contract 3.6): below the invoice, or as a bare query word. */
const byPart: Record<string, Sending['by'] | 'methods'> = {
  sendemail: 'email',
  sendaccountant: 'accountant',
  send: 'methods',
}
const byQuery: Record<string, Sending['by']> = {
  send_mail: 'email',
  send_peppol: 'peppol',
  send_postalmail: 'post',
  send_accountant: 'accountant',
}

const queryWord = (query: URLSearchParams): string | undefined =>
  Object.keys(byQuery).find((word) => query.has(word))

export function isSendCall(request: SandboxRequest, part: string): boolean {
  if (request.method !== 'POST') return false
  return part in byPart || (part === '' && queryWord(request.query) !== undefined)
}

/**
 * Sends an invoice. Sending it again sends it again (contract 3.6); every sending is in the ledger.
 * @throws Refusal when there is nobody to send it to, or Peppol would not have it
 */
export function sendInvoice(
  books: Books,
  request: SandboxRequest,
  invoice: Invoice,
  part: string,
): Reply {
  const fields = readBody(request)
  const client = books.clients.get(invoice.client.client_id) ?? invoice.client
  const by = byPart[part] ?? byQuery[queryWord(request.query) ?? ''] ?? 'email'
  const sending =
    by === 'methods' ? byMethods(fields, invoice, client) : plain(by, fields, invoice, client)
  books.sendings.push({ invoiceId: invoice.invoiceId, ...sending })
  const event = {
    eventId: invoice.events.length + 1,
    date: today(books),
    type: `sent_${sending.by}`,
    content: '',
    recipients: sending.recipients,
  }
  const tag = sending.by === 'email' ? '@mail' : `@${sending.by}`
  books.invoices.set(invoice.invoiceId, {
    ...invoice,
    tags: [...new Set([...invoice.tags, tag])],
    events: [...invoice.events, event],
  })
  return ok({ success: 'invoice sent' })
}

type Sent = Omit<Sending, 'invoiceId'>

function plain(by: Sending['by'], fields: Fields, invoice: Invoice, client: Client): Sent {
  if (by === 'email') return { by, recipients: recipientsOf(fields, client) }
  if (by === 'peppol') requirePeppol(invoice, client)
  return { by, recipients: '' }
}

/** `{"methods": {"peppol": [], "email": {…}}}`: Peppol first, e-mail as the other way. */
function byMethods(fields: Fields, invoice: Invoice, client: Client): Sent {
  const methods = isFields(fields['methods']) ? fields['methods'] : {}
  const email = isFields(methods['email']) ? methods['email'] : undefined
  if ('peppol' in methods && (isReachable(client) || email === undefined)) {
    requirePeppol(invoice, client)
    return { by: 'peppol', recipients: '' }
  }
  if (email === undefined) throw new Refusal('methods is required')
  return { by: 'email', recipients: recipientsOf(email, client) }
}

const isReachable = (client: Client): boolean =>
  client.tax_code !== '' && client.country_code !== ''

/** What the vendor's help says goes wrong over Peppol (vat.md 9): no number, no country, BR-27. */
function requirePeppol(invoice: Invoice, client: Client): void {
  if (!isReachable(client)) throw new Refusal('tax_code is required')
  const isNegative = invoice.items.some((item) => (item.amount ?? item.amountWithTax ?? 0n) < 0n)
  if (isNegative) throw new Refusal('BR-27 The Item net price shall NOT be negative')
}

function recipientsOf(fields: Fields, client: Client): string {
  const recipient = readText(fields, 'recipient')
  const several = fields['recipients']
  const given = Array.isArray(several) ? several.map(String) : recipient.split(/\s+/)
  const main = client.email_address.trim() || client.contacts[0]?.email_address || ''
  const first = client.contacts[0]?.email_address ?? main
  const words: Record<string, string> = {
    main_contact: main,
    first_contact: first,
    all_contacts: client.contacts.map((contact) => contact.email_address).join(' '),
    myself: 'owner@example.be',
  }
  const addresses = given.map((word) => words[word] ?? word).filter((word) => word !== '')
  if (addresses.length === 0 || (!isGiven(fields, 'recipient') && !Array.isArray(several))) {
    throw new Refusal('recipient is required')
  }
  return addresses.join(' ')
}
