import { type World } from './world.ts'

export interface Consumer {
  id: number
  name: string
  key: string
  secret: string
  callbackUrl: string | null
  rejectedCallbackUrl: string | null
}

export interface Token {
  value: string
  secret: string
  type: 'request' | 'access'
  consumer: Consumer
  callbackUrl: string
  verifier: string | null
  /** The administrator who authorised it. */
  authorized: boolean
  revoked: boolean
}

/** What an application needs to sign a call. */
export interface FourValues {
  consumerKey: string
  consumerSecret: string
  accessToken: string
  accessTokenSecret: string
}

/** System > Web Services > REST - OAuth Consumers, with the tokens of the one administrator. */
export interface Consumers {
  /** Already authorised, for who wants to read at once. */
  connected: FourValues
  byKey(key: string): Consumer | null
  byToken(value: string): Token | null
  requestToken(consumer: Consumer, callbackUrl: string): Token
  /** The administrator's "Authorize": older tokens of this consumer die here (contract 3.4, point 6). */
  authorize(token: Token): void
  toAccess(token: Token): Token
  setCallbacks: (callbackUrl: string | null, rejectedCallbackUrl: string | null) => void
  revokeAll: () => void
  /** Another token, authorised already, in the place of a revoked one. */
  connectAnew: () => FourValues
  tokens(): readonly Token[]
  consumer: Consumer
  reset(): void
}

export function createConsumers(world: World): Consumers {
  const consumer: Consumer = {
    id: 1,
    name: 'Boekhouding',
    key: world.secret(),
    secret: world.secret(),
    callbackUrl: null,
    rejectedCallbackUrl: null,
  }
  const newToken = (type: Token['type'], callbackUrl: string): Token => ({
    value: world.secret(),
    secret: world.secret(),
    type,
    consumer,
    callbackUrl,
    verifier: null,
    authorized: type === 'access',
    revoked: false,
  })
  const first = newToken('access', 'oob')
  let tokens: Token[] = [first]
  const valuesOf = ({ value, secret }: Token): FourValues => ({
    consumerKey: consumer.key,
    consumerSecret: consumer.secret,
    accessToken: value,
    accessTokenSecret: secret,
  })

  return {
    consumer,
    connected: valuesOf(first),
    byKey: (key) => (key === consumer.key ? consumer : null),
    byToken: (value) => tokens.find((token) => token.value === value) ?? null,
    requestToken: (_, callbackUrl) => {
      const token = newToken('request', callbackUrl)
      tokens.push(token)
      return token
    },
    authorize: (token) => {
      token.verifier = world.secret()
      token.authorized = true
      tokens = tokens.filter((each) => each === token || !each.authorized)
    },
    toAccess: (token) => {
      token.type = 'access'
      token.value = world.secret()
      token.secret = world.secret()
      return token
    },
    setCallbacks: (callbackUrl, rejectedCallbackUrl) => {
      consumer.callbackUrl = callbackUrl
      consumer.rejectedCallbackUrl = rejectedCallbackUrl
    },
    revokeAll: () => {
      for (const token of tokens) token.revoked = true
    },
    connectAnew: () => {
      const token = newToken('access', 'oob')
      tokens.push(token)
      return valuesOf(token)
    },
    tokens: () => tokens,
    reset: () => {
      first.revoked = false
      consumer.callbackUrl = null
      consumer.rejectedCallbackUrl = null
      tokens = [first]
    },
  }
}
