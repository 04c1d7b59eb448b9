import { readFile } from 'node:fs/promises'
import { z } from 'zod'
import { composeOn } from '../bookings/compose-on.ts'
import { booksOf } from '../bookings/desk.ts'
import type { AccountingConnector, Debtor } from '../connectors/accounting.ts'
import { accountings, webshops } from '../connectors/registry.ts'
import { schemaOf, type Fields } from '../connectors/settings.ts'
import type { Choices, WebshopConnector } from '../connectors/webshop.ts'
import {
  draftOptionsOf,
  readIntegrationSettings,
  vatTableOf,
} from '../merchants/integration-settings.ts'
import { explain } from '../problems/catalogue.ts'
import { reason, Trouble, type Reason } from '../problems/reason.ts'
import { firstSaleProblem, judge } from '../sale/checks/all.ts'
import { explainLine, explainRegime } from '../sale/explain-line.ts'
import { makeDraft } from '../sale/make-draft.ts'
import type { Sale } from '../sale/sale.ts'
import { readSaleFile } from '../sale/sale-file.ts'
import { Mistake, jsonCommand, readOptions, required } from './vat/answer.ts'

const usage = 'doorvoer preview --webshop ID --accounting ID --sale FILE [--settings FILE]'

/** What the settings file may hold; everything has the default of a new integration. */
const settingsFile = z.strictObject({
  integration: z.record(z.string(), z.unknown()).default({}),
  accounting: z.record(z.string(), z.unknown()).default({}),
  /** As the accounting system would offer them. */
  choices: z
    .record(z.string(), z.array(z.object({ value: z.string(), label: z.string().default('') })))
    .default({}),
  /** What VIES says of the buyer's number. */
  vies: z.enum(['valid', 'invalid', 'silent']).default('silent'),
  /** The traits of a debtor that exists; absent: a new one. */
  debtor: z.record(z.string(), z.string()).optional(),
  /** Remote ids of products by code. */
  products: z.record(z.string(), z.string()).default({}),
})

const readJson = async (file: string, option: string): Promise<unknown> => {
  const text = await readFile(file, 'utf8').catch((error: unknown) => {
    throw new Mistake(`--${option}: ${(error as Error).message}`)
  })
  try {
    return JSON.parse(text) as unknown
  } catch {
    throw new Mistake(`--${option}: ${file} is no JSON`)
  }
}

const connectorOf = <T extends { id: string }>(
  all: readonly T[],
  id: string,
  option: string,
): T => {
  const found = all.find((each) => each.id === id)
  if (found !== undefined) return found
  throw new Mistake(
    `--${option} "${id}" is unknown; there are: ${all.map((each) => each.id).join(', ')}`,
  )
}

const parsed = <T>(schema: z.ZodType<T>, value: unknown, option: string): T => {
  const read = schema.safeParse(value)
  if (read.success) return read.data
  const [issue] = read.error.issues
  throw new Mistake(`--${option}: ${issue?.path.join('.') ?? ''} ${issue?.message ?? ''}`)
}

type SaleRead = { is: 'sale'; sale: Sale } | { is: 'refused'; reason: Reason }

/**
 * The sale of a file: the shop's raw answer where the connector reads one, else the canonical shape. One that can't
 * be read is refused with a code like any other: that is no mistake of whoever asks.
 */
const saleOf = (webshop: WebshopConnector, value: unknown): SaleRead => {
  const isCanonical =
    typeof value === 'object' && value !== null && 'lines' in value && 'ref' in value
  if (!isCanonical) {
    try {
      return { is: 'sale', sale: webshop.readAnswer(value) }
    } catch (error) {
      if (!(error instanceof Trouble)) throw error
      return { is: 'refused', reason: error.reason }
    }
  }
  const read = readSaleFile(value)
  if (read.is === 'sale') return read
  const code = read.isAmount ? 'VAT_AMOUNT_UNREADABLE' : 'INPUT_INVALID'
  return { is: 'refused', reason: reason(code, { field: read.field }) }
}

const inWords = (reason: Reason) => ({ ...reason, ...explain(reason.code, reason.params, 'en') })

const undrafted = (is: 'open' | 'refused', why: Reason): object => ({
  is,
  reason: inWords(why),
  draft: null,
  totals: null,
  checks: [],
  reasons: [],
})

/** What would be booked, from values alone: the same functions as in the engine. */
const previewOf = (
  sale: Sale,
  accounting: AccountingConnector,
  file: z.output<typeof settingsFile>,
): object => {
  const integration = readIntegrationSettings(file.integration)
  const facts = {
    settings: parsed(schemaOf<Fields>(accounting.settings), file.accounting, 'settings') as never,
    choices: file.choices as Choices,
    vatTable: vatTableOf(integration),
    products: file.products,
  }
  const books = booksOf({ connector: accounting, facts })
  const unfit = firstSaleProblem({ sale, books })
  const drafting = makeDraft(sale, draftOptionsOf(integration), file.vies)
  if (unfit !== null) return undrafted('refused', unfit)
  if (drafting.is !== 'drafted') {
    return undrafted(drafting.is === 'hold' ? 'open' : 'refused', drafting.reason)
  }
  const { draft } = drafting
  const verdicts = judge({ sale, draft, books })
  const debtor: Debtor = { id: '', traits: file.debtor ?? accounting.planDebtor(draft, facts) }
  const composed = composeOn(
    { accounting: { connector: accounting, facts } },
    draft,
    debtor,
    file.products,
  )
  const problem =
    verdicts.find((verdict) => verdict.problem !== null)?.problem ??
    (composed.is === 'refused' ? composed.reason : null)
  const shown = composed.is === 'composed' ? composed.draft : draft
  return {
    is: problem === null ? 'booked' : 'refused',
    reason: problem === null ? null : inWords(problem),
    draft: shown,
    totals: shown.totals,
    checks: verdicts.map(({ check, problem: why }) => ({
      check: check.id,
      title: check.title.en,
      is: why === null ? 'passed' : 'failed',
      problem: why === null ? null : inWords(why),
    })),
    reasons: [
      explainRegime(shown).en,
      ...shown.lines.map((line, index) => `line ${index + 1}: ${explainLine(line, shown).en}`),
      ...shown.remarks.map((remark) => explain(remark.code, remark.params, 'en').text),
    ],
    predictedTotal: composed.is === 'composed' ? composed.predictedTotal : null,
    invoice: composed.is === 'composed' ? composed.wire : null,
  }
}

/** `doorvoer preview`: how a sale would be booked, as one JSON object; nothing is asked of anybody. */
export const previewCommand = jsonCommand(async function* (args) {
  const names = ['webshop', 'accounting', 'sale', 'settings'] as const
  const { values, positionals } = readOptions(args, names, usage)
  if (positionals.length > 0)
    throw new Mistake(`"${positionals.join(' ')}" is too much. Usage: ${usage}`)
  const webshop = connectorOf(webshops, required(values.webshop, 'webshop', usage), 'webshop')
  const accounting = connectorOf(
    accountings,
    required(values.accounting, 'accounting', usage),
    'accounting',
  )
  const read = saleOf(webshop, await readJson(required(values.sale, 'sale', usage), 'sale'))
  const given = values.settings === undefined ? {} : await readJson(values.settings, 'settings')
  const settings = parsed(settingsFile, given, 'settings')
  yield read.is === 'sale'
    ? previewOf(read.sale, accounting, settings)
    : undrafted('refused', read.reason)
})
