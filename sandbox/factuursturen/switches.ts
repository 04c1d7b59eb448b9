/** Choices where the real behaviour is not known, or where an account may differ. */
export interface Switches {
  /** GET of an id that is not there: 404, the whole list with 200, or by kind of id (contract 7.1). */
  unknownId: 'split' | 'not-found' | 'list'
  /** Which paging parameter is listened to; the other is ignored (contract 1.5). */
  paging: 'both' | 'start' | 'offset'
  searchMatch: 'substring' | 'exact'
  /** Whether the lines of `reference` are searched, in `all` and by name (contract 6). */
  searchReference: boolean
  /** A search that finds nothing: `[]` or 404 (contract 2.4). */
  searchNothing: 'empty' | 'not-found'
  /** A value longer than its field (contract 2.2). */
  tooLong: 'refuse' | 'cut'
  /** A tax rate the account does not have (contract 3.5). */
  unknownTaxRate: 'refuse' | 'accept'
  /** A country name or id that is not in the list (contract 2.2, 8). */
  unknownCountry: 'refuse' | 'home'
  /** Whether an answer without `Accept: application/json` is XML (contract 1). */
  xmlWithoutAccept: boolean
  /** Whether VAT is rounded per rate or per line (contract 3.5). */
  vatRounding: 'rate' | 'line'
  /** Whether line totals are rounded to the cent before they are added. */
  lineTotals: 'cents' | 'exact'
  /** What becomes of `sent` on create (contract 3.2, 8). */
  sentOnCreate: 'take' | 'ignore' | 'refuse'
  /** Whether a create answers the number with its layout or only its digits (contract 3.1). */
  createAnswer: 'layout' | 'digits'
  /** The one key around GET /invoices_saved/{id} (contract 1.2). */
  draftKey: 'invoice' | 'invoices_saved' | 'invoice_saved'
  /** Fields of newer models on clients: address_addon, addon, email_reminder, timestamp. */
  newerClientFields: boolean
  /** How long a create that succeeded waits with its answer, in milliseconds. */
  delayAfterCommitMs: number
}

/** The likeliest behaviour, and where nothing is likelier the one a client notices most. */
export const defaultSwitches: Switches = {
  unknownId: 'split',
  paging: 'both',
  searchMatch: 'substring',
  searchReference: true,
  searchNothing: 'empty',
  tooLong: 'refuse',
  unknownTaxRate: 'refuse',
  unknownCountry: 'refuse',
  xmlWithoutAccept: true,
  vatRounding: 'rate',
  lineTotals: 'cents',
  sentOnCreate: 'take',
  createAnswer: 'layout',
  draftKey: 'invoice',
  newerClientFields: false,
  delayAfterCommitMs: 0,
}

const allowed: { [name in keyof Switches]: readonly Switches[name][] | 'milliseconds' } = {
  unknownId: ['split', 'not-found', 'list'],
  paging: ['both', 'start', 'offset'],
  searchMatch: ['substring', 'exact'],
  searchReference: [true, false],
  searchNothing: ['empty', 'not-found'],
  tooLong: ['refuse', 'cut'],
  unknownTaxRate: ['refuse', 'accept'],
  unknownCountry: ['refuse', 'home'],
  xmlWithoutAccept: [true, false],
  vatRounding: ['rate', 'line'],
  lineTotals: ['cents', 'exact'],
  sentOnCreate: ['take', 'ignore', 'refuse'],
  createAnswer: ['layout', 'digits'],
  draftKey: ['invoice', 'invoices_saved', 'invoice_saved'],
  newerClientFields: [true, false],
  delayAfterCommitMs: 'milliseconds',
}

const delayMsMax = 600_000

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
  if (choices === 'milliseconds') {
    if (typeof choice === 'number' && choice >= 0 && choice <= delayMsMax) return
    throw new Error(`${name} must be a number from 0 to ${delayMsMax}`)
  }
  if (!(choices as readonly unknown[]).includes(choice)) {
    throw new Error(`${name} must be one of: ${choices.join(', ')}`)
  }
}
