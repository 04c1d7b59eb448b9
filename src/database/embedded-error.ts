/** The embedded database could not be started; the message is for the person at the keyboard. */
export class EmbeddedDatabaseError extends Error {
  readonly code: 'DATABASE_PORT_TAKEN' | 'DATABASE_FOLDER_TAKEN' | 'DATABASE_WILL_NOT_START'
  constructor(code: EmbeddedDatabaseError['code'], message: string, cause?: unknown) {
    super(message, { cause })
    this.name = 'EmbeddedDatabaseError'
    this.code = code
  }
}
