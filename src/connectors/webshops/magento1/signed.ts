import type { Clock } from '../../../world/clock.ts'
import type { HttpAnswer, HttpClient, HttpSilence } from '../../http.ts'
import { sign, type Keys } from '../magento/signing.ts'
import { oauthProblem } from './recognise.ts'

export interface Caller {
  http: HttpClient
  clock: Clock
}

/**
 * One signed call, HMAC-SHA1: the only method of Magento 1 and OpenMage that is worth using (contract §3.1).
 *
 * @param url where it goes; `signedOrigin` is what the shop takes for its origin
 * @param own parameters of the handshake
 */
export const send = (
  { http, clock }: Caller,
  method: 'GET' | 'POST',
  url: string,
  keys: Keys,
  { signedOrigin, own }: { signedOrigin: string; own?: Readonly<Record<string, string>> },
): Promise<HttpAnswer | HttpSilence> => {
  const { origin } = new URL(url)
  const asSeen = signedOrigin + url.slice(origin.length)
  const authorization = sign(method, asSeen, { ...keys, method: 'HMAC-SHA1' }, { clock }, own)
  const headers = { accept: method === 'GET' ? 'application/json' : '*/*', authorization }
  return method === 'GET'
    ? http.send({ method, url, headers })
    : http.send({ method, url, headers: { ...headers, 'content-length': '0' }, body: '' })
}

/**
 * The first answer that does not call the signature invalid, and the origin it was signed with. A refused
 * signature has had no effect, so that asking again differently repeats nothing.
 */
export const sendAsSeen = async (
  caller: Caller,
  method: 'GET' | 'POST',
  url: string,
  keys: Keys,
  origins: readonly string[],
  own?: Readonly<Record<string, string>>,
): Promise<{ answer: HttpAnswer | HttpSilence; origin: string }> => {
  let last: { answer: HttpAnswer | HttpSilence; origin: string } | null = null
  for (const origin of origins) {
    const answer = await send(caller, method, url, keys, {
      signedOrigin: origin,
      ...(own !== undefined && { own }),
    })
    const isInvalid = answer.is === 'answer' && oauthProblem(answer) === 'signature_invalid'
    if (!isInvalid) return { answer, origin }
    // What is told when none is right is about the likely one.
    last ??= { answer, origin }
  }
  if (last === null) throw new Error('no origin to sign with')
  return last
}
