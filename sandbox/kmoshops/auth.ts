import { type SandboxRequest } from '../kit/server.ts'
import { type Key, type Keys } from './keys.ts'
import { type ApiAnswer, failure } from './resource.ts'
import { officialMoment, readMoment, sameHash, sign, signMessage } from './signing.ts'
import { type World } from './world.ts'

/**
 * Checks who is calling (contract section 4). The hash is taken over the path, query and body exactly
 * as they came in, and over the date as it was sent.
 */
export function authenticate(world: World, keys: Keys, request: SandboxRequest): Key | ApiAnswer {
  const { headers } = world.switches.dialect
  const header = (name: string) => {
    const value = request.headers[name]
    return typeof value === 'string' ? value : ''
  }
  const key = keys.find(header(headers.public))
  if (key === undefined) return failure('401.20', 'Unknown public key')

  const date = header(headers.date)
  const { method, rawUrl: pathWithQuery, body } = request
  const expected = signMessage(key, { method, pathWithQuery, body, date })
  if (!sameHash(expected, header(headers.hash))) return failure('401.10', 'Invalid hash')

  const time = readMoment(date)
  const skewMs = world.switches.clockSkewMinutes * 60_000
  const stale = time === undefined || Math.abs(world.now().getTime() - time) > skewMs
  return stale ? failure('401.30', 'Date is missing, unreadable or stale') : key
}

/**
 * The signature headers of an answer. The official SDK checks them on every 2xx, also an empty 204, and
 * not on errors (section 4); the switch plays a shop that forgets or garbles them.
 */
export function signatureHeaders(
  world: World,
  key: Key,
  request: SandboxRequest,
  answer: ApiAnswer,
): Record<string, string> {
  const { dialect, responseSignature } = world.switches
  if (responseSignature === 'missing' || answer.status >= 300) return {}
  const date = officialMoment(world.now())
  const { method, rawUrl: pathWithQuery } = request
  const right = signMessage(key, { method, pathWithQuery, body: answer.body, date })
  const hash = responseSignature === 'right' ? right : sign('another secret', right)
  return { [dialect.headers.date]: date, [dialect.headers.hash]: hash }
}
