/** The lease was lost: this drain has nothing to say about anything any more. */
export class Overtaken extends Error {
  constructor(bookingId: string) {
    super(`the booking ${bookingId} was taken over`)
    this.name = 'Overtaken'
  }
}

/** A person moved this booking while it was worked on; the others are still ours. */
export class Moved extends Error {
  constructor(bookingId: string) {
    super(`the booking ${bookingId} was moved by somebody else`)
    this.name = 'Moved'
  }
}

/** The database did not carry out, or did not confirm, what was asked: whoever comes next finds out. */
export class DatabaseFailed extends Error {
  constructor(cause: unknown) {
    super('the database failed', { cause })
    this.name = 'DatabaseFailed'
  }
}

/** The result of something asked of the database. @throws DatabaseFailed */
export const asked = <T>(query: Promise<T>): Promise<T> =>
  query.catch((cause: unknown) => {
    throw new DatabaseFailed(cause)
  })

/**
 * Whether an error says that PostgreSQL refused a statement and undid all of it. Everything else (a lost
 * connection, a server that goes down) leaves open whether it was committed.
 */
export const wasUndone = (error: unknown): boolean =>
  // Classes of SQLSTATE that are about the statement: data, integrity, a deadlock, syntax and programs.
  /^(22|23|40|42|P0)/.test(sqlStateOf(error))

/** Whether PostgreSQL refused what the statement carried: it would refuse the same again. */
export const isUnstorable = (error: unknown): boolean => /^(22|23)/.test(sqlStateOf(error))

const sqlStateOf = (error: unknown): string => {
  const cause = error instanceof DatabaseFailed ? error.cause : error
  return cause instanceof Error && 'code' in cause ? String(cause.code) : ''
}
