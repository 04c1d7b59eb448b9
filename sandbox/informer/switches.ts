/** Choices where the real behaviour is not known (contract §12, §13). */
export interface Switches {
  /** Whether v1 answers failures with 200, as clients saw; else with 400 (§3). */
  errorsAs200: boolean
  /** What v1 answers to wrong keys: 200 with an error, 401 or 400 (§2). */
  authFailure: 200 | 401 | 400
  /** What a call over the limit gets (§4). */
  limitAnswer: 429 | 200
  /** Whether a call over the limit is told in Retry-After how long to wait (§4). */
  retryAfter: boolean
  /** The spelling of `tax_option`, `tax_id`, `total_price_incl_tax`… in sales invoices (§7). */
  fieldNames: 'tax' | 'vat'
  /** Whether v1 writes numbers as texts or as numbers (§5). */
  numbers: 'texts' | 'numbers'
  /** What PHP makes of an empty map (§5). */
  emptyMap: 'object' | 'list'
  /** What an empty list answers (§3). */
  emptyList: 'error' | 'map'
  /** Whether `"error": []` stands beside the data (§3). */
  emptyError: boolean
  /** How the id of something new is written (§6, §7). */
  idEcho: 'number' | 'text'
  /** Whether `search` of relations looks through e-mail addresses too (§6). */
  searchCoversEmail: boolean
  /** Whether `last_edit` includes the day itself (§6). */
  lastEditInclusive: boolean
  /** Whether the list of invoices has drafts in it when no filter is given (§7). */
  draftsInDefaultList: boolean
  /** Order of lists (§6). */
  order: 'ascending' | 'descending'
  /** The largest page; who asks for more gets this (§6). */
  maxRecords: number
  /** The key of the payment conditions: what clients read, or what the document says (§8). */
  paymentConditionsKey: 'payment_conditions' | 'paymentconditions'
  /** Whether required texts may be '' as long as they are there (§6). */
  emptyRequired: 'accept' | 'refuse'
  /** Whether a relation number may be there twice in v1 (§13). */
  duplicateRelationNumber: 'refuse' | 'accept'
  /** Whether a quantity may have a fraction (§7). */
  fractionalQuantity: 'accept' | 'refuse'
  /** How a line may be below zero: by its quantity, by its amount, or both ways (§9). */
  negatives: 'both' | 'quantity' | 'amount'
  /** Where VAT is rounded (§9). */
  vatRounding: 'rate' | 'line'
  /** Whether a line is rounded to the cent before it is added (§9). */
  lineTotals: 'cents' | 'exact'
  /** What becomes of the date of an invoice when it is sent (§0 point 6). */
  dateOnSend: 'keep' | 'today'
  /** Whether the key of v1 opens v2 (§1). */
  v2SameKey: boolean
}

/** The likeliest behaviour, and where nothing is likelier the one a client notices most. */
export const defaultSwitches: Switches = {
  errorsAs200: true,
  authFailure: 200,
  limitAnswer: 429,
  retryAfter: false,
  fieldNames: 'tax',
  numbers: 'texts',
  emptyMap: 'object',
  emptyList: 'error',
  emptyError: false,
  idEcho: 'number',
  searchCoversEmail: false,
  lastEditInclusive: true,
  draftsInDefaultList: true,
  order: 'ascending',
  maxRecords: 500,
  paymentConditionsKey: 'payment_conditions',
  emptyRequired: 'accept',
  duplicateRelationNumber: 'refuse',
  fractionalQuantity: 'accept',
  negatives: 'both',
  vatRounding: 'rate',
  lineTotals: 'cents',
  dateOnSend: 'today',
  v2SameKey: true,
}

const flag = [true, false] as const

/** The choices of each switch; 'count' is a whole number from 1. */
const allowed: { [name in keyof Switches]: readonly Switches[name][] | 'count' } = {
  errorsAs200: flag,
  authFailure: [200, 401, 400],
  limitAnswer: [429, 200],
  retryAfter: flag,
  fieldNames: ['tax', 'vat'],
  numbers: ['texts', 'numbers'],
  emptyMap: ['object', 'list'],
  emptyList: ['error', 'map'],
  emptyError: flag,
  idEcho: ['number', 'text'],
  searchCoversEmail: flag,
  lastEditInclusive: flag,
  draftsInDefaultList: flag,
  order: ['ascending', 'descending'],
  maxRecords: 'count',
  paymentConditionsKey: ['payment_conditions', 'paymentconditions'],
  emptyRequired: ['accept', 'refuse'],
  duplicateRelationNumber: ['refuse', 'accept'],
  fractionalQuantity: ['accept', 'refuse'],
  negatives: ['both', 'quantity', 'amount'],
  vatRounding: ['rate', 'line'],
  lineTotals: ['cents', 'exact'],
  dateOnSend: ['keep', 'today'],
  v2SameKey: flag,
}

/**
 * Reads a change to the switches from a control request's body.
 * @throws Error with one readable line.
 */
export function readSwitches(value: unknown): Partial<Switches> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new Error('send an object of switches')
  }
  for (const [name, choice] of Object.entries(value)) {
    const choices: readonly unknown[] | 'count' | undefined = Object.entries(allowed).find(
      ([known]) => known === name,
    )?.[1]
    if (choices === undefined) {
      throw new Error(`no switch ${name}; there are: ${Object.keys(allowed).join(', ')}`)
    }
    if (choices === 'count') {
      if (!Number.isInteger(choice) || Number(choice) < 1) {
        throw new Error(`${name} must be a whole number from 1`)
      }
    } else if (!choices.includes(choice)) {
      throw new Error(`${name} must be one of: ${choices.join(', ')}`)
    }
  }
  return value
}
