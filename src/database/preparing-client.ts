import { createHash } from 'node:crypto'
import pg from 'pg'

/** More than we have; beyond it a statement is planned at every call, as ever. */
const namesMax = 500

const names = new Map<string, string>()

/**
 * The name to prepare a statement under; null for one that is not worth it, or not safe: after a migration
 * of a newer version beside us, PostgreSQL refuses a prepared `select *` because its columns changed.
 * Whatever names its columns is kept.
 */
const nameOf = (text: string): string | null => {
  const known = names.get(text)
  if (known !== undefined) return known
  if (
    names.size >= namesMax ||
    !/^\s*(with|insert|update|select)\b/i.test(text) ||
    /^\s*select\b.*\*.*\bfrom\b|returning \*/is.test(text)
  ) {
    return null
  }
  const name = createHash('sha256').update(text).digest('base64url').slice(0, 20)
  names.set(text, name)
  return name
}

/** A promise of an answer; something else where a callback or a stream gets it. */
type Answer = Partial<Promise<unknown>> | undefined

/** As pg says it; the connection itself it leaves as it is. */
const isLate = (error: unknown): boolean =>
  error instanceof Error && error.message === 'Query read timeout'

/**
 * A connection that lets PostgreSQL keep its plans. Planning a statement takes as long as carrying it out, and
 * there are few of them (docs/performance.md).
 *
 * One on which an answer stays out is of no use to anybody: it is cut, or a pool would hand it out again and
 * again. What it was about to do PostgreSQL undoes, or has done; nobody knows.
 */
export class PreparingClient extends pg.Client {
  override query(...args: unknown[]): never {
    const [text, values] = args
    const name = typeof text === 'string' && Array.isArray(values) ? nameOf(text) : null
    const asked = name === null ? args : [{ name, text, values }, ...args.slice(2)]
    const answer = (super.query as (...given: unknown[]) => Answer).apply(this, asked)
    answer?.catch?.((error: unknown) => {
      // With a statement under way this closes the connection at once.
      if (isLate(error)) void this.end().catch(() => undefined)
    })
    return answer as never
  }
}
