import {
  hasVat,
  isOutsideVat,
  isServicesOnly,
  isUnexplainedZero,
  type Regime,
  type RegimeDecision,
  type RegimeLine,
  type RegimeQuestion,
} from './regime-question.ts'
import { territoryOf } from './territory.ts'
import type { Treatment } from './treatment.ts'
import { finding, type VatFinding } from './vat-finding.ts'
import { isAtHome, ratesApplied } from './vat-settings.ts'

const refused = (reason: VatFinding): RegimeDecision => ({ is: 'refused', reason })

const numbered = (
  lines: readonly RegimeLine[],
  wanted: (line: RegimeLine) => boolean,
): number | null => {
  const index = lines.findIndex(wanted)
  return index < 0 ? null : index + 1
}

const leavingTheEu = ({ supply }: RegimeLine): Treatment =>
  supply === 'goods' ? 'export' : 'services-outside-eu'

const taxedUnlessZeroRated = ({ marking, vat }: RegimeLine): Treatment =>
  marking === 'zero-rated' && vat !== 'positive' ? 'zero-rated' : 'taxed'

/** The treatment of a line whose marking does not decide it. */
const treatmentOf = (line: RegimeLine, regime: Regime): Treatment => {
  switch (regime) {
    case 'small-business':
      return 'small-business'
    case 'intra-community':
    case 'services-reverse-charge':
      return line.supply === 'goods' ? 'intra-community' : 'services-reverse-charge'
    case 'domestic-reverse-charge':
      return line.marking === 'zero-rated' ? 'zero-rated' : 'domestic-reverse-charge'
    case 'export':
    case 'services-outside-eu':
      return leavingTheEu(line)
    case 'charged-export':
      return isUnexplainedZero(line) ? leavingTheEu(line) : taxedUnlessZeroRated(line)
    case 'domestic':
    case 'destination':
    case 'origin':
    case 'foreign-registration':
      return taxedUnlessZeroRated(line)
  }
}

const decided = (
  question: RegimeQuestion,
  regime: Regime,
  remarks: readonly VatFinding[] = [],
): RegimeDecision => {
  const { destination, lines, settings } = question
  const leaves = regime === 'export' || regime === 'charged-export'
  const isUntaxed = regime === 'export' || regime === 'services-outside-eu'
  const exported = leaves && settings.exportedMargin === 'export'
  const treatments = lines.map((line): Treatment => {
    if (regime === 'small-business') return 'small-business'
    if (line.marking === 'margin') return exported ? 'export' : 'margin'
    if (line.marking === 'voucher' || line.marking === 'deposit') return line.marking
    return treatmentOf(line, regime)
  })
  return {
    is: 'decided',
    regime,
    ratesOf: isUntaxed ? destination : ratesApplied(destination, settings),
    treatments,
    remarks,
  }
}

/** VAT where a marking forbids it: refused whatever the destination. */
const markingWithVat = (lines: readonly RegimeLine[]): RegimeDecision | null => {
  const index = lines.findIndex((line) => isOutsideVat(line) && line.vat === 'positive')
  const marking = lines[index]?.marking ?? null
  if (marking === null) return null
  const line = index + 1
  return refused(
    marking === 'margin'
      ? finding('VAT_ON_MARGIN', { line })
      : finding('VAT_ON_UNTAXED_LINE', { line, marking }),
  )
}

/** Zero and positive lines together: each zero needs a reason of its own (step 4e). */
const mixed = ({ lines, destination }: RegimeQuestion): RegimeDecision | null => {
  const line = numbered(lines, isUnexplainedZero)
  if (line === null) return null
  return refused(
    lines[line - 1]?.incidental === true && hasVat(lines)
      ? finding('SHIPPING_WITHOUT_VAT', { line })
      : finding('ZERO_VAT_WITHOUT_REASON', { line, country: destination.code }),
  )
}

/** Step 3: delivered, or picked up, in the merchant's own country. */
const atHome = (question: RegimeQuestion): RegimeDecision => {
  const { lines, vatNumber, settings, buyerIsBusiness } = question
  const home = territoryOf(settings.home, '')?.vatPrefix ?? settings.home
  const ownNumber =
    (vatNumber.is === 'valid' || vatNumber.is === 'unknown') && vatNumber.country === home
  if (!hasVat(lines) && lines.some(isUnexplainedZero) && ownNumber) {
    return settings.domesticReverseCharge
      ? decided(question, 'domestic-reverse-charge')
      : refused(finding('DOMESTIC_REVERSE_CHARGE_OFF'))
  }
  const needsNumber = settings.home === 'BE' && buyerIsBusiness && vatNumber.is === 'none'
  const remarks = needsNumber ? [finding('BUSINESS_WITHOUT_VAT_NUMBER')] : []
  return mixed(question) ?? decided(question, 'domestic', remarks)
}

/** Step 4d: VAT is charged, or nothing needs a number; the rates are those of the settings. */
const asConsumer = (question: RegimeQuestion): RegimeDecision => {
  const { destination, settings, vatNumber, lines } = question
  const business = vatNumber.is === 'valid' && hasVat(lines)
  const remarks = business
    ? [finding('VAT_CHARGED_TO_BUSINESS', { country: destination.code })]
    : []
  const registered = settings.registrations.includes(destination.countryCode)
  if (registered) return decided(question, 'foreign-registration', remarks)
  return decided(question, settings.oss ? 'destination' : 'origin', remarks)
}

/** Steps 4b and 4c: 0 % inside the EU without a number that allows it. */
const withoutValidNumber = (question: RegimeQuestion): RegimeDecision => {
  const { vatNumber, destination } = question
  switch (vatNumber.is) {
    case 'none':
      return refused(finding('VAT_NUMBER_MISSING', { country: destination.code }))
    case 'malformed':
      return refused(finding('VAT_NUMBER_MALFORMED', { why: vatNumber.why }))
    case 'invalid':
      return refused(finding('VAT_NUMBER_INVALID', { country: vatNumber.country }))
    case 'unknown':
      return { is: 'hold', reason: finding('VIES_NO_ANSWER', { country: vatNumber.country }) }
    case 'valid':
      return refused(finding('VAT_NUMBER_OWN_COUNTRY', { country: destination.code }))
  }
}

/** Step 4: elsewhere in the EU VAT area. */
const elsewhereInTheEu = (question: RegimeQuestion): RegimeDecision => {
  const { lines, vatNumber, settings, destination } = question
  if (hasVat(lines)) return mixed(question) ?? asConsumer(question)
  const home = territoryOf(settings.home, '')?.vatPrefix ?? settings.home
  const ownNumber = 'country' in vatNumber && vatNumber.country === home
  // Margin goods, gift cards and deposits never become an intra-Community supply.
  const supplies = lines.some((line) => !isOutsideVat(line))
  if (supplies && vatNumber.is === 'valid' && !ownNumber) {
    return decided(question, isServicesOnly(lines) ? 'services-reverse-charge' : 'intra-community')
  }
  if (!lines.some(isUnexplainedZero)) return asConsumer(question)
  if (ownNumber && vatNumber.is !== 'invalid') {
    return refused(finding('VAT_NUMBER_OWN_COUNTRY', { country: destination.code }))
  }
  return withoutValidNumber(question)
}

/** Step 5: out of the EU VAT area. */
const outOfTheEu = (question: RegimeQuestion): RegimeDecision => {
  const { lines, destination, settings, vat } = question
  if (!hasVat(lines)) {
    return decided(question, isServicesOnly(lines) ? 'services-outside-eu' : 'export')
  }
  const registered = settings.registrations.includes(destination.countryCode)
  if (!registered) {
    const params = { vat, country: destination.code }
    return settings.exportWithVat === 'refuse'
      ? refused(finding('VAT_ON_EXPORT_REFUSED', params))
      : decided(question, 'charged-export', [finding('VAT_ON_EXPORT', params)])
  }
  return mixed(question) ?? decided(question, 'foreign-registration')
}

/**
 * How a sale is treated for VAT: the decision order of contracts/vat.md §5.1. Pure; every way ends in a
 * decision, a hold or a refusal with its code.
 */
export const regimeOf = (question: RegimeQuestion): RegimeDecision => {
  const { destination, lines, settings, vat } = question
  if (settings.smallBusiness) {
    return hasVat(lines)
      ? refused(finding('VAT_ON_SMALL_BUSINESS', { vat }))
      : decided(question, 'small-business')
  }
  const forbidden = markingWithVat(lines)
  if (forbidden !== null) return forbidden
  if (isAtHome(destination, settings.home)) return atHome(question)
  return destination.inEuVatArea ? elsewhereInTheEu(question) : outOfTheEu(question)
}
