import { reason, Trouble } from '../../../problems/reason.ts'
import type { Clock } from '../../../world/clock.ts'
import type { HttpAnswer } from '../../http.ts'
import { retryAfterMs, type Recognise } from '../../reading.ts'
import { system } from './system.ts'
import * as wire from './wire.ts'

const rateLimitWaitMs = 60_000

const isHtml = ({ headers, body }: HttpAnswer): boolean =>
  (headers['content-type'] ?? '').includes('html') || /^\s*<(!doctype|html)/i.test(body)

/** The last error of an api2 answer: its status is that of the whole (contract §4.3); null for all others. */
const apiError = ({ body }: HttpAnswer): { code: number; message: string } | null => {
  try {
    return wire.errorBody.parse(JSON.parse(body)).messages.error.at(-1) ?? null
  } catch {
    // No error of Magento's own: then the status and what stands around it have to do.
    return null
  }
}

/** The OAuth problem a refusal names, e.g. `nonce_used`; null when it names none. */
export const oauthProblem = (answer: HttpAnswer): string | null => {
  const told = apiError(answer)?.message ?? answer.body
  return /^oauth_problem=([a-z_]+)/.exec(told)?.[1] ?? null
}

/** "Access denied": to nobody in particular, or to who lacks the right (contract §4.3). */
export const isDenied = (answer: HttpAnswer): boolean =>
  answer.status === 403 && apiError(answer) !== null

/**
 * api2's own words. They are written in its code and never translated, unlike those of Magento 2; the texts
 * are only looked at where the status stands for several things.
 */
const ofApi = (status: number, { message }: { message: string }): Trouble | null => {
  if (/role not found/i.test(message)) {
    return new Trouble('reconnect', reason('ADMIN_ROLE_MISSING', { system }))
  }
  if (status === 403) return new Trouble('reconnect', reason('RIGHT_MISSING', { system, status }))
  // Only lists are asked, and a list that is empty is []: so it is the path that is unknown.
  if (status === 404) return new Trouble('later', reason('SHOP_EXTENSION_MISSING', { system }))
  if (status === 400 && /filtering|ordering/.test(message)) {
    return new Trouble('reconnect', reason('ATTRIBUTES_MISSING', { system, field: 'entity_id' }))
  }
  return null
}

/** Magento's own words and those of the hosts in front of it, where the status alone misleads. */
export const recogniseAt =
  (clock: Clock): Recognise =>
  (answer) => {
    const { status, headers } = answer
    if (status >= 200 && status < 300) return null
    const error = apiError(answer)
    if (error !== null) return ofApi(status, error)
    if (status === 401 && /^basic/i.test(headers['www-authenticate'] ?? '')) {
      return new Trouble('reconnect', reason('PASSWORD_IN_FRONT', { system }))
    }
    if (status === 429) {
      const waitMs = retryAfterMs(answer, clock.now()) ?? rateLimitWaitMs
      return new Trouble('later', reason('RATE_LIMITED', { system }), { retryAfterMs: waitMs })
    }
    if (status === 404) return new Trouble('later', reason('REST_PATH_MISSING', { system }))
    const html = isHtml(answer)
    if (status === 503 && html) {
      return new Trouble('later', reason('SHOP_IN_MAINTENANCE', { system }))
    }
    const isFirewall = html && status >= 400 && status < 500
    return isFirewall ? new Trouble('later', reason('REMOTE_HTML', { system })) : null
  }
