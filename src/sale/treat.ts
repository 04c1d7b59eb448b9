import type { Regime } from '../vat/regime-question.ts'
import { finding, type VatFinding } from '../vat/vat-finding.ts'
import { partsOf, type Part } from './parts-of.ts'
import { renumbered } from './renumbered.ts'
import type { Sale } from './sale.ts'
import { treatAt } from './treat-at.ts'
import type { Treated, TreatedSale, ViesVerdict } from './treated.ts'
import type { VatPosition } from './vat-position.ts'

/** Regimes whose lines may stand on one invoice: what is taxed only where the rates are of one country. */
const families: Readonly<Record<Regime, string>> = {
  'small-business': 'small-business',
  domestic: 'taxed',
  origin: 'taxed',
  destination: 'taxed',
  'foreign-registration': 'taxed',
  'charged-export': 'taxed',
  'domestic-reverse-charge': 'reverse charge at home',
  'intra-community': 'to a business in the EU',
  'services-reverse-charge': 'to a business in the EU',
  export: 'out of the EU',
  'services-outside-eu': 'out of the EU',
}

const goTogether = (one: TreatedSale, other: TreatedSale): boolean =>
  families[one.regime] === families[other.regime] &&
  (families[one.regime] !== 'taxed' || one.ratesOf.code === other.ratesOf.code)

/** The sale of one part. What the shop says about all of its VAT says nothing about a part. */
const saleOfPart = (sale: Sale, { places }: Part): Sale => ({
  ...sale,
  lines: places.flatMap((place) => sale.lines[place] ?? []),
  vatTotal: null,
  vatByRate: [],
})

/** Parts that different places decide about, as one invoice; refused where one can't have both. */
const treatApart = (
  sale: Sale,
  parts: readonly Part[],
  position: VatPosition,
  vies: ViesVerdict,
): Treated => {
  const lines: TreatedSale['lines'][number][] = []
  const remarks = new Map<string, VatFinding>()
  let lead: TreatedSale | null = null
  for (const part of parts) {
    const treated = treatAt(saleOfPart(sale, part), position, vies, part.destination)
    if (treated.is !== 'treated') {
      return { is: treated.is, reason: renumbered(treated.reason, part.places) }
    }
    lead ??= treated
    if (!goTogether(lead, treated)) {
      const params = { line: (part.places[0] ?? 0) + 1, country: treated.ratesOf.code }
      return { is: 'refused', reason: finding('SUPPLIES_MIXED', params) }
    }
    part.places.forEach((place, nth) => {
      const line = treated.lines[nth]
      if (line !== undefined) lines[place] = line
    })
    // What is true of the whole sale is said once.
    for (const remark of treated.remarks) {
      const here = renumbered(remark, part.places)
      remarks.set(JSON.stringify(here), here)
    }
  }
  if (lead === null) throw new Error('a sale without parts')
  return { ...lead, lines, remarks: [...remarks.values()] }
}

/**
 * Works out the VAT of a sale from its own amounts, its addresses and the merchant's position: what is supplied
 * where, territory, rates, regime, and the treatment of each line (contracts/vat.md §4, §5, §8). Pure.
 *
 * A sale whose treatment hangs on the buyer's VAT number is held with `VIES_NO_ANSWER` while VIES is silent:
 * that is how to find out whether VIES has to be asked at all.
 */
export const treat = (sale: Sale, position: VatPosition, vies: ViesVerdict): Treated => {
  const { supplies, parts } = partsOf(sale, position)
  const told: Sale = {
    ...sale,
    lines: sale.lines.map((line, nth) => ({ ...line, supply: supplies[nth] ?? 'goods' })),
  }
  const [only, ...others] = parts
  return only !== undefined && others.length === 0
    ? treatAt(told, position, vies, only.destination)
    : treatApart(told, parts, position, vies)
}
