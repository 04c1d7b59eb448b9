import { inventHex, md5, type World } from './world.ts'

/** Who calls: the app that was installed, or a key of the merchant's own (section 3). */
export interface Caller {
  owner: 'app' | 'custom'
  user: string
  /** Basic-auth password. */
  password: string
  /** Signs the webhooks of this caller. */
  secret: string
}

export interface Keys {
  /** A key and secret of the merchant's own, always valid. */
  custom: Caller
  /** The app's key is valid from the install on; null ends it. */
  setApp(app: { key: string; secret: string; token: string } | null): void
  /** The caller of these headers, or undefined. */
  authenticate(authorization: string | undefined): Caller | undefined
  ofOwner(owner: Caller['owner']): Caller | undefined
}

/** Basic auth: the key with md5(token + secret) for an app, with the secret itself for an own key. */
export function createKeys(world: World): Keys {
  const secret = inventHex(world)
  const custom: Caller = { owner: 'custom', user: inventHex(world), password: secret, secret }
  let app: Caller | undefined

  return {
    custom,
    setApp: (installed) => {
      app =
        installed === null
          ? undefined
          : {
              owner: 'app',
              user: installed.key,
              password: md5(installed.token + installed.secret),
              secret: installed.secret,
            }
    },
    authenticate: (authorization = '') => {
      const [scheme = '', encoded = ''] = authorization.split(' ')
      if (scheme.toLowerCase() !== 'basic') return undefined
      const text = Buffer.from(encoded, 'base64').toString('utf8')
      const colon = text.indexOf(':')
      const [user, password] = [text.slice(0, colon), text.slice(colon + 1)]
      return [custom, app].find((each) => each?.user === user && each.password === password)
    },
    ofOwner: (owner) => (owner === 'custom' ? custom : app),
  }
}
