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

type Answered = (error: Error | null | undefined, result?: unknown) => void

interface Question {
  text: unknown
  values: unknown[] | undefined
  answered: Answered | undefined
}

/** What pg lets one ask: a text, or an object with one; its values or not; a callback or none. */
const questionOf = ([text, second, third]: unknown[]): Question => ({
  text,
  values: Array.isArray(second) ? second : undefined,
  answered: [second, third].find((each) => typeof each === 'function') as Answered | undefined,
})

/** A stream, e.g. a copy of a table: it tells its answer itself, and takes as long as it takes. */
const isStream = (text: unknown): boolean =>
  typeof text === 'object' && text !== null && 'submit' in text

/**
 * A connection that lets PostgreSQL keep its plans. Planning a statement takes as long as carrying it out, and
 * there are few of them (docs/performance.md).
 *
 * One on which an answer stays out for `query_timeout` milliseconds is of no use to anybody: it is cut, or a pool
 * would hand it out again and again. What it was about to do PostgreSQL undoes, or has done; nobody knows.
 *
 * The time is kept here and not by pg, which would hang a function on each query: V8 puts such a function among
 * the old objects at once, where it keeps the query and all its rows until the next full collection. Three quarters
 * of what outlived a sale was that.
 */
export class PreparingClient extends pg.Client {
  readonly #answerMsMax: number

  constructor(config: pg.ClientConfig = {}) {
    super({ ...config, query_timeout: 0 })
    this.#answerMsMax = config.query_timeout ?? 0
  }

  override query(...args: unknown[]): never {
    if (isStream(args[0])) return (super.query as (...given: unknown[]) => never).apply(this, args)
    const question = questionOf(args)
    if (question.answered !== undefined) {
      this.#ask(question, question.answered)
      return undefined as never
    }
    const answer = new Promise((resolve, reject) => {
      this.#ask(question, (error, result) => {
        if (error) reject(error)
        else resolve(result)
      })
    })
    return answer.catch((error: unknown) => {
      // From here its trace leads to whoever asked; where it was made, to the socket.
      if (error instanceof Error) Error.captureStackTrace(error)
      throw error
    }) as never
  }

  #ask({ text, values }: Question, answered: Answered): void {
    const name = typeof text === 'string' && values !== undefined ? nameOf(text) : null
    const asked = name === null ? text : { name, text, values }
    const ask = (done: Answered) =>
      (super.query as (...given: unknown[]) => unknown).call(this, asked, values, done)
    if (this.#answerMsMax === 0) {
      ask(answered)
      return
    }
    let isLate = false
    // First, so that what pg refuses to ask leaves no time running.
    ask((error, result) => {
      clearTimeout(timer)
      if (!isLate) answered(error, result)
    })
    const timer = setTimeout(() => {
      isLate = true
      answered(new Error('Query read timeout'))
      // With a statement under way this closes the connection at once.
      void this.end().catch(() => undefined)
    }, this.#answerMsMax)
  }
}
