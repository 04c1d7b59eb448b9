import type { z } from 'zod'
import type { Double } from '../bookings/reconciliation/doubles.ts'
import type { Difference, ReconciledRow } from '../bookings/reconciliation/reconcile.ts'
import type { Survey } from '../bookings/surveys/survey.ts'
import {
  payable,
  type StandingSale,
  type SurveySummary,
} from '../bookings/surveys/survey-summary.ts'
import { migrationPrice } from '../merchants/tariffs.ts'
import { fromCents } from '../money/amount.ts'
import type { Language } from '../problems/problem.ts'
import type { Offer } from '../support/billing/offers.ts'
import { offerNumber } from '../support/billing/payments.ts'
import type { surveysApi } from './api/surveys.ts'
import { inWords } from './problem-answer.ts'

type Answer<K extends keyof typeof surveysApi> = z.input<(typeof surveysApi)[K]['answer']>
type Of = 'GET /api/integrations/:integrationId/surveys'
type Reconciliation = Answer<`${Of}/:surveyId/reconciliation`>

export const money = (cents: number): string => fromCents(cents).toFixed(2)
export const moneyOrNull = (cents: number | null): string | null =>
  cents === null ? null : money(cents)

/** What a migration costs here. */
export interface Asking {
  /** The tariff of today; null while nothing is asked. */
  tariffCents: number | null
  /** Whether somebody sells here, so that it can be paid. */
  sold: boolean
  /** The offer of this migration that counts. */
  offer: Offer | undefined
}

/** In cents, excl. VAT: as it was started or offered, or as it would be now; null for what has no price. */
const priceOf = (
  survey: Survey,
  standings: SurveySummary['standings'],
  { offer, tariffCents }: Asking,
): number | null => {
  if (survey.priceCents !== null) return survey.priceCents
  if (offer !== undefined) return offer.unitCents * offer.quantity
  const isPriced = survey.purpose === 'migration' && survey.state === 'ready'
  return isPriced ? migrationPrice(payable(standings), tariffCents) : null
}

/** A survey as the interface shows it. */
export const surveyInShape = (
  survey: Survey,
  standings: SurveySummary['standings'],
  language: Language,
  asking: Asking,
): Answer<Of>[number] => {
  const { offer, sold } = asking
  const priceCents = priceOf(survey, standings, asking)
  return {
    id: survey.id,
    purpose: survey.purpose,
    from: survey.fromDay,
    until: survey.untilDay,
    state: survey.state,
    problem:
      survey.reasonCode === null
        ? null
        : inWords({ code: survey.reasonCode, params: survey.reasonParams ?? {} }, language),
    restUntil: survey.restUntil?.toISOString() ?? null,
    booksComplete: survey.booksComplete,
    price: moneyOrNull(priceCents),
    payFirst: sold && survey.state === 'ready' && (priceCents ?? 0) > 0 && offer?.state !== 'paid',
    offer:
      offer === undefined || offer.state === 'withdrawn'
        ? null
        : {
            number: offerNumber(offer.id),
            state: offer.state,
            payPath: `/pay/${offer.token}`,
          },
    createdAt: survey.createdAt.toISOString(),
    startedAt: survey.startedAt?.toISOString() ?? null,
    finishedAt: survey.finishedAt?.toISOString() ?? null,
    standings,
    sales: Object.values(standings).reduce((sum, count) => sum + count, 0),
  }
}

export const summaryInShape = (
  survey: Survey,
  { standings, rates, causes }: SurveySummary,
  language: Language,
  asking: Asking,
): Answer<`${Of}/:surveyId`> => ({
  ...surveyInShape(survey, standings, language, asking),
  rates: rates.map(({ currency, percent, net, vat }) => ({
    currency,
    vatPercent: percent,
    net: money(net),
    vat: money(vat),
    gross: money(net + vat),
  })),
  causes: causes.map(({ standing, code, params, count, examples }) => ({
    standing,
    problem: inWords({ code, params }, language),
    count,
    examples,
  })),
})

export const standingInShape = (
  sale: StandingSale,
  language: Language,
): Answer<`${Of}/:surveyId/sales`>[number] => ({
  kind: sale.kind,
  number: sale.number,
  date: sale.saleDate,
  standing: sale.standing,
  total: moneyOrNull(sale.totalCents),
  currency: sale.currency,
  problem:
    sale.code === null ? null : inWords({ code: sale.code, params: sale.params ?? {} }, language),
  remoteNumber: sale.remoteNumber,
  bookingId: sale.bookingId,
})

export const rowInShape = (row: ReconciledRow): Reconciliation['rows'][number] => ({
  day: row.day,
  country: row.country,
  currency: row.currency,
  vatPercent: row.percent,
  sales: row.sales,
  shop: money(row.shop),
  booked: money(row.booked),
  refused: money(row.refused),
  open: money(row.open),
  aside: money(row.aside),
  difference: money(row.difference),
})

export const differenceInShape = (found: Difference): Reconciliation['differences'][number] => ({
  kind: found.kind,
  number: found.number,
  date: found.day,
  bookingId: found.bookingId,
  saleKind: found.saleKind,
  remoteNumber: found.remoteNumber,
  currency: found.currency,
  shop: moneyOrNull(found.shop),
  booked: moneyOrNull(found.booked),
  books: moneyOrNull(found.books),
})

export const doubleInShape = (found: Double): Reconciliation['doubles'][number] => ({
  by: found.by,
  reference: found.reference,
  date: found.day,
  total: moneyOrNull(found.total),
  invoices: found.invoices.map(({ remoteNumber, reference, day, total, sale, bookingId }) => ({
    remoteNumber,
    reference,
    date: day,
    total: moneyOrNull(total),
    sale,
    bookingId,
  })),
})
