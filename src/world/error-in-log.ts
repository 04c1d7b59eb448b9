/** Causes within causes; further down nothing is learned any more. */
const depthMax = 5

/** What a database error may say besides its words: names of ours. `detail` and `where` quote the row itself. */
const namesOfDatabase = ['code', 'severity', 'table', 'column', 'constraint', 'routine'] as const

export interface LoggedError {
  type: string
  message: string
  stack: string
  cause?: LoggedError
  [name: string]: unknown
}

const isOfDatabase = (error: Error): boolean => 'severity' in error && 'routine' in error

/** PostgreSQL and JSON.parse quote in their messages what they could not take: a person's data, or a secret. */
const wordsOf = (error: Error): string =>
  isOfDatabase(error) || error instanceof SyntaxError
    ? error.message.replace(/"[^"]*"|'[^']*'/g, '…')
    : error.message

const framesOf = (error: Error): string =>
  (error.stack ?? '')
    .split('\n')
    .filter((line) => /^\s+at /.test(line))
    .join('\n')

const logged = (error: unknown, depth: number): LoggedError => {
  if (!(error instanceof Error)) return { type: typeof error, message: '', stack: '' }
  const message = wordsOf(error)
  const type = error.name
  return {
    type,
    message,
    stack: `${type}: ${message}\n${framesOf(error)}`,
    ...('code' in error && { code: error.code }),
    ...(isOfDatabase(error) &&
      Object.fromEntries(
        namesOfDatabase.flatMap((name) => {
          const value = (error as unknown as Record<string, unknown>)[name]
          return value === undefined ? [] : [[name, value]]
        }),
      )),
    ...(error.cause !== undefined && depth < depthMax && { cause: logged(error.cause, depth + 1) }),
  }
}

/**
 * An error as it may stand in a log: what it is and where it came from, never what it was about. Pino's own
 * way copies everything that hangs on an error, and PostgreSQL hangs whole rows on its errors.
 */
export const errorInLog = (error: unknown): LoggedError => logged(error, 1)
