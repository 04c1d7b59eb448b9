import { z } from 'zod'
import type { HttpAnswer, HttpSilence } from '../../http.ts'

/** A body's own account of what went wrong. */
interface WireError {
  texts: readonly string[]
  /** Numeric codes that the texts stand under; they hold nothing of a customer. */
  codes: readonly string[]
}

const wireError = z.object({
  error: z.union([z.string(), z.array(z.unknown()), z.record(z.string(), z.unknown())]),
})

const textsOf = (values: readonly unknown[]): string[] =>
  values.flatMap((value) => (Array.isArray(value) ? textsOf(value) : [String(value)]))

/** The error of a body: a text, texts, or texts by code (contract §3); null when there is none. */
export const errorOf = (body: string): WireError | null => {
  if (!body.includes('"error"')) return null
  try {
    const { error } = wireError.parse(JSON.parse(body))
    const list = typeof error === 'string' ? [error].filter((text) => text !== '') : error
    const entries = Object.entries(list)
    if (entries.length === 0) return null
    const codes = Array.isArray(list) ? [] : Object.keys(list)
    return {
      texts: textsOf(entries.map(([, text]) => text)),
      codes: codes.filter((code) => /^\d{1,10}$/.test(code)),
    }
  } catch {
    return null
  }
}

const says = (error: WireError, words: RegExp): boolean =>
  error.texts.some((text) => words.test(text))

/** The only way v1 tells that the keys are wrong (contract §2). */
const aboutKeys = /api ?key|security ?code/i
const aboutLimits = /too many (requests|calls)|rate ?limit/i
/** "No sales invoice found" is how v1 says that a list is empty (contract §3). */
const nothingFound = /^no .* found/i
const notThere = /not found|niet gevonden/i

/**
 * v1 answers most failures with 200 (contract §0 point 1). This is the answer with the status that its body
 * deserves, so that everything behind may go by the status: 401 for wrong keys, 429 for too many calls, 422
 * for any other error.
 */
export const honest = <R extends HttpAnswer | HttpSilence>(result: R): R => {
  if (result.is !== 'answer' || result.status >= 500) return result
  const error = errorOf(result.body)
  if (error === null) return result
  if (says(error, aboutKeys)) return { ...result, status: 401 }
  if (says(error, aboutLimits)) return { ...result, status: 429 }
  const isSuccess = result.status >= 200 && result.status <= 299
  return isSuccess ? { ...result, status: 422 } : result
}

/** Whether an honest answer to a list says that it is empty. */
export const saysEmpty = ({ status, body }: HttpAnswer): boolean => {
  const error = status === 422 || status === 404 ? errorOf(body) : null
  return error !== null && says(error, nothingFound)
}

/** Whether an honest answer says that what was asked for is not there: 400, 404, or 200 with an error. */
export const saysNotThere = ({ status, body }: HttpAnswer): boolean => {
  if (status === 404) return true
  const error = status === 400 || status === 422 ? errorOf(body) : null
  return error !== null && (says(error, notThere) || says(error, nothingFound))
}

/** What tells a refusal apart: the codes of the body, else the status of the answer. */
export const codeOf = ({ status, body }: HttpAnswer): string | number =>
  errorOf(body)?.codes.join(', ') || status
