import { type Company } from './account.ts'
import { type Books, type Invoice, type Ledgers, type Line } from './books.ts'
import { createContact } from './contacts.ts'
import { roundDivide, unit } from './decimal.ts'
import { type LineRoom, readLine } from './lines.ts'
import {
  isMembers,
  type Members,
  permit,
  readDate,
  readDecimal,
  readFlag,
  readId,
  readList,
  readText,
} from './members.ts'
import { invalid } from './refusal.ts'

const members = [
  'date',
  'due_date',
  'contact_id',
  'contact',
  'description',
  'payment_method',
  'custom_payment_instructions',
  'currency',
  'currency_exchange_rate',
  'template_id',
  'vat_number',
  'validates_vat_number',
  'api_reference',
  'payment_reference',
  'sale_type',
  'distance_sale',
  'sends_copy_by_email_on_publish',
  'creates_pay_url_on_publish',
  '_publish',
  'invoice_lines',
  'payments',
]

const paymentMethods = [
  'pay_transfer',
  'paid_cash',
  'paid_pin',
  'paid_already',
  'pay_ideal',
  'paid_sepa',
  'pay_custom',
]
const saleTypes = ['', 'supply', 'service', 'service_digital']
const euCountries = new Set(
  'AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IT LT LU LV MT NL PL PT RO SE SI SK'.split(' '),
)
const paymentDays = 14
const dayMs = 86_400_000

const addDays = (date: string, days: number): string =>
  new Date(new Date(`${date}T00:00:00Z`).getTime() + days * dayMs).toISOString().slice(0, 10)

export interface InvoiceRoom {
  books: Books
  company: Company
  ledgers: Ledgers
}

function readLines(room: LineRoom, body: Members, base: readonly Line[]): Line[] {
  const given = readList(room.books, body, 'invoice_lines')
  if (given === undefined) return [...base]
  const lines = new Map(base.map((line) => [line.id, line]))
  const added: Line[] = []
  for (const each of given) {
    const id = readId(room.books, each, 'id')
    const existing = id === null ? undefined : lines.get(id)
    if (id !== null && existing === undefined) room.faults.push('Factuurregel bestaat niet')
    else if (existing === undefined) added.push(readLine(room, each, 'invoice'))
    else if (readFlag(room.books, each, '_destroy', false)) lines.delete(existing.id)
    else lines.set(existing.id, readLine(room, each, 'invoice', existing))
  }
  return [...lines.values(), ...added]
}

/** The parts of an invoice that a body can set; `base` is what stands there already (contract §9). */
export type Readable = Omit<
  Invoice,
  'id' | 'status' | 'invoice_number' | 'published_at' | 'origin'
> & { publish: boolean }

/**
 * Reads the body of a create or a change.
 * @param isPlanted a hand-made invoice: its reference need not be unique (a race may have passed)
 * @throws Refusal
 */
export function readInvoice(
  { books, company, ledgers }: InvoiceRoom,
  body: Members,
  base: Invoice | null,
  isPlanted = false,
): Readable {
  permit(books, body, isPlanted ? [...members, 'invoice_number'] : members)
  const room: LineRoom = { books, company, ledgers, faults: [] }
  const { faults } = room
  const text = (name: string) => readText(books, body, name)
  const flag = (name: string, absent: boolean) => readFlag(books, body, name, absent)

  const date = readDate(books, body, 'date') ?? base?.date ?? books.now().toISOString().slice(0, 10)
  if (date <= '1990-01-01') faults.push('Factuurdatum moet na 01/01/1990 liggen')
  const contactId = readId(books, body, 'contact_id') ?? base?.contact_id ?? null
  const inline = body['contact']
  const contact =
    contactId === null && isMembers(inline)
      ? createContact(books, ledgers, inline)
      : ledgers.contacts.find(({ id }) => id === contactId)
  if (contact === undefined) faults.push('Contact moet opgegeven zijn')

  const paymentMethod = text('payment_method') ?? base?.payment_method ?? 'pay_transfer'
  if (!paymentMethods.includes(paymentMethod)) faults.push('Betaalmethode is ongeldig')
  const instructions = text('custom_payment_instructions')
  if (paymentMethod === 'pay_custom' && instructions === null) {
    faults.push('Betaalinstructies moeten opgegeven zijn')
  }
  const currency = text('currency') ?? base?.currency ?? 'eur'
  const exchange = readDecimal(books, body, 'currency_exchange_rate')
  if (!/^[a-z]{3}$/.test(currency)) faults.push('Valuta is ongeldig')
  else if (currency !== 'eur' && exchange === null) faults.push('Wisselkoers moet opgegeven zijn')
  const templateId = readId(books, body, 'template_id') ?? base?.template_id ?? null
  if (templateId !== null && !company.templates.some(({ id }) => id === templateId)) {
    faults.push('Sjabloon is ongeldig')
  }
  const saleType = text('sale_type') ?? base?.sale_type ?? ''
  if (!saleTypes.includes(saleType)) faults.push('Soort verkoop is ongeldig')

  const lines = readLines(room, body, base?.lines ?? [])
  const validates = flag('validates_vat_number', base?.validates_vat_number ?? true)
  const vatNumber = text('vat_number') ?? base?.vat_number ?? null
  faults.push(
    ...vatNumberFaults(company, lines, contact?.country_code ?? null, vatNumber, validates),
  )
  const reference = text('api_reference') ?? base?.api_reference ?? null
  if (!isPlanted && isReferenceTaken(books, ledgers, reference, base)) {
    faults.push('Api reference is al in gebruik')
  }
  if (faults.length > 0 || contact === undefined) throw invalid('Factuur', faults)

  return {
    date,
    due_date: readDate(books, body, 'due_date') ?? base?.due_date ?? addDays(date, paymentDays),
    payment_method: paymentMethod,
    custom_payment_instructions: instructions ?? base?.custom_payment_instructions ?? null,
    description: text('description') ?? base?.description ?? null,
    contact_id: contact.id,
    contact: { ...contact },
    currency,
    currency_exchange_rate: exchange ?? base?.currency_exchange_rate ?? unit,
    template_id: templateId,
    vat_number: vatNumber,
    validates_vat_number: validates,
    api_reference: reference,
    payment_reference: text('payment_reference') ?? base?.payment_reference ?? null,
    sale_type: saleType,
    distance_sale: flag('distance_sale', base?.distance_sale ?? false),
    sends_copy: flag('sends_copy_by_email_on_publish', base?.sends_copy ?? false),
    creates_pay_url: flag('creates_pay_url_on_publish', base?.creates_pay_url ?? false),
    lines,
    paidCents: (base?.paidCents ?? 0) + paidCents(books, body),
    publish: flag('_publish', false),
  }
}

/** What the payments of a body come to; the date and the account of a payment are not kept. */
function paidCents(books: Books, body: Members): number {
  const payments = readList(books, body, 'payments') ?? []
  return payments.reduce((sum, payment) => {
    permit(books, payment, ['amount', 'description', 'account_id', 'account_path', 'paid_at'])
    const amount = readDecimal(books, payment, 'amount') ?? 0n
    return sum + Number(roundDivide(amount * 100n, unit))
  }, 0)
}

/** Required when VAT is reverse-charged, or zero-rated to another EU country (contract §9). */
function vatNumberFaults(
  company: Company,
  lines: readonly Line[],
  country: string | null,
  vatNumber: string | null,
  validates: boolean,
): string[] {
  const names = lines.map(
    (line) => company.vatTypes.find(({ id }) => id === line.vat_type_id)?.name ?? '',
  )
  const isAbroad = country !== null && country !== 'NL' && euCountries.has(country)
  const needsOne = names.includes('vat_reverse_charged') || (isAbroad && names.includes('vat_zero'))
  if (needsOne && vatNumber === null) return ['Btw-nummer moet opgegeven zijn']
  if (vatNumber === null || !validates) return []
  const plain = vatNumber.replace(/[\s.-]/g, '').toUpperCase()
  const form = plain.startsWith('NL') ? /^NL\d{9}B\d{2}$/ : /^[A-Z]{2}[A-Z0-9+*]{2,13}$/
  return form.test(plain) ? [] : ['Btw-nummer is ongeldig']
}

function isReferenceTaken(
  { switches }: Books,
  ledgers: Ledgers,
  reference: string | null,
  base: Invoice | null,
): boolean {
  if (reference === null) return false
  const kept = switches.deletedReference === 'kept' ? ledgers.deletedReferences : []
  return (
    kept.includes(reference) ||
    ledgers.invoices.some((other) => other !== base && other.api_reference === reference)
  )
}
