import { reason, Trouble, type Reason } from '../../../problems/reason.ts'
import type { Clock } from '../../../world/clock.ts'
import type { HttpAnswer } from '../../http.ts'
import { retryAfterMs, type Recognise } from '../../reading.ts'
import { system } from './system.ts'
import * as wire from './wire.ts'

const rateLimitWaitMs = 60_000

const isHtml = ({ headers, body }: HttpAnswer): boolean =>
  (headers['content-type'] ?? '').includes('html') || /^\s*<(!doctype|html)/i.test(body)

const parametersOf = ({ body }: HttpAnswer): unknown[] | Record<string, unknown> | undefined => {
  try {
    return wire.errorBody.parse(JSON.parse(body)).parameters
  } catch {
    // No error of Magento's: then the status and what stands around it have to do.
    return undefined
  }
}

/**
 * The right a refusal names, e.g. Magento_Sales::sales_invoice. The same answer is given to nobody in
 * particular: a stripped header, a switched-off integration (contract §4.6). null for all other refusals.
 */
export const missingRight = (answer: HttpAnswer): string | null => {
  if (answer.status !== 401) return null
  const parameters = parametersOf(answer)
  const named = Array.isArray(parameters) ? undefined : parameters?.['resources']
  return typeof named === 'string' ? named : null
}

/** The nonce was used: an earlier copy of this request arrived. Recognised by its list of one number. */
export const isNonceUsed = (answer: HttpAnswer): boolean =>
  answer.status === 401 && Array.isArray(parametersOf(answer))

const later = (why: Reason) => new Trouble('later', why)

/**
 * Magento's own words and those of the hosts in front of it, where the status alone misleads. Texts are
 * translated by shops, so none is read: only statuses, types and which places a text has.
 */
export const recogniseAt =
  (clock: Clock): Recognise =>
  (answer) => {
    const { status, headers } = answer
    if (status >= 200 && status < 300) return null
    const html = isHtml(answer)
    const right = missingRight(answer)
    if (right !== null) {
      return new Trouble('reconnect', reason('RIGHT_MISSING', { system, status: right }))
    }
    if (status === 401 && /^basic/i.test(headers['www-authenticate'] ?? '')) {
      return new Trouble('reconnect', reason('PASSWORD_IN_FRONT', { system }))
    }
    if (status === 429) {
      const waitMs = retryAfterMs(answer, clock.now()) ?? rateLimitWaitMs
      return new Trouble('later', reason('RATE_LIMITED', { system }), { retryAfterMs: waitMs })
    }
    // An answer of a list is never "not found": then /rest itself is not there (contract §8).
    if (status === 404) return later(reason('REST_PATH_MISSING', { system }))
    if (status === 503 && html) return later(reason('SHOP_IN_MAINTENANCE', { system }))
    return html && status >= 400 && status < 500 ? later(reason('REMOTE_HTML', { system })) : null
  }
