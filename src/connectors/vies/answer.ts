import type { HttpAnswer, HttpSilence, SilenceCause } from '../http.ts'
import { retryAfterMs } from '../reading.ts'
import { inViesWords, wireBody, type ViesNumber, type WireBody } from './wire.ts'

/** Codes that say "not now". They, and nothing else of what VIES says, get into reasons and logs. */
type DownCode = keyof typeof downCodes

/** Why there is no answer. */
type SilentCause =
  | SilenceCause
  | DownCode
  /** A code that we do not know. Its text is not kept: it may hold anything. */
  | 'unknown-code'
  | 'not-json'
  /** JSON, but neither an answer nor an error. */
  | 'shape'
  /** It says valid and invalid at once. */
  | 'contradiction'
  /** It answers about a number that was not asked. */
  | 'other-number'

/** What one answer of VIES, or the lack of one, says. Silence says nothing about the number. */
export type Reading =
  | {
      is: 'valid' | 'invalid'
      checkedAt: Date
      consultationNumber: string | null
      name: string | null
      address: string | null
    }
  | { is: 'impossible' }
  | { is: 'requester-refused' }
  | { is: 'number-blocked' }
  | { is: 'ip-blocked' }
  | {
      is: 'silent'
      cause: SilentCause
      blame: 'vies' | 'state' | 'network'
      /** Too many questions at once, by us or by others: passes sooner than a failure. */
      overload: boolean
      /** How long we were asked to wait, if we were. */
      askedToWaitMs: number | null
    }

/** Who does not answer, per code (contracts/vat.md §1.4). */
const downCodes = {
  GLOBAL_MAX_CONCURRENT_REQ: { blame: 'vies', overload: true },
  GLOBAL_MAX_CONCURRENT_REQ_TIME: { blame: 'vies', overload: true },
  MS_MAX_CONCURRENT_REQ: { blame: 'state', overload: true },
  MS_MAX_CONCURRENT_REQ_TIME: { blame: 'state', overload: true },
  SERVICE_UNAVAILABLE: { blame: 'vies', overload: false },
  SERVER_BUSY: { blame: 'vies', overload: false },
  TECHNICAL_ERROR: { blame: 'vies', overload: false },
  IO_ERROR: { blame: 'vies', overload: false },
  MS_UNAVAILABLE: { blame: 'state', overload: false },
  // VIES got no reply from the state in time.
  TIMEOUT: { blame: 'state', overload: false },
} as const

const isDownCode = (code: string): code is DownCode => Object.hasOwn(downCodes, code)

const silent = (
  cause: SilentCause,
  blame: 'vies' | 'state' | 'network' = 'vies',
  overload = false,
): Reading => ({ is: 'silent', cause, blame, overload, askedToWaitMs: null })

/** Every code of a body that is not a verdict. */
const codesOf = (body: WireBody): string[] => {
  const wrapped = (body.errorWrappers ?? []).map(({ error }) => error.trim().toUpperCase())
  const user = body.userError?.trim().toUpperCase() ?? ''
  return ['', 'VALID', 'INVALID'].includes(user) ? wrapped : [...wrapped, user]
}

const readCodes = (codes: readonly string[], valid: boolean): Reading => {
  if (codes.includes('IP_BLOCKED')) return { is: 'ip-blocked' }
  if (codes.includes('VAT_BLOCKED')) return { is: 'number-blocked' }
  if (codes.includes('INVALID_REQUESTER_INFO')) return { is: 'requester-refused' }
  // Final for the merchant, so only when nothing else is said.
  if (codes.every((code) => code === 'INVALID_INPUT')) {
    return valid ? silent('contradiction') : { is: 'impossible' }
  }
  const known = codes.find(isDownCode)
  if (known === undefined) return silent('unknown-code')
  return silent(known, downCodes[known].blame, downCodes[known].overload)
}

/** A number as compared: without separators, prefix and leading zeros, which VIES may treat its own way. */
const bare = (number: string, country: string): string => {
  const plain = number.toUpperCase().replace(/[^A-Z0-9+*]/g, '')
  return (plain.startsWith(country) ? plain.slice(country.length) : plain).replace(/^0+/, '')
}

/** Whether the answer names another number than the one asked. An answer that names none is taken for ours. */
const isAboutAnother = (body: WireBody, asked: ViesNumber): boolean => {
  const named = inViesWords({
    country: body.countryCode?.trim() || asked.country,
    number: body.vatNumber?.trim() || asked.number,
  })
  return (
    named.country !== asked.country ||
    bare(named.number, named.country) !== bare(asked.number, asked.country)
  )
}

const clockDifferenceMsMax = 10 * 60_000

/** The moment VIES gives; ours when it gives none, only a day, or one that can't be. */
const momentOf = (requestDate: string | null | undefined, now: Date): Date => {
  const given = new Date(requestDate ?? '')
  return Math.abs(given.getTime() - now.getTime()) <= clockDifferenceMsMax ? given : now
}

/** `---` stands for what the state does not disclose. Whatever can't be stored as text is left out. */
const disclosed = (text: string | null | undefined, lengthMax: number): string | null => {
  const clean = (text ?? '')
    .slice(0, lengthMax)
    .toWellFormed()
    .replace(/[\p{Cc}--\n]/gv, '')
    .trim()
  return /^-*$/.test(clean) ? null : clean
}

const consultationNumberOf = (text: string | null | undefined): string | null =>
  /^[\w.:/-]{1,64}$/.exec(text?.trim() ?? '')?.[0] ?? null

const readBody = (body: WireBody, asked: ViesNumber, now: Date): Reading => {
  const codes = codesOf(body)
  const refused = body.actionSucceed === false
  if (codes.length > 0) return readCodes(codes, body.valid === true && !refused)
  if (refused || typeof body.valid !== 'boolean') return silent('shape')

  const verdict = body.valid ? 'valid' : 'invalid'
  const user = body.userError?.trim().toLowerCase() ?? ''
  if (user !== '' && user !== verdict) return silent('contradiction')
  if (isAboutAnother(body, asked)) return silent('other-number')
  return {
    is: verdict,
    checkedAt: momentOf(body.requestDate, now),
    consultationNumber: consultationNumberOf(body.requestIdentifier),
    name: disclosed(body.name, 500),
    address: disclosed(body.address, 1_000),
  }
}

/** An answer has a few hundred bytes; the page of a firewall may have many. */
const bodyCharactersMax = 256 * 1024

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/**
 * Reads what came back. The body decides, never the status: the same error has been seen with 200, 400 and
 * 5xx (contracts/vat.md §1.1). Whatever is not surely an answer about the number asked is silence.
 */
export const readAnswer = (
  result: HttpAnswer | HttpSilence,
  asked: ViesNumber,
  now: Date,
): Reading => {
  if (result.is === 'silence') return silent(result.cause, 'network')
  if (result.body.length > bodyCharactersMax) return silent('too-large')
  const json = parsed(result.body)
  const checked = wireBody.safeParse(json)
  const reading = checked.success
    ? readBody(checked.data, asked, now)
    : silent(json === undefined ? 'not-json' : 'shape')
  return reading.is === 'silent'
    ? { ...reading, askedToWaitMs: retryAfterMs(result, now) ?? null }
    : reading
}
