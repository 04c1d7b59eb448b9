import type { HttpRequest } from './http.ts'

/** Headers that say nothing secret, by their lower-case names. */
const plainHeaders = new Set(['accept', 'accept-language', 'content-type', 'user-agent'])

/** Shorter ones are no secrets, and would take half of the answer with them. */
const charsMin = 4
/** From this length on a secret is unmistakable wherever it stands; shorter ones only as a word of their own. */
const unmistakable = 12

const decoded = (base64: string): string[] => {
  const text = Buffer.from(base64, 'base64').toString('utf8')
  // The password of HTTP Basic, behind the name (RFC 7617).
  return text.includes(':') && !text.includes('\uFFFD') ? [text, text.replace(/^[^:]*:/, '')] : []
}

/** `Basic dXNlcjprZXk=`, `Bearer abc` and `OAuth a="b", c="d"`: the whole and its parts. */
const partsOf = (value: string): string[] => {
  const [, credentials = value] = /^(?:Basic|Bearer|OAuth|Token) +(.*)$/is.exec(value) ?? []
  const quoted = [
    ...credentials.matchAll(/oauth_(?:token|signature|consumer_key|nonce)="([^"]*)"/g),
  ]
  const basic = /^Basic /i.test(value) ? decoded(credentials) : []
  return [value, credentials, ...basic, ...quoted.map(([, part = '']) => part)]
}

/** A secret as it may come back: as it is, in JSON, in HTML, in an address. */
const spellings = (secret: string): string[] => [
  secret,
  JSON.stringify(secret).slice(1, -1),
  secret.replaceAll('/', '\\/'),
  secret.replaceAll('&', '&amp;').replaceAll('"', '&quot;'),
  encodeURIComponent(secret),
]

const secretsIn = ({ headers = {}, url }: HttpRequest): string[] => {
  const inHeaders = Object.entries(headers)
    .filter(([name]) => !plainHeaders.has(name.toLowerCase()))
    .flatMap(([, value]) => partsOf(value))
  // Some systems carry keys in the address. Words and numbers there are what was searched for.
  const inQuery = [...(URL.parse(url)?.searchParams.values() ?? [])].filter((value) =>
    /^[\w.~+/=-]{20,}$/.test(value),
  )
  const all = [...inHeaders, ...inQuery].filter((secret) => secret.length >= charsMin)
  // The longest first, so that no part is taken out of the middle of a longer one.
  return [...new Set(all.flatMap(spellings))].sort((one, other) => other.length - one.length)
}

const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')

/** `text` without anything that `request` proved itself with. Pure. */
export const withoutSecrets = (text: string, request: HttpRequest): string =>
  secretsIn(request).reduce(
    (rest, secret) =>
      secret.length >= unmistakable
        ? rest.replaceAll(secret, '…')
        : rest.replace(new RegExp(`(?<![\\w])${escaped(secret)}(?![\\w])`, 'g'), '…'),
    text,
  )
