/** Choices where the real behaviour is not known (contract §13, §14). */
export interface Switches {
  /** What becomes of the old pair when a refresh gives a new one (§2). */
  oldRefreshToken: 'revoke-now' | 'revoke-on-first-use' | 'keep'
  /** Status of `invalid_grant`; older Doorkeeper says 401 (§2). */
  invalidGrantStatus: 400 | 401
  /** Whether `state` comes back from the consent page (§2). */
  returnsState: boolean
  /** Whether a code that was asked for with a PKCE challenge needs its verifier (§2). */
  checksPkce: boolean
  /** Members outside the tables of a body (§0 point 6). */
  unknownMembers: 'refuse' | 'ignore'
  /** Status of `client.parameters.…` other than validation (§3). */
  parameterStatus: 400 | 422
  /** Case of the exact match on an e-mail address (§7). */
  emailCase: 'sensitive' | 'insensitive'
  /** How `search[api_reference]` matches (§10). */
  referenceSearch: 'exact' | 'prefix'
  /** Whether deleting a concept frees its api_reference (§10). */
  deletedReference: 'free' | 'kept'
  /** Whether a product code may be there once only (§8). */
  productCodeUnique: boolean
  /** Case of the match on a product code (§8). */
  productCodeCase: 'sensitive' | 'insensitive'
  /** The manual: "only accepts SKUs consisting of numbers/letters"; the document does not say so. */
  productCodeCharacters: 'any' | 'letters-digits'
  /** Order of lists (§5). */
  order: 'newest' | 'oldest'
  /** Whether `accounts` takes paging parameters, or answers 400 to them (§11). */
  accountsPaging: 'allow' | 'refuse'
  /** Where VAT is rounded (§9). */
  rounding: 'line' | 'rate' | 'rounded-net'
  /** Whether the plan's limit is reached: creates are answered 403 (§3). */
  quotaReached: boolean
}

/** The likeliest behaviour, and where nothing is likelier the one a client notices most. */
export const defaultSwitches: Switches = {
  oldRefreshToken: 'revoke-now',
  invalidGrantStatus: 400,
  returnsState: true,
  checksPkce: true,
  unknownMembers: 'refuse',
  parameterStatus: 400,
  emailCase: 'sensitive',
  referenceSearch: 'exact',
  deletedReference: 'free',
  productCodeUnique: false,
  productCodeCase: 'sensitive',
  productCodeCharacters: 'any',
  order: 'newest',
  accountsPaging: 'allow',
  rounding: 'line',
  quotaReached: false,
}

const allowed: { [name in keyof Switches]: readonly Switches[name][] } = {
  oldRefreshToken: ['revoke-now', 'revoke-on-first-use', 'keep'],
  invalidGrantStatus: [400, 401],
  returnsState: [true, false],
  checksPkce: [true, false],
  unknownMembers: ['refuse', 'ignore'],
  parameterStatus: [400, 422],
  emailCase: ['sensitive', 'insensitive'],
  referenceSearch: ['exact', 'prefix'],
  deletedReference: ['free', 'kept'],
  productCodeUnique: [true, false],
  productCodeCase: ['sensitive', 'insensitive'],
  productCodeCharacters: ['any', 'letters-digits'],
  order: ['newest', 'oldest'],
  accountsPaging: ['allow', 'refuse'],
  rounding: ['line', 'rate', 'rounded-net'],
  quotaReached: [true, false],
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
    const choices: readonly unknown[] | undefined = Object.entries(allowed).find(
      ([known]) => known === name,
    )?.[1]
    if (choices === undefined) {
      throw new Error(`no switch ${name}; there are: ${Object.keys(allowed).join(', ')}`)
    }
    if (!choices.includes(choice)) throw new Error(`${name} must be one of: ${choices.join(', ')}`)
  }
  return value
}
