import { createHash } from 'node:crypto'
import type { DraftLine } from '../../../sale/draft.ts'
import { clean, lengthOf } from './fields.ts'

/** Contract §8. */
const codeMax = 100
const hashLength = 8

/** Products for what is no article: one each, whatever the shop calls it (manual, "Create products"). */
const costs = {
  shipping: { code: 'VERZENDKOSTEN', description: 'Verzendkosten' },
  payment: { code: 'BETAALKOSTEN', description: 'Betaalkosten' },
  surcharge: { code: 'TOESLAG', description: 'Toeslag' },
  discount: { code: 'KORTING', description: 'Korting' },
  rounding: { code: 'AFRONDING', description: 'Afronding' },
} as const

/** What the cost product of a line is called; null for an article. */
export const costDescription = ({ kind }: DraftLine): string | null =>
  kind === 'product' ? null : costs[kind].description

/** What the product of a line is known by; '' for an article without SKU, which gets none. */
export const skuOf = (line: DraftLine): string =>
  line.kind === 'product' ? clean(line.sku) : costs[line.kind].code

/**
 * The code a new product gets. Rompslomp takes "SKUs consisting of numbers/letters, without unusual
 * characters" (manual), at most a hundred. Separators are dropped; where more would be lost, a hash of the
 * whole SKU keeps two articles apart.
 */
export const productCodeOf = (sku: string): string => {
  const plain = sku.replace(/[^A-Za-z0-9]/g, '')
  const onlySeparatorsLost = /^[A-Za-z0-9 ._-]*$/.test(sku)
  if (onlySeparatorsLost && plain !== '' && plain.length <= codeMax) return plain
  const hash = createHash('sha256').update(sku).digest('hex').slice(0, hashLength)
  return `${plain.slice(0, codeMax - hashLength - 1)}X${hash}`
}

/** Under which codes the product of a SKU may be there: as the shop writes it, or as we make it. */
export const codesOf = (sku: string): string[] => {
  const codes = lengthOf(sku) <= codeMax ? [sku, productCodeOf(sku)] : [productCodeOf(sku)]
  return [...new Set(codes)]
}
