import { inventKey } from './signing.ts'
import { type World } from './world.ts'

/** A pair of API credentials. */
export interface Key {
  apiPublic: string
  apiSecret: string
  /** Made by the merchant in the back end, or handed to an app at its handshake (section 4). */
  madeBy: 'merchant' | 'app'
}

export interface Keys {
  /** The merchant-made key: always valid. */
  merchant: Key
  find(apiPublic: string): Key | undefined
  invent(): Key
  allow(key: Key): void
  revoke(key: Key): void
  reset(): void
}

/** The keys the shop's API knows. */
export function createKeys(world: World): Keys {
  const invent = (madeBy: Key['madeBy']): Key => ({
    apiPublic: inventKey(world.random),
    apiSecret: inventKey(world.random),
    madeBy,
  })
  const merchant = invent('merchant')
  const valid = new Map<string, Key>()

  function reset(): void {
    valid.clear()
    valid.set(merchant.apiPublic, merchant)
  }

  reset()
  return {
    merchant,
    find: (apiPublic) => valid.get(apiPublic),
    invent: () => invent('app'),
    allow: (key) => void valid.set(key.apiPublic, key),
    revoke: (key) => void valid.delete(key.apiPublic),
    reset,
  }
}
