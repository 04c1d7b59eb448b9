import { amount, sum, vatOn, withoutVat, zero, type Amount } from '../money/amount.ts'
import type { Destination } from '../vat/destination.ts'
import { regimeOf } from '../vat/regime.ts'
import type { RegimeDecision, RegimeLine } from '../vat/regime-question.ts'
import type { RateVerdict } from '../vat/infer-rate.ts'
import { finding, type VatFinding } from '../vat/vat-finding.ts'
import { readVatNumber } from '../vat/vat-number.ts'
import { checkDigitRemark, vatNumberState, type VatNumberState } from '../vat/vat-number-state.ts'
import { isAtHome, ratesApplied, type VatSettings } from '../vat/vat-settings.ts'
import { carriesVat, markingOf } from './line-class.ts'
import { lineRates, type LineRate } from './line-rates.ts'
import type { Sale, SaleLine } from './sale.ts'
import type { Treated, TreatedSale, ViesVerdict } from './treated.ts'
import type { VatPosition } from './vat-position.ts'

const hasRate = (verdict: RateVerdict): verdict is RateVerdict & { percent: string } =>
  'percent' in verdict

const proved: LineRate = {
  verdict: { status: 'proved', percent: '0', compatible: ['0'] },
  finding: null,
}

const regimeLine = (line: SaleLine, verdict: RateVerdict, position: VatPosition): RegimeLine => {
  const free = line.amount.isZero()
  const zero = hasRate(verdict) ? Number(verdict.percent) === 0 : !carriesVat(line)
  const tiny = zero && verdict.compatible.some((percent) => Number(percent) !== 0)
  return {
    vat: free || tiny ? 'either' : zero ? 'zero' : 'positive',
    marking: markingOf(line, position),
    supply: line.supply ?? 'goods',
    incidental: line.kind === 'shipping' || line.kind === 'payment',
  }
}

/** A discount without VAT on goods that have a reason for theirs has the same reason. */
const withMarkedDiscounts = (sale: Sale, lines: readonly RegimeLine[]): RegimeLine[] => {
  const marked = lines.find(({ vat, marking }) => vat === 'zero' && marking !== null)
  return lines.map((line, index) =>
    marked !== undefined && line.vat === 'zero' && sale.lines[index]?.kind === 'discount'
      ? { ...line, marking: line.marking ?? marked.marking }
      : line,
  )
}

/** Why a line has no rate: first of those that none fits, for amounts that fit several may still be right. */
const worstFinding = (rates: readonly LineRate[]): VatFinding | null => {
  const wrong = rates.flatMap(({ verdict, finding: found }) =>
    hasRate(verdict) || found === null ? [] : [found],
  )
  return wrong.find(({ code }) => code !== 'VAT_RATE_UNDECIDED') ?? wrong[0] ?? null
}

const treatAs = (
  sale: Sale,
  position: VatPosition,
  settings: VatSettings,
  { territory, remarks }: Extract<Destination, { is: 'known' }>,
  vatNumber: VatNumberState,
): Treated => {
  const registered = settings.registrations.includes(territory.countryCode)
  const leaves = !territory.inEuVatArea && !registered
  const chargedAbroad = leaves && sale.lines.some(carriesVat)
  // Where no VAT may be charged there is no rate to find, only VAT that should not be there.
  const untaxed =
    settings.smallBusiness || (leaves && (!chargedAbroad || settings.exportWithVat === 'refuse'))
  const rates = untaxed
    ? sale.lines.map(() => proved)
    : lineRates(sale, ratesApplied(territory, settings), position)
  const wrong = worstFinding(rates)
  if (wrong !== null) return { is: 'refused', reason: wrong }

  const lines = withMarkedDiscounts(
    sale,
    sale.lines.map((line, index): RegimeLine => {
      const given = regimeLine(line, rates[index]?.verdict ?? proved.verdict, position)
      return untaxed && carriesVat(line) ? { ...given, vat: 'positive' } : given
    }),
  )
  const decision: RegimeDecision = regimeOf({
    destination: territory,
    vatNumber,
    lines,
    vat: statedVat(sale).toFixed(2),
    buyerIsBusiness: sale.buyer.company.trim() !== '',
    settings,
  })
  if (decision.is !== 'decided') return decision
  return {
    is: 'treated',
    regime: decision.regime,
    destination: territory,
    ratesOf: decision.ratesOf,
    lines: rates.map(({ verdict }, index) => {
      const treatment = decision.treatments[index] ?? 'taxed'
      const percent =
        treatment === 'taxed' && hasRate(verdict) ? amount(verdict.percent) : amount(0)
      return { percent, treatment, verdict, supply: sale.lines[index]?.supply ?? 'goods' }
    }),
    remarks: [
      ...remarks,
      ...rates.flatMap(({ finding }) => (finding === null ? [] : [finding])),
      ...decision.remarks,
    ],
  }
}

/** The VAT of a line as the shop states it, or what its percentage makes of it. */
const vatOf = ({ stated, vatPercent, amount: total }: SaleLine, isIncl: boolean): Amount => {
  if (stated !== undefined) return stated.tax
  if (vatPercent === null) return zero
  return isIncl ? total.minus(withoutVat(total, vatPercent)) : vatOn(total, vatPercent)
}

/** All VAT the shop states, for messages. */
const statedVat = (sale: Sale): Amount =>
  sale.vatTotal ?? sum(sale.lines.map((line) => vatOf(line, sale.pricesIncludeVat)))

/**
 * Works out the VAT of lines that one place decides about, each with its supply. Pure.
 * @param destination that place, for VAT
 */
export const treatAt = (
  sale: Sale,
  position: VatPosition,
  vies: ViesVerdict,
  destination: Destination,
): Treated => {
  const { home } = position
  if (destination.is === 'refused') return destination
  const number = readVatNumber(sale.buyer.vatNumber, sale.billing.countryCode)
  const digit = checkDigitRemark(number)
  const known = {
    ...destination,
    remarks: digit === null ? destination.remarks : [...destination.remarks, digit],
  }
  const state = vatNumberState(number, vies)
  const under = (oss: boolean) => treatAs(sale, position, { ...position, oss }, known, state)
  if (position.oss !== 'by-the-rates') return under(position.oss)

  const there = under(true)
  const { territory } = destination
  const isDistance = territory.inEuVatArea && !isAtHome(territory, home)
  if (!isDistance || isUndecided(there) || there.is === 'hold') return there
  const asAtHome = under(false)
  // Where several rates of one country fit, a rate of the other that does too proves nothing.
  if (isUndecided(asAtHome)) return asAtHome
  if (there.is === 'refused') return asAtHome.is === 'refused' ? there : asAtHome
  return asAtHome.is === 'treated' ? (ambiguity(there, asAtHome) ?? there) : there
}

const isUndecided = (treated: Treated): boolean =>
  treated.is === 'refused' && treated.reason.code === 'VAT_RATE_UNDECIDED'

/** The refusal of a sale so small that rates of both countries explain it, and other ones; null when they don't. */
const ambiguity = (there: TreatedSale, asAtHome: TreatedSale): Treated | null => {
  const index = there.lines.findIndex(
    ({ percent }, nth) => asAtHome.lines[nth]?.percent.equals(percent) === false,
  )
  if (index < 0) return null
  const fitting = [there, asAtHome].map(
    ({ lines, ratesOf }) => `${lines[index]?.percent.toString() ?? ''} % (${ratesOf.code})`,
  )
  const params = { line: index + 1, fitting: fitting.join(', ') }
  return { is: 'refused', reason: finding('VAT_RATE_UNDECIDED', params) }
}
