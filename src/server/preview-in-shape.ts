import type { z } from 'zod'
import type { Preview } from '../bookings/preview.ts'
import type { Ends } from '../bookings/desk.ts'
import { ledgerOf, vatRowOf } from '../connectors/vat-table.ts'
import type { Choices } from '../connectors/webshop.ts'
import type { Amount } from '../money/amount.ts'
import type { Language } from '../problems/problem.ts'
import type { Reason } from '../problems/reason.ts'
import { checks } from '../sale/checks/all.ts'
import type { Draft, DraftLine } from '../sale/draft.ts'
import { explainLine, explainRegime } from '../sale/explain-line.ts'
import type { Sale } from '../sale/sale.ts'
import type { previewsApi } from './api/previews.ts'
import { inWords } from './problem-answer.ts'

type Answer = z.input<
  (typeof previewsApi)['POST /api/integrations/:integrationId/preview']['answer']
>
export type Shown = Extract<Answer, { is: 'shown' }>

/** What became of a sale, or would become of it now. */
export interface Outcome {
  outcome: Shown['outcome']
  problem: Reason | null
  remoteNumber: string | null
  bookingId: string | null
}

/** A sale that could be read, with what is needed to show it. */
export type Readable = Extract<Preview, { is: 'read' | 'undrafted' }>

const money = (value: Amount) => value.toFixed(2)

const labelOf = (choices: Choices, list: string, value: string | undefined): string | null =>
  value === undefined || value === ''
    ? null
    : (choices[list]?.find((choice) => choice.value === value)?.label ?? value)

const draftLine = (
  line: DraftLine,
  draft: Draft,
  { accounting: { connector, facts } }: Ends,
  language: Language,
): Shown['lines'][number] => {
  const row = connector.capabilities.vatCodes ? vatRowOf(facts.vatTable, draft, line) : null
  return {
    kind: line.kind,
    description: line.description,
    sku: line.sku,
    quantity: line.quantity.toString(),
    amount: money(line.amount),
    includesVat: line.amountIncludesVat,
    vatPercent: line.vatPercent.toString(),
    vatCode: labelOf(facts.choices, 'vatCodes', row?.vatCode),
    ledger: row === null ? null : labelOf(facts.choices, 'ledgers', ledgerOf(row, line)),
    why: explainLine(line, draft)[language],
  }
}

const saleLine = (line: Sale['lines'][number], sale: Sale): Shown['lines'][number] => ({
  kind: line.kind,
  description: line.description,
  sku: line.sku ?? '',
  quantity: line.quantity.toString(),
  amount: money(line.amount),
  includesVat: sale.pricesIncludeVat,
  vatPercent: line.vatPercent?.toString() ?? null,
  vatCode: null,
  ledger: null,
  why: null,
})

type ShownDraft = NonNullable<Shown['draft']>

const debtorOf = (
  { draft, rehearsal }: Extract<Preview, { is: 'read' }>,
  { settings }: Ends,
): ShownDraft['debtor'] => {
  const debtor = rehearsal?.debtor
  if (debtor?.is === 'missing') return { is: 'new', id: null }
  if (debtor?.is !== 'existing') return { is: 'unknown', id: null }
  const { id } = debtor.debtor
  const isFixed = settings.fixedDebtors[draft.paymentMethod?.id ?? ''] === id
  return { is: isFixed ? 'fixed' : 'existing', id }
}

const draftInShape = (
  seen: Extract<Preview, { is: 'read' }>,
  ends: Ends,
  language: Language,
): ShownDraft => {
  const { draft, rehearsal } = seen
  return {
    reference: draft.reference,
    date: draft.date,
    debtor: debtorOf(seen, ends),
    regime: explainRegime(draft)[language],
    rates: draft.rates.map((rate) => ({
      vatPercent: rate.vatPercent.toString(),
      net: money(rate.net),
      vat: money(rate.vat),
      gross: money(rate.gross),
    })),
    totals: {
      net: money(draft.totals.net),
      vat: money(draft.totals.vat),
      gross: money(draft.totals.gross),
    },
    booksTotal: rehearsal?.total == null ? null : money(rehearsal.total),
    remarks: draft.remarks.map((remark) => inWords(remark, language)),
  }
}

const statusCheck = {
  id: 'status',
  title: { nl: 'Status en datum laten boeken toe', en: 'Status and date allow booking' },
}
const draftCheck = {
  id: 'draft',
  title: { nl: 'Factuur kan worden opgesteld', en: 'Invoice can be drawn up' },
}

type Verdict = Shown['checks'][number]

const verdictOf = (
  { id, title }: typeof statusCheck,
  problem: Reason | null,
  language: Language,
  failing: Verdict['is'] = 'failed',
): Verdict => ({
  check: id,
  title: title[language],
  is: problem === null ? 'passed' : failing,
  problem: problem === null ? null : inWords(problem, language),
})

const checksInShape = (
  seen: Readable,
  gate: { reason: Reason; waits: boolean } | null,
  language: Language,
): Verdict[] => {
  const status = verdictOf(
    statusCheck,
    gate?.reason ?? null,
    language,
    gate?.waits ? 'waits' : 'failed',
  )
  if (seen.is === 'read') {
    return [
      status,
      verdictOf(draftCheck, null, language),
      ...seen.verdicts.map(({ check, problem }) => verdictOf(check, problem, language)),
    ]
  }
  return [
    status,
    verdictOf(draftCheck, seen.reason, language, seen.waits ? 'waits' : 'failed'),
    ...checks.map((check) => ({
      check: check.id,
      title: check.title[language],
      is: 'not-reached' as const,
      problem: null,
    })),
  ]
}

const addressLines = ({ billing }: Sale): string[] =>
  [
    billing.street,
    `${billing.postcode} ${billing.city}`.trim(),
    billing.countryName || billing.countryCode,
  ].filter((line) => line !== '')

/** A sale and the invoice it would become, as the interface shows them. */
export const previewInShape = (
  seen: Readable,
  ends: Ends,
  { outcome, problem, remoteNumber, bookingId }: Outcome,
  gate: { reason: Reason; waits: boolean } | null,
  language: Language,
): Shown => {
  const { sale } = seen
  const { buyer } = sale
  return {
    is: 'shown',
    outcome,
    problem: problem === null ? null : inWords(problem, language),
    remoteNumber,
    bookingId,
    seal: seen.is === 'read' ? seen.seal : null,
    sale: {
      ref: sale.ref,
      number:
        sale.ref.kind === 'order' ? sale.orderNumber : (sale.invoiceNumber ?? sale.orderNumber),
      date: sale.date,
      status: sale.status.label,
      paid: sale.paid,
      paymentMethod: sale.paymentMethod?.label ?? '',
      total: money(sale.total),
      currency: sale.currency,
      destination: (sale.delivery ?? sale.billing).countryCode,
    },
    customer: {
      name: `${buyer.firstName} ${buyer.lastName}`.trim(),
      company: buyer.company,
      email: buyer.email,
      address: addressLines(sale),
      vatNumber: buyer.vatNumber,
    },
    lines:
      seen.is === 'read'
        ? seen.draft.lines.map((line) => draftLine(line, seen.draft, ends, language))
        : sale.lines.map((line) => saleLine(line, sale)),
    draft: seen.is === 'read' ? draftInShape(seen, ends, language) : null,
    checks: checksInShape(seen, gate, language),
  }
}
