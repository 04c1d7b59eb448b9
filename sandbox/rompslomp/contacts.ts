import { json } from '../kit/message.ts'
import { type SandboxAnswer } from '../kit/server.ts'
import { type Books, type Contact, freshContact, type Ledgers } from './books.ts'
import { type Call, takeId } from './call.ts'
import { type Members, permit, readFlag, readText, readWrapped } from './members.ts'
import { pageOf } from './paging.ts'
import { invalid, notFound, Refusal } from './refusal.ts'

const textMembers = [
  'company_name',
  'contact_person_name',
  'contact_person_email_address',
  'address',
  'zipcode',
  'city',
  'country_code',
  'kvk_number',
  'phone',
  'vat_number',
  'government_identification_number',
  'free_1',
  'free_2',
  'free_3',
] as const

const members = ['is_individual', 'is_supplier', 'contact_number', ...textMembers]

/** What `search[q]` looks through (contract §7). */
const searched = [
  'company_name',
  'contact_person_name',
  'contact_person_email_address',
  'kvk_number',
  'contact_number',
  'address',
  'phone',
  'vat_number',
  'zipcode',
  'city',
] as const

const nameOf = (contact: Contact): string | null =>
  contact.is_individual ? contact.contact_person_name : contact.company_name

/** A contact as the API writes it. */
const writeContact = (contact: Contact): unknown => ({ ...contact, name: nameOf(contact) })

/** The calls below /contacts (contract §7). */
export function answerContacts(call: Call): SandboxAnswer {
  const { books, request, ledgers, id } = call
  const found = ledgers.contacts.find((contact) => String(contact.id) === id)
  if (id !== '' && found === undefined) throw notFound()
  if (request.method === 'GET') {
    return found === undefined ? listContacts(call) : json({ contact: writeContact(found) })
  }
  if (request.method === 'POST' && id === '') {
    const body = readWrapped(books, request.body, 'contact')
    return json({ contact: writeContact(createContact(books, ledgers, body)) }, 201)
  }
  if (request.method === 'PATCH' && found !== undefined) {
    const body = readWrapped(books, request.body, 'contact')
    const changed = readContact(books, ledgers, body, found)
    Object.assign(found, changed)
    return json({ contact: writeContact(found) })
  }
  if (request.method === 'DELETE' && found !== undefined) {
    ledgers.contacts = ledgers.contacts.filter((contact) => contact !== found)
    return { status: 204 }
  }
  throw new Refusal(404, 'client.not_found.endpoint', 'Onbekend adres')
}

/** Puts a new contact in the books. @throws Refusal */
export function createContact(books: Books, ledgers: Ledgers, body: Members): Contact {
  if (books.switches.quotaReached) {
    throw new Refusal(403, 'client.quota_reached', 'Het maximum van uw pakket is bereikt')
  }
  const contact = readContact(books, ledgers, body, freshContact(0))
  contact.id = takeId(books)
  ledgers.contacts.push(contact)
  return contact
}

function readContact(books: Books, ledgers: Ledgers, body: Members, base: Contact): Contact {
  permit(books, body, members)
  const contact: Contact = {
    ...base,
    is_individual: readFlag(books, body, 'is_individual', base.is_individual),
    is_supplier: readFlag(books, body, 'is_supplier', base.is_supplier),
    contact_number: readText(books, body, 'contact_number') ?? base.contact_number,
  }
  for (const name of textMembers) {
    if (name in body) contact[name] = readText(books, body, name)
  }
  // Blank: generated, like K00017 (contract §7).
  contact.contact_number ||= freeNumber(ledgers)
  const faults = faultsOf(contact, ledgers, base)
  if (faults.length > 0) throw invalid('Contact', faults)
  return contact
}

/** The next number that nobody has: some were given by hand. */
function freeNumber({ contacts }: Ledgers): string {
  const taken = new Set(contacts.map((contact) => contact.contact_number))
  for (let count = contacts.length + 1; ; count += 1) {
    const number = `K${String(count).padStart(5, '0')}`
    if (!taken.has(number)) return number
  }
}

function faultsOf(contact: Contact, ledgers: Ledgers, base: Contact): string[] {
  const faults: string[] = []
  if (!contact.is_individual && contact.company_name === null) {
    faults.push('Company name moet opgegeven zijn')
  }
  if (contact.is_individual && contact.contact_person_name === null) {
    faults.push('Contact person name moet opgegeven zijn')
  }
  const isTaken = ledgers.contacts.some(
    (other) => other.id !== base.id && other.contact_number === contact.contact_number,
  )
  if (isTaken) faults.push('Contact number is al in gebruik')
  if (contact.country_code !== null && !/^[A-Z]{2}$/.test(contact.country_code)) {
    faults.push('Land is ongeldig')
  }
  const long = textMembers.find((name) => Array.from(contact[name] ?? '').length > 255)
  if (long !== undefined) faults.push(`${long} is te lang (maximaal 255 tekens)`)
  return faults
}

function listContacts({ books, request, ledgers }: Call): SandboxAnswer {
  const { query } = request
  const selection = query.get('selection') ?? 'all'
  const email = query.get('search[contact_person_email_address]')
  const loose = query.get('search[q]')?.toLowerCase()
  const folded = (text: string) =>
    books.switches.emailCase === 'insensitive' ? text.toLowerCase() : text
  const found = ledgers.contacts.filter((contact) => {
    if (selection === 'customers' && contact.is_supplier) return false
    if (selection === 'suppliers' && !contact.is_supplier) return false
    const address = contact.contact_person_email_address
    if (email !== null && (address === null || folded(address) !== folded(email))) return false
    return (
      loose === undefined ||
      searched.some((name) => contact[name]?.toLowerCase().includes(loose) === true)
    )
  })
  return pageOf(books, request, 'contacts', found, writeContact)
}
