import type { z } from 'zod'
import type { Booking } from '../bookings/booking.ts'
import type { Preview } from '../bookings/preview.ts'
import { fromCents, type Amount } from '../money/amount.ts'
import type { Language } from '../problems/problem.ts'
import { checks } from '../sale/checks/all.ts'
import type { DraftLine } from '../sale/draft.ts'
import { explainLine, explainRegime, regimeTitle } from '../sale/explain-line.ts'
import type { booking, bookingEvidence, figures } from './api.ts'
import { inWords } from './problem-answer.ts'

const money = (value: Amount) => value.toFixed(2)
const cents = (value: number | null) => (value === null ? null : fromCents(value).toFixed(2))

/** A booking as the interface shows it. */
export const bookingInShape = (row: Booking, language: Language): z.input<typeof booking> => ({
  id: row.id,
  kind: row.kind,
  number: row.number,
  date: row.saleDate,
  state: row.state,
  total: cents(row.totalCents),
  currency: row.currency,
  remoteId: row.remoteId,
  remoteNumber: row.remoteNumber,
  reference: row.reference,
  problem:
    row.reasonCode === null
      ? null
      : inWords({ code: row.reasonCode, params: row.reasonParams ?? {} }, language),
  attempts: row.attempts,
  nextAttemptAt: row.state === 'booked' ? null : (row.dueAt?.toISOString() ?? null),
  seenAt: row.seenAt.toISOString(),
  changedAt: row.changedAt.toISOString(),
  bookedAt: row.bookedAt?.toISOString() ?? null,
})

/** Why the VAT of a sale is what it is, as kept with the booking; null while nothing is known. */
export const evidenceInShape = (
  { evidence }: Pick<Booking, 'evidence'>,
  language: Language,
): z.input<typeof bookingEvidence> | null =>
  evidence && {
    regime: regimeTitle(evidence.regime)[language],
    rates: evidence.rates,
    vies: evidence.vies ?? null,
    withVat: evidence.withVat ?? false,
  }

const lineInShape = (
  line: Pick<DraftLine, 'kind' | 'description' | 'quantity' | 'amount'>,
  includesVat: boolean,
  vatPercent: Amount | null,
) => ({
  kind: line.kind,
  description: line.description,
  quantity: line.quantity.toString(),
  amount: money(line.amount),
  includesVat,
  vatPercent: vatPercent?.toString() ?? null,
})

/** A sale's figures as the interface shows them, with the verdict of every check. */
export const figuresInShape = (seen: Preview, language: Language): z.input<typeof figures> => {
  if (seen.is === 'gone') return { is: 'gone' }
  if (seen.is === 'unreachable') {
    return { is: 'unreachable', problem: inWords(seen.reason, language) }
  }
  const { sale } = seen
  const buyer = sale.buyer.company || `${sale.buyer.firstName} ${sale.buyer.lastName}`.trim()
  return {
    is: 'read',
    status: sale.status.label,
    paid: sale.paid,
    customer: buyer,
    destination: (sale.delivery ?? sale.billing).countryCode,
    vatNumber: sale.buyer.vatNumber,
    lines:
      seen.is === 'undrafted'
        ? sale.lines.map((line) => ({
            ...lineInShape(line, sale.pricesIncludeVat, line.vatPercent),
            why: null,
          }))
        : seen.draft.lines.map((line) => ({
            ...lineInShape(line, line.amountIncludesVat, line.vatPercent),
            why: explainLine(line, seen.draft)[language],
          })),
    regime: seen.is === 'undrafted' ? null : explainRegime(seen.draft)[language],
    remarks:
      seen.is === 'undrafted' ? [] : seen.draft.remarks.map((each) => inWords(each, language)),
    rates:
      seen.is === 'undrafted'
        ? []
        : seen.draft.rates.map((rate) => ({
            vatPercent: rate.vatPercent.toString(),
            net: money(rate.net),
            vat: money(rate.vat),
            gross: money(rate.gross),
          })),
    total: money(sale.total),
    currency: sale.currency,
    checks:
      seen.is === 'undrafted'
        ? [
            {
              check: 'draft',
              title: { nl: 'Factuur kan worden opgesteld', en: 'Invoice can be drawn up' }[
                language
              ],
              is: 'failed',
              problem: inWords(seen.reason, language),
            },
            ...checks.map((check) => ({
              check: check.id,
              title: check.title[language],
              is: 'not-reached' as const,
              problem: null,
            })),
          ]
        : seen.verdicts.map(({ check, problem }) => ({
            check: check.id,
            title: check.title[language],
            is: problem === null ? ('passed' as const) : ('failed' as const),
            problem: problem === null ? null : inWords(problem, language),
          })),
  }
}
