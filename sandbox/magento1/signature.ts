import { createHmac } from 'node:crypto'
import { type SandboxRequest } from '../kit/server.ts'
import { naturally, percentEncode, rawPairs, rawUrlDecode } from '../magento2/signature.ts'
import { type Switches } from './switches.ts'

const isProtocol = (name: string) => /oauth_[a-z_-]+/.test(name)

export interface Parameters {
  oauth: ReadonlyMap<string, string>
  /** Everything else that is signed. */
  others: readonly (readonly [string, string])[]
}

/** The oauth_ parameters of an Authorization header, which has to begin with the word (contract 3.1). */
function ofHeader(header: string | undefined): Map<string, string> {
  const found = new Map<string, string>()
  if (header?.slice(0, 5).toLowerCase() !== 'oauth') return found
  for (const part of header.slice(6).split(',')) {
    const mark = part.indexOf('=')
    if (mark === -1) continue
    const name = part.slice(0, mark).trim()
    const value = part
      .slice(mark + 1)
      .trim()
      .replace(/^"+|"+$/g, '')
    if (isProtocol(name)) found.set(rawUrlDecode(name), rawUrlDecode(value))
  }
  return found
}

/** The parameters of a request: of the header, else of a form body, else of the query (contract 3.1). */
export function parametersOf(request: SandboxRequest): Parameters {
  let oauth = ofHeader(request.headers.authorization)
  const others: [string, string][] = []
  if ((request.headers['content-type'] ?? '').startsWith('application/x-www-form-urlencoded')) {
    const pairs = [...new URLSearchParams(request.body)]
    others.push(...pairs.filter(([name]) => !isProtocol(name)))
    if (oauth.size === 0) oauth = new Map(pairs.filter(([name]) => isProtocol(name)))
  }
  others.push(...rawPairs(request.rawUrl).filter(([name]) => !isProtocol(name)))
  if (oauth.size === 0) oauth = new Map([...request.query].filter(([name]) => isProtocol(name)))
  return { oauth, others }
}

const bytewise = (left: string, right: string) => (left < right ? -1 : left > right ? 1 : 0)

/** What is signed, as Zend_Oauth builds it: names encoded, then sorted (contract 3.2, recordings). */
export function baseString(
  request: Pick<SandboxRequest, 'method' | 'rawUrl'>,
  origin: string,
  { oauth, others }: Parameters,
  profile: Switches['profile'],
): string {
  const order = profile === 'openmage' ? bytewise : naturally
  const pairs = [...oauth]
    .filter(([name]) => name !== 'oauth_signature')
    .concat(others.map(([name, value]): [string, string] => [name, value]))
    .map(([name, value]) => [percentEncode(name), percentEncode(value)] as const)
    .sort(([one], [other]) => order(one, other))
  const path = request.rawUrl.split('?')[0] ?? ''
  const parameters = pairs.map(([name, value]) => `${name}=${value}`).join('&')
  return [request.method, percentEncode(origin + path), percentEncode(parameters)].join('&')
}

/** The signature the server works out for itself; null for RSA, whose keys this shop does not keep. */
export function signatureOf(
  base: string,
  method: string,
  secrets: { consumer: string; token: string },
): string | null {
  const key = `${percentEncode(secrets.consumer)}&${percentEncode(secrets.token)}`
  if (method === 'PLAINTEXT') return key
  if (method !== 'HMAC-SHA1') return null
  return createHmac('sha1', key).update(base).digest('base64')
}
