import { reason, Trouble } from '../../../problems/reason.ts'
import { system } from './system.ts'

/** The addresses of one shop that follow from where its administrator signs in (contract §2). */
export interface ShopAddress {
  /** Before /api/rest: never behind index.php, the rewrite is in the root. */
  rest: string
  /** Before /oauth: with index.php where rewrites are off. */
  oauth: string
  /** Before /oauth_authorize: the admin's own, which may have any name. */
  admin: string
  origin: string
}

/** What a browser adds behind the front name of the admin, once somebody signed in. */
const insideAdmin = /\/(dashboard|index|key)(\/.*)?$/

/**
 * Reads the admin address as a person copies it: with or without index.php, folder, slash, dashboard or key.
 * @throws Trouble when it is no http(s) address
 */
export const shopAddressOf = (adminUrl: string): ShopAddress => {
  const url = URL.parse(adminUrl)
  if (url?.protocol !== 'https:' && url?.protocol !== 'http:') {
    throw new Trouble('reconnect', reason('REMOTE_SILENT', { system, cause: 'bad-url' }))
  }
  const parts = url.pathname.replace(insideAdmin, '').split('/')
  const names = parts.filter((part) => part !== '')
  const last = names.at(-1)
  const front = last === undefined || last === 'index.php' ? 'admin' : last
  const before = last === front ? names.slice(0, -1) : names
  const pathOf = (list: readonly string[]) => list.map((name) => `/${name}`).join('')
  const oauth = url.origin + pathOf(before)
  const rest = url.origin + pathOf(before.filter((name) => name !== 'index.php'))
  return { rest, oauth, admin: `${oauth}/${front}`, origin: url.origin }
}

/**
 * What a shop may take for its own origin when it checks a signature (contract §3.2): behind a TLS proxy it
 * may see http, and its handshake forgets the port that its REST insists on. The likely one first.
 */
export const originsSeen = (origin: string, step: 'handshake' | 'rest'): string[] => {
  const { protocol, hostname, host } = new URL(origin)
  const hosts = step === 'handshake' ? [hostname, host] : [host, hostname]
  const other = protocol === 'https:' ? 'http:' : 'https:'
  const seen = [protocol, other].flatMap((scheme) => hosts.map((name) => `${scheme}//${name}`))
  return [...new Set(seen)]
}
