/** What stands under `error`: texts, or texts by a numeric code (contract §3). */
type ErrorBody = string | readonly string[] | Readonly<Record<string, string>>

type Kind = 'invalid' | 'auth' | 'limit' | 'empty' | 'unknown-path' | 'not-found'

/** An answer of the API that is an error. Its status depends on the version and on switches. */
export class Refusal extends Error {
  readonly kind: Kind
  readonly error: ErrorBody
  /** The member it is about; v2 writes errors by member. */
  readonly field: string

  constructor(kind: Kind, error: ErrorBody, field = '') {
    super(JSON.stringify(error))
    this.name = 'Refusal'
    this.kind = kind
    this.error = error
    this.field = field
  }
}

/** The only code that is known; used for all that is missing (contract §12). */
export const missing = (field: string): Refusal =>
  new Refusal('invalid', { 3000101: `Required field is empty: ${field}` }, field)

/** A value that can't be; code and text are invented (contract §12). */
export const invalid = (field: string): Refusal =>
  new Refusal('invalid', { 3000102: `Invalid value: ${field}` }, field)

export const notFound = (what: string): Refusal => new Refusal('not-found', `${what} not found`)

export const unknownPath = (path: string): Refusal =>
  new Refusal('unknown-path', [`Request not found: ${path}`])
