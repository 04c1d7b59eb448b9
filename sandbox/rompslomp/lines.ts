import { type Company, type VatType } from './account.ts'
import { type Books, type Ledgers, type Line } from './books.ts'
import { takeId } from './call.ts'
import { formatCents, formatDecimal, unit } from './decimal.ts'
import { type Members, permit, readDecimal, readId, readText } from './members.ts'
import { lineTotals } from './totals.ts'

const descriptionMax = 255

const shared = [
  'description',
  'extended_description',
  'price_per_unit',
  'vat_type_id',
  'vat_rate',
  'account_id',
  'account_path',
]

/** The members of a line of a product and of an invoice (contract §8, §9). */
const lineMembers = {
  product: [...shared, 'product_code'],
  invoice: [...shared, 'quantity', 'product_id', 'id', '_destroy'],
} as const

/** Where a line is read: faults are collected, for validation answers with all of them. */
export interface LineRoom {
  books: Books
  company: Company
  ledgers: Ledgers
  faults: string[]
}

const vatTypeOf = (room: LineRoom, body: Members, base: Line | null): VatType | undefined => {
  const { vatTypes } = room.company
  const id = readId(room.books, body, 'vat_type_id') ?? base?.vat_type_id
  // Blank: the default of the company, or the high rate.
  return id === undefined ? vatTypes[0] : vatTypes.find((type) => type.id === id)
}

/** A line as the body gives it; `base` is the line that it changes. */
export function readLine(
  room: LineRoom,
  body: Members,
  kind: keyof typeof lineMembers,
  base: Line | null = null,
): Line {
  const { books, company, ledgers, faults } = room
  permit(books, body, lineMembers[kind])
  const vatType = vatTypeOf(room, body, base)
  if (vatType === undefined) faults.push('Btw-tarief is ongeldig')
  const rate = readDecimal(books, body, 'vat_rate')
  const price = readDecimal(books, body, 'price_per_unit') ?? base?.price
  if (price === undefined) faults.push('Stuksprijs moet opgegeven zijn')
  const description = readText(books, body, 'description') ?? base?.description ?? ''
  if (Array.from(description).length > descriptionMax) {
    faults.push(`Omschrijving is te lang (maximaal ${descriptionMax} tekens)`)
  }
  const productId = readId(books, body, 'product_id') ?? base?.product_id ?? null
  if (productId !== null && !ledgers.products.some(({ id }) => id === productId)) {
    faults.push('Product is ongeldig')
  }
  // The id wins when both are given (contract §8).
  const accountId = readId(books, body, 'account_id')
  const accountPath = readText(books, body, 'account_path')
  const account = company.accounts.find(({ id, path }) =>
    accountId === null ? path === accountPath : id === accountId,
  )
  if ((accountId ?? accountPath) !== null && account === undefined) {
    faults.push('Grootboekrekening is ongeldig')
  }
  return {
    id: base?.id ?? takeId(books),
    description,
    extended_description:
      readText(books, body, 'extended_description') ?? base?.extended_description ?? null,
    price: price ?? 0n,
    quantity: readDecimal(books, body, 'quantity') ?? base?.quantity ?? unit,
    // Ignored unless the type is a custom one (contract §0 point 4).
    rate: vatType?.name === 'vat_custom' ? (rate ?? base?.rate ?? 0n) : (vatType?.value ?? 0n),
    vat_type_id: vatType?.id ?? 0,
    product_id: productId,
    account_id: account?.id ?? base?.account_id ?? null,
    account_path: account?.path ?? base?.account_path ?? null,
  }
}

/** A line as the API writes it. */
export function writeLine(line: Line, { switches }: Books): Record<string, unknown> {
  const totals = lineTotals(line, switches.rounding)
  return {
    id: line.id,
    description: line.description,
    extended_description: line.extended_description,
    price_per_unit: formatDecimal(line.price),
    price_with_vat: formatCents(totals.withVatCents),
    price_without_vat: formatCents(totals.withoutVatCents),
    vat_amount: formatCents(totals.withVatCents - totals.withoutVatCents),
    vat_rate: formatDecimal(line.rate),
    vat_type_id: line.vat_type_id,
    quantity: formatDecimal(line.quantity),
    product_id: line.product_id,
    account_id: line.account_id,
    account_path: line.account_path,
  }
}
