/** Choices where the real behaviour is not known, or where it was seen to differ (contract 7, 8). */
export interface Switches {
  /** Ids in answers: text as recorded in 2017, numbers as on the vendor's pages of today (1.1). */
  ids: 'text' | 'numbers'
  /** Malformed JSON is answered with 200 and the error in the body (1.3). */
  maskedErrors: boolean
  /** Fields that a filter silently ignores, so that every row comes back. */
  ignoredFilters: readonly string[]
  /** Fields that a filter is refused on. */
  refusedFilters: readonly string[]
  /** A field in a filter that does not exist at all (7.5). */
  unknownFilter: 'refuse' | 'ignore'
  /** Whether `=` in a filter tells upper and lower case apart (1.5). */
  filterCase: 'insensitive' | 'sensitive'
  /** Whether `skip` and `take` are listened to. */
  paging: 'both' | 'take' | 'none'
  /** Text in answers carries trailing blanks, as one recorded e-mail field did (1.1). */
  trailingBlanks: boolean
  /** Text in answers comes as HTML. Not in the contract; common among systems of that age. */
  htmlEntities: boolean
  /** GET /invoices without a filter answers 500, as on one large account (1.5). */
  largeAccount: boolean
  /** What `amount can not be 0.00` is about (3.2). */
  zeroAmount: 'payments' | 'items' | 'both' | 'allowed'
  /** Whether a price incl. VAT is added up as such, or becomes a net price of six decimals first. */
  grossArithmetic: 'gross' | 'net'
  /** Whether an item's total is rounded to the cent before it is added. */
  lineTotals: 'exact' | 'cents'
  /** Decimals of a unit price that are kept; the rest is rounded away (3.2). */
  priceDecimals: number
  /** A percentage that is none of the account's and not 0 (3.4). */
  unknownTaxRate: 'refuse' | 'accept'
  /** Whether an invoice can be made for an archived client (2.2). */
  archivedClients: 'accept' | 'refuse'
  /** Characters in `phone_number`; the real maximum is unknown (2.1). */
  phoneLength: number
  /** Characters in `reference`; the real maximum is unknown (3.1). */
  referenceLength: number
  /** Which shapes `taxes` has in the settings (4). */
  taxShapes: 'both' | 'codes' | 'numbered'
  /** How the block after a burst shows (1.4). */
  blockStatus: 429 | 403
  /** How long a create that succeeded waits with its answer, in milliseconds. */
  delayAfterCommitMs: number
}

/** The likeliest behaviour, and where nothing is likelier the one a client notices most. */
export const defaultSwitches: Switches = {
  ids: 'text',
  maskedErrors: true,
  ignoredFilters: [],
  refusedFilters: [],
  unknownFilter: 'refuse',
  filterCase: 'insensitive',
  paging: 'both',
  trailingBlanks: false,
  htmlEntities: false,
  largeAccount: false,
  zeroAmount: 'payments',
  grossArithmetic: 'gross',
  lineTotals: 'cents',
  priceDecimals: 6,
  unknownTaxRate: 'refuse',
  archivedClients: 'accept',
  phoneLength: 20,
  referenceLength: 255,
  taxShapes: 'both',
  blockStatus: 429,
  delayAfterCommitMs: 0,
}

type Allowed = readonly unknown[] | 'names' | { min: number; max: number }

const allowed: { [name in keyof Switches]: Allowed } = {
  ids: ['text', 'numbers'],
  maskedErrors: [true, false],
  ignoredFilters: 'names',
  refusedFilters: 'names',
  unknownFilter: ['refuse', 'ignore'],
  filterCase: ['insensitive', 'sensitive'],
  paging: ['both', 'take', 'none'],
  trailingBlanks: [true, false],
  htmlEntities: [true, false],
  largeAccount: [true, false],
  zeroAmount: ['payments', 'items', 'both', 'allowed'],
  grossArithmetic: ['gross', 'net'],
  lineTotals: ['exact', 'cents'],
  priceDecimals: { min: 2, max: 6 },
  unknownTaxRate: ['refuse', 'accept'],
  archivedClients: ['accept', 'refuse'],
  phoneLength: { min: 5, max: 200 },
  referenceLength: { min: 5, max: 1000 },
  taxShapes: ['both', 'codes', 'numbered'],
  blockStatus: [429, 403],
  delayAfterCommitMs: { min: 0, max: 600_000 },
}

/**
 * Reads a change to the switches from a control request's body.
 * @throws Error with one readable line.
 */
export function readSwitches(value: unknown): Partial<Switches> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new Error('send an object of switches')
  }
  for (const [name, choice] of Object.entries(value)) checkSwitch(name, choice)
  return value
}

function checkSwitch(name: string, choice: unknown): void {
  const choices = Object.entries(allowed).find(([known]) => known === name)?.[1]
  if (choices === undefined) {
    throw new Error(`no switch ${name}; there are: ${Object.keys(allowed).join(', ')}`)
  }
  if (choices === 'names') {
    if (Array.isArray(choice) && choice.every((each) => typeof each === 'string')) return
    throw new Error(`${name} must be a list of field names`)
  }
  if ('min' in choices) {
    const { min, max } = choices
    if (Number.isInteger(choice) && Number(choice) >= min && Number(choice) <= max) return
    throw new Error(`${name} must be a whole number from ${min} to ${max}`)
  }
  if (!choices.includes(choice)) throw new Error(`${name} must be one of: ${choices.join(', ')}`)
}
