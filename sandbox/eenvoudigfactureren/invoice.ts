import { type Account } from './account.ts'
import { type Client } from './client.ts'
import { type Decimal } from './decimal.ts'
import {
  type Fields,
  isGiven,
  readChoice,
  readDate,
  readLimited,
  readNumber,
  readText,
  readWhole,
  readYes,
} from './fields.ts'
import { type Item, readItems } from './items.ts'
import { Refusal } from './refusal.ts'
import { type Switches } from './switches.ts'
import { computeTotals, type Totals } from './totals.ts'

export interface Payment {
  paymentId: number
  date: string
  cents: bigint
  description: string
  method: string
}

/** What happened to an invoice. The literal words of the remote are not known (contract 3.6). */
export interface Event {
  eventId: number
  date: string
  type: string
  content: string
  recipients: string
}

/** An invoice as the fake remote keeps it. A record is replaced, never changed. */
export interface Invoice {
  readonly invoiceId: number
  readonly externalId: string
  readonly client: Client
  readonly clientName: string
  readonly clientAttention: string
  readonly number: string
  readonly reference: string
  readonly date: string
  readonly dateDelivery: string
  readonly daysDue: number
  readonly layoutId: number
  readonly language: string
  readonly currency: string
  readonly exchangeRate: string
  readonly taxIncluded: boolean
  readonly taxCalculation: 'total' | 'item'
  readonly discount: Decimal
  readonly structuredMessage: string
  readonly note: string
  readonly items: readonly Item[]
  readonly totals: Totals
  readonly payments: readonly Payment[]
  readonly remarks: readonly string[]
  readonly tags: readonly string[]
  readonly events: readonly Event[]
  readonly origin: 'api' | 'hand'
}

/** What reading an invoice depends on. */
export interface InvoiceRules {
  account: Account
  switches: Switches
  today: string
  nextId: () => number
  /** @throws Refusal for an unknown client */
  findClient: (id: string) => Client
}

const languages = ['dutch', 'french', 'english', 'german'] as const

/** The part of an invoice that its sender decides. */
export type Content = Omit<
  Invoice,
  'invoiceId' | 'number' | 'structuredMessage' | 'payments' | 'tags' | 'events' | 'origin'
>

/**
 * Reads what an invoice request says (contract 3.1), over what is there already on an update.
 * @throws Refusal when a value is missing or does not fit.
 */
export function readInvoice(
  fields: Fields,
  base: Content | undefined,
  rules: InvoiceRules,
): Content {
  const { account, switches, today, nextId } = rules
  const client = readInvoiceClient(fields, base, rules)
  const taxIncluded = readYes(fields, 'tax_included', base?.taxIncluded ?? false)
  const taxCalculation = readChoice(
    fields,
    'tax_calculation',
    ['total', 'item'],
    base?.taxCalculation ?? 'total',
  )
  const discount = readNumber(fields, 'discount_percentage') ?? base?.discount ?? 0n
  const items =
    fields['items'] === undefined && base !== undefined
      ? base.items
      : readItems(fields, { account, switches, taxIncluded, nextId })
  const date = readDate(fields, 'date', base?.date ?? today)
  return {
    client,
    clientName: readText(fields, 'client_name') || client.name,
    clientAttention: readText(fields, 'client_attention') || client.attention,
    externalId: isGiven(fields, 'external_invoice_id')
      ? readLimited(fields, 'external_invoice_id', 50)
      : (base?.externalId ?? ''),
    reference: isGiven(fields, 'reference')
      ? readLimited(fields, 'reference', switches.referenceLength)
      : (base?.reference ?? ''),
    date,
    dateDelivery: readDate(fields, 'date_delivery', base?.dateDelivery ?? today),
    daysDue: readDaysDue(fields, client, base?.daysDue ?? account.daysDue),
    layoutId: readLayout(fields, account, base?.layoutId),
    language: readChoice(
      fields,
      'language',
      languages,
      (base?.language as 'dutch' | undefined) ?? account.language,
    ),
    currency: readText(fields, 'currency') || base?.currency || client.default_currency || 'EUR',
    exchangeRate: readText(fields, 'exchange_rate') || '1.0000000000',
    taxIncluded,
    taxCalculation,
    discount,
    note: isGiven(fields, 'note') ? readText(fields, 'note') : (base?.note ?? ''),
    items,
    totals: computeTotals(items, { taxCalculation, discount, switches }),
    remarks: base?.remarks ?? [],
  }
}

/** Twelve digits, the last two the first ten mod 97 (0 is 97). */
export function isStructuredMessage(text: string): boolean {
  if (!/^\d{12}$/.test(text)) return false
  return Number(text.slice(10)) === checkOf(BigInt(text.slice(0, 10)))
}

/** A structured message made of a number. */
export function structuredMessageOf(id: number): string {
  return `${String(id).padStart(10, '0')}${String(checkOf(BigInt(id))).padStart(2, '0')}`
}

function checkOf(digits: bigint): number {
  return Number(digits % 97n) || 97
}

function readInvoiceClient(fields: Fields, base: Content | undefined, rules: InvoiceRules): Client {
  if (!isGiven(fields, 'client_id')) {
    if (base !== undefined) return base.client
    throw new Refusal('client_id is required')
  }
  const client = rules.findClient(readText(fields, 'client_id'))
  if (client.state === 'archived' && rules.switches.archivedClients === 'refuse') {
    throw new Refusal('client_id unknown')
  }
  return client
}

/** The client's own term goes before the account's (contract 3.1). */
function readDaysDue(fields: Fields, client: Client, otherwise: number): number {
  const standard = client.default_days_due === '' ? otherwise : Number(client.default_days_due)
  const days = readWhole(fields, 'days_due', standard)
  if (days < 0) throw new Refusal('days_due invalid')
  return days
}

function readLayout(fields: Fields, account: Account, base: number | undefined): number {
  const id = readWhole(fields, 'layout_id', base ?? account.layouts[0]?.id ?? 0)
  if (!isGiven(fields, 'layout_id') || account.layouts.some((layout) => layout.id === id)) return id
  throw new Refusal('layout_id unknown')
}
