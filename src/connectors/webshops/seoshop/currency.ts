import type { HttpClient } from '../../http.ts'
import type { Api } from './api.ts'
import * as wire from './wire.ts'

/** A shop does not change its currency; an hour is for the one that does all the same. */
const keptMs = 60 * 60_000

interface Kept {
  currency: string
  untilMs: number
}

/**
 * By whoever talks, so that it ends with him: an order names no currency (contract §1), and asking the shop
 * for every order would double the calls of a sale.
 */
const kept = new WeakMap<HttpClient, Map<string, Kept>>()

/** The currency of the shop, ISO 4217 in capitals. @throws Trouble */
export const currencyOf = async (api: Api): Promise<string> => {
  const { credentials, http, clock } = api.access
  const { apiKey, apiSecret, language, cluster, apiRoot } = credentials
  const key = [cluster, apiRoot, language, apiKey, apiSecret].join('\n')
  const shops = kept.get(http) ?? new Map<string, Kept>()
  kept.set(http, shops)
  const nowMs = clock.now().getTime()
  const known = shops.get(key)
  if (known !== undefined && known.untilMs > nowMs) return known.currency
  const shop = await api.get('shop', wire.shop)
  const currency = shop.currency.shortcode.toUpperCase()
  shops.set(key, { currency, untilMs: nowMs + keptMs })
  return currency
}
