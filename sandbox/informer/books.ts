import { type Account } from './account.ts'
import { type Decimal } from './decimal.ts'
import { type Switches } from './switches.ts'
import { type VatOption } from './totals.ts'

/** The texts of a relation, under the names of v1 (contract §6). */
export const relationTexts = [
  'company_name',
  'firstname',
  'surname_prefix',
  'surname',
  'street',
  'house_number',
  'house_number_suffix',
  'zip',
  'city',
  'country',
  'phone_number',
  'fax_number',
  'web',
  'email',
  'coc',
  'vat',
  'iban',
  'bic',
  'email_invoice',
] as const

/** The texts of a contact person. */
export const contactTexts = [
  'initials',
  'firstname',
  'surname_prefix',
  'surname',
  'gender',
  'function',
  'department',
  'phone',
  'mobile',
  'email',
] as const

export type Contact = { id: number } & Record<(typeof contactTexts)[number], string>

export type Relation = {
  id: number
  relation_number: string
  /** 0 company, 1 private. */
  relation_type: 0 | 1
  sales_invoice_template_id: number
  payment_condition_id: number
  contacts: Contact[]
  lastEdit: Date
} & Record<(typeof relationTexts)[number], string>

export interface Line {
  id: number
  info: boolean
  qty: Decimal
  description: string
  amount: Decimal
  discount: Decimal
  vatId: number
  /** As it was when the line was made. */
  percentage: Decimal
  ledgerId: number
  productId: number
  costsId: number
}

export interface Invoice {
  id: number
  relationId: number
  contactName: string
  reference: string
  date: string
  paymentConditionId: number
  /** Of the payment condition. */
  days: number
  currencyId: number
  templateId: number
  vatOption: VatOption
  comment: string
  footer: string
  lines: Line[]
  /** A draft: it has no number yet. */
  concept: boolean
  number: string
  /** How it was sent, one entry per time. */
  sent: { method: 'mark' | 'email' | 'peppol'; email: string }[]
  lastEdit: Date
  createdAt: Date
  /** Made through the API or planted past it. */
  origin: 'api' | 'hand'
}

/** Everything the fake remote knows. */
export interface Books {
  account: Account
  switches: Switches
  now(): Date
  relations: Relation[]
  invoices: Invoice[]
  nextRelationId: number
  nextInvoiceId: number
  nextLineId: number
  nextRelationNumber: number
  nextInvoiceNumber: number
  requests: { total: number; unauthorized: number; limited: number; byCall: Record<string, number> }
}

type State = Omit<Books, 'account' | 'switches' | 'now'>

export function createBooks(
  settings: Pick<Books, 'account' | 'switches' | 'now'> & { isEmpty: boolean },
): Books {
  const { isEmpty, ...rest } = settings
  return { ...rest, ...emptyState(rest, isEmpty) }
}

/** Forgets everything that was booked. */
export function emptyBooks(books: Books, isEmpty: boolean): void {
  Object.assign(books, emptyState(books, isEmpty))
}

export const freshRelation = (id: number, lastEdit: Date): Relation => ({
  id,
  relation_number: '',
  relation_type: 1,
  sales_invoice_template_id: 0,
  payment_condition_id: 0,
  contacts: [],
  lastEdit,
  ...blank(relationTexts),
})

export const freshContact = (id: number): Contact => ({ id, ...blank(contactTexts) })

const blank = <K extends string>(names: readonly K[]): Record<K, string> =>
  Object.fromEntries(names.map((name) => [name, ''])) as Record<K, string>

const firstRelationId = 4_410_021
const seededRelations = 130

/** More than one page of relations: three share an address, once in another case (contract §12). */
function seeded(account: Account, lastEdit: Date): Relation[] {
  return Array.from({ length: seededRelations }, (_, index): Relation => {
    const shared = ['noor@example.org', 'noor@example.org', 'Noor@Example.org'][index]
    return {
      ...freshRelation(firstRelationId + index, lastEdit),
      relation_number: String(10_001 + index),
      firstname: 'Noor',
      surname_prefix: 'van',
      surname: 'Dam',
      street: 'Havenweg',
      house_number: String(index + 1),
      zip: '3011 AB',
      city: 'Rotterdam',
      country: 'NL',
      email: shared ?? `klant${index}@example.org`,
      email_invoice: shared ?? '',
      sales_invoice_template_id: account.templates[0]?.id ?? 0,
      payment_condition_id: account.paymentConditions[0]?.id ?? 0,
    }
  })
}

function emptyState({ account, now }: Pick<Books, 'account' | 'now'>, isEmpty: boolean): State {
  const relations = isEmpty ? [] : seeded(account, new Date(now().getTime() - 7 * 86_400_000))
  return {
    relations,
    invoices: [],
    nextRelationId: firstRelationId + relations.length,
    nextInvoiceId: 7_712_345,
    nextLineId: 990_001,
    nextRelationNumber: 10_001 + relations.length,
    nextInvoiceNumber: 1,
    requests: { total: 0, unauthorized: 0, limited: 0, byCall: {} },
  }
}
