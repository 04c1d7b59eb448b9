import { amount, round, withoutVat } from '../money/amount.ts'
import { reason, type Reason } from '../problems/reason.ts'
import type { DraftLine, LineVat } from './draft.ts'
import { renumbered } from './renumbered.ts'
import type { Sale, SaleLine } from './sale.ts'
import { isBareDiscount, spreadDiscount } from './spread-discount.ts'
import { treat } from './treat.ts'
import type { TreatedLine, TreatedSale, ViesVerdict } from './treated.ts'
import type { VatPosition } from './vat-position.ts'

export type DraftedLines =
  | { is: 'drafted'; treated: TreatedSale; lines: DraftLine[]; remarks: Reason[] }
  | { is: 'hold'; reason: Reason }
  | { is: 'refused'; reason: Reason }

const lineVat = ({ verdict, treatment, supply }: TreatedLine): LineVat => ({
  treatment,
  status:
    verdict.status === 'proved' || verdict.status === 'assumed' ? verdict.status : 'evidenced',
  by: verdict.status === 'evidenced' ? verdict.by : null,
  compatible: verdict.compatible,
  ...(supply !== 'goods' && { supply }),
})

const draftLine = (
  line: SaleLine,
  treated: TreatedLine,
  { pricesIncludeVat }: Sale,
): DraftLine => ({
  kind: line.kind,
  description: line.description,
  sku: line.sku ?? '',
  quantity: line.quantity.isZero() ? amount(1) : line.quantity,
  vatPercent: treated.percent,
  amount: line.amount,
  amountIncludesVat: pricesIncludeVat,
  ...(line.stated !== undefined && { statedVat: line.stated.tax }),
  vat: lineVat(treated),
})

/** Why a line that says nothing about its VAT can't be booked, with a proposal where the shop has none to give. */
const vatMissing = (line: SaleLine | undefined, number: number): Reason => {
  const without = line?.withoutVatInformation
  if (line === undefined || without === undefined) {
    return reason('LINE_VAT_MISSING', { line: number })
  }
  const proposals = without.proposedPercents.map((percent) => {
    const net = round(withoutVat(line.amount, percent))
    return `${net.toFixed(2)} + ${line.amount.minus(net).toFixed(2)} (${percent.toString()} %)`
  })
  const proposal = proposals.length === 0 ? '-' : proposals.join(' / ')
  return reason('ADJUSTMENT_WITHOUT_VAT', {
    line: number,
    amount: line.amount.toFixed(2),
    proposal,
  })
}

/**
 * The lines of the invoice with their VAT, in the decimals of the shop. Each line must say something about its own VAT, except a discount
 * on the whole sale, which follows the others.
 */
export const draftLines = (sale: Sale, position: VatPosition, vies: ViesVerdict): DraftedLines => {
  const numbered = sale.lines.map((line, place) => ({ line, place }))
  const silent = numbered.find(
    ({ line }) => line.vatPercent === null && line.stated === undefined && !isBareDiscount(line),
  )
  const telling = numbered.filter(({ line }) => !isBareDiscount(line))
  if (silent !== undefined || telling.length === 0) {
    const { line, place } = silent ?? { line: sale.lines[0], place: 0 }
    return { is: 'refused', reason: vatMissing(line, place + 1) }
  }
  const places = telling.map(({ place }) => place)
  const told: Sale = {
    ...sale,
    lines: telling.map(({ line }) => line),
    // The shop's VAT per rate is that after the discount, of which the other lines know nothing.
    vatByRate: telling.length < numbered.length ? [] : (sale.vatByRate ?? []),
  }
  const treated = treat(told, position, vies)
  if (treated.is !== 'treated') {
    return { is: treated.is, reason: renumbered(treated.reason, places) }
  }

  const byPlace = new Map(
    telling.map(({ line, place }, nth): [number, DraftLine] => {
      const each = treated.lines[nth]
      if (each === undefined) throw new Error('a line without treatment')
      return [place, draftLine(line, each, sale)]
    }),
  )
  const others = [...byPlace.values()]
  const lines: DraftLine[] = []
  const remarks = treated.remarks.map((remark): Reason => renumbered(remark, places))
  for (const { line, place } of numbered) {
    const known = byPlace.get(place)
    if (known !== undefined) {
      lines.push(known)
      continue
    }
    const spreading = spreadDiscount(line, place + 1, others, sale)
    if (spreading.is === 'refused') return spreading
    lines.push(...spreading.lines)
    remarks.push(spreading.remark)
  }
  return { is: 'drafted', treated, lines, remarks }
}
