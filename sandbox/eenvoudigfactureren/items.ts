import { type Account } from './account.ts'
import { type Decimal, readDecimal, roundTo, unit } from './decimal.ts'
import { type Fields, isGiven, readLimited, readNumber, readObjects, readText } from './fields.ts'
import { Refusal } from './refusal.ts'
import { type Switches } from './switches.ts'
import { type PricedItem } from './totals.ts'

/** An item of an invoice, before its total is known. */
export interface Item extends PricedItem {
  itemId: number
  description: string
  unit: string
  specialStatus: string
  stockitemCode: string
  ledgerAccount: string
}

/** What reading an item depends on. */
export interface ItemRules {
  account: Pick<Account, 'codes' | 'usesTaxes'>
  switches: Pick<Switches, 'priceDecimals' | 'unknownTaxRate' | 'zeroAmount'>
  taxIncluded: boolean
  nextId: () => number
}

const priceMax = 10_000_000n * unit

/**
 * Reads the items of an invoice (contract 3.2).
 * @throws Refusal when a value is missing or does not fit.
 */
export function readItems(fields: Fields, rules: ItemRules): Item[] {
  const items = readObjects(fields, 'items').map((item) => readItem(item, rules))
  if (items.length === 0) throw new Refusal('items cannot be empty')
  return items
}

function readItem(fields: Fields, rules: ItemRules): Item {
  if (readText(fields, 'description').trim() === '') throw new Refusal('description is required')
  const prices = readPrices(fields, rules)
  const { quantity, unitName } = readQuantity(fields)
  if (unitName !== '' && !/^\p{L}\S{0,9}$/u.test(unitName)) throw new Refusal('unit invalid')
  const taxRate = readTaxRate(fields, rules)
  const specialStatus = readLimited(fields, 'tax_rate_special_status', 20)
  // Only with rate 0 (contract 3.2).
  if (specialStatus !== '' && taxRate !== 0n) throw new Refusal('tax_rate_special_status invalid')
  const isFree = quantity === 0n || (prices.amount ?? prices.amountWithTax ?? 0n) === 0n
  if (isFree && ['items', 'both'].includes(rules.switches.zeroAmount)) {
    throw new Refusal('amount can not be 0.00')
  }
  const ledgerAccount = readText(fields, 'general_ledger_account')
  if (ledgerAccount !== '' && !/^\d{6,8}$/.test(ledgerAccount)) {
    throw new Refusal('general_ledger_account invalid')
  }
  return {
    itemId: rules.nextId(),
    description: readText(fields, 'description'),
    ...prices,
    quantity,
    unit: unitName,
    taxRate,
    specialStatus,
    stockitemCode: readLimited(fields, 'stockitem_code', 20),
    ledgerAccount,
  }
}

/** With both prices given, `tax_included` decides (contract 3.4, the vendor's own plugin). */
function readPrices(
  fields: Fields,
  { switches, taxIncluded }: ItemRules,
): Pick<Item, 'amount' | 'amountWithTax'> {
  const net = readPrice(fields, 'amount', switches)
  const gross = readPrice(fields, 'amount_with_tax', switches)
  if (net === undefined && gross === undefined) throw new Refusal('amount is required')
  const isGross = gross !== undefined && (net === undefined || taxIncluded)
  return isGross
    ? { amount: undefined, amountWithTax: gross }
    : { amount: net, amountWithTax: undefined }
}

function readPrice(
  fields: Fields,
  name: string,
  { priceDecimals }: Pick<Switches, 'priceDecimals'>,
): Decimal | undefined {
  const price = readNumber(fields, name)
  if (price === undefined) return undefined
  if (price >= priceMax || price <= -priceMax) throw new Refusal(`${name} too long`)
  return roundTo(price, priceDecimals)
}

/** `quantity` and `unit`, or both in one as "3 m2" (contract 3.2). */
function readQuantity(fields: Fields): { quantity: Decimal; unitName: string } {
  const both = /^(\S+)\s+(\S+)$/.exec(readText(fields, 'quantity_with_unit').trim())
  if (both !== null && !isGiven(fields, 'quantity')) {
    const quantity = readDecimal(both[1])
    if (quantity === undefined) throw new Refusal('quantity_with_unit invalid')
    return { quantity, unitName: both[2] ?? '' }
  }
  return { quantity: readNumber(fields, 'quantity') ?? unit, unitName: readText(fields, 'unit') }
}

function readTaxRate(fields: Fields, { account, switches }: ItemRules): Decimal {
  const rate = readNumber(fields, 'tax_rate') ?? 0n
  if (rate === 0n || switches.unknownTaxRate === 'accept') return rate
  const rates = account.usesTaxes ? account.codes.map((code) => readDecimal(code.rate)) : []
  if (!rates.includes(rate)) throw new Refusal('tax_rate unknown')
  return rate
}
