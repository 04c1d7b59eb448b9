import { type Refusal, refusal } from './refusal.ts'
import { type World } from './world.ts'

export interface Token {
  value: string
  secret: string
  kind: 'verifier' | 'request' | 'access'
  revoked: boolean
}

/** One integration of the admin with its OAuth consumer. */
export interface Consumer {
  id: number
  name: string
  key: string
  secret: string
  verifier: string
  token: Token | null
  /** When the handshake began: the window of the token exchange counts from here. */
  updatedAtMs: number
  isActive: boolean
}

/** The four values an admin copies from the integration's page (contract 3.3). */
export interface FourValues {
  consumerKey: string
  consumerSecret: string
  accessToken: string
  accessTokenSecret: string
}

export interface Integrations {
  /** The one made without call-back: active from the start. */
  byHand: FourValues
  byKey(key: string): Consumer | null
  findToken(consumer: Consumer, value: string, kind: 'access' | 'request'): Token | Refusal
  /** "Save and Activate" and "Allow" of the integration with a call-back; again means Reauthorize. */
  allow(): Consumer
  newToken(consumer: Consumer, kind: Token['kind']): Token
  all(): readonly Consumer[]
  reset(): void
}

export function createIntegrations(world: World): Integrations {
  const newToken = (consumer: Consumer, kind: Token['kind']): Token => {
    consumer.token = { value: world.secret(), secret: world.secret(), kind, revoked: false }
    return consumer.token
  }
  const newConsumer = (id: number, name: string): Consumer => ({
    id,
    name,
    key: world.secret(),
    secret: world.secret(),
    verifier: world.secret(),
    token: null,
    updatedAtMs: 0,
    isActive: false,
  })
  const byHand = newConsumer(1, 'Boekhouding')
  byHand.isActive = true
  const own = newToken(byHand, 'access')
  const fresh: Token = { ...own }
  let consumers: Consumer[] = [byHand]

  function findToken(consumer: Consumer, value: string, kind: 'access' | 'request') {
    const owner = consumers.find(({ token }) => token?.value === value)
    if (owner?.token === undefined || owner.token === null) {
      return refusal(401, 'Specified token does not exist')
    }
    if (owner !== consumer) {
      return refusal(401, 'Token is not associated with the specified consumer')
    }
    const { token } = owner
    if (kind === 'request' && token.kind !== 'request') {
      return refusal(401, 'Token is already being used')
    }
    if (kind === 'access' && token.kind !== 'access') {
      return refusal(401, 'Token is not an access token')
    }
    return token.revoked ? refusal(401, 'Access token has been revoked') : token
  }

  function allow(): Consumer {
    const known = consumers.find(({ id }) => id === 2)
    const consumer = known ?? newConsumer(2, 'Boekhouding met activering')
    if (known === undefined) consumers.push(consumer)
    consumer.updatedAtMs = world.now().getTime()
    consumer.isActive = false
    newToken(consumer, 'verifier')
    return consumer
  }

  return {
    byHand: {
      consumerKey: byHand.key,
      consumerSecret: byHand.secret,
      accessToken: own.value,
      accessTokenSecret: own.secret,
    },
    byKey: (key) => consumers.find((consumer) => consumer.key === key) ?? null,
    findToken,
    allow,
    newToken,
    all: () => consumers,
    reset: () => {
      byHand.token = { ...fresh }
      byHand.isActive = true
      consumers = [byHand]
    },
  }
}
