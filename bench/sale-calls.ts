import { createHmac } from 'node:crypto'
import { Agent } from 'undici'
import type { Books } from './books-process.ts'
import type { Sale } from './sales.ts'
import type { Shop } from './shops-process.ts'
import { fill, valuesOf, type Call, type Script, type Values } from './tape.ts'

/** Everything needed to make the calls of a sale. */
export interface Roles {
  script: Script
  shops: readonly Shop[]
  books: readonly Books[]
}

/** A signed call of the shop's API (contract kmoshops §4); answers are taken as they are. */
const signatureOf = (shop: Shop, method: string, path: string, body: string) => {
  const date = `${new Date().toISOString().slice(0, 19)}+00:00`
  const parts = [shop.apiPublic, method, path, body, date].join('|')
  const hash = createHmac('sha512', shop.apiSecret).update(parts).digest('hex')
  return { 'x-public': shop.apiPublic, 'x-date': date, 'x-hash': hash }
}

/**
 * Makes the calls of sales, and nothing else: no check, no mapping, no retry. Connections are kept.
 * @returns a function that books one sale
 * @throws Error at any answer that is no success
 */
export const sellerOf = ({ script, shops, books }: Roles): ((sale: Sale) => Promise<void>) => {
  const agent = new Agent({ connections: 64, pipelining: 1 })

  const send = async (call: Call, sale: Sale, values: Values): Promise<string> => {
    const shop = shops[sale.integration]
    const origin = call.at === 'shop' ? shop?.url : books[sale.integration]?.url
    if (origin === undefined || shop === undefined) throw new Error('there is no such remote')
    const path = fill(call.path, values)
    const body = fill(call.body, values)
    const signature = call.at === 'shop' ? signatureOf(shop, call.method, path, body) : {}
    const answer = await agent.request({
      origin,
      path,
      method: call.method,
      headers: { ...call.headers, ...signature },
      ...(body !== '' && { body }),
    })
    const text = await answer.body.text()
    if (answer.statusCode >= 300) throw new Error(`${call.method} ${path}: ${answer.statusCode}`)
    return text
  }

  return async (sale) => {
    let values = valuesOf(sale)
    for (const group of script) {
      const answers = await Promise.all(group.map((call) => send(call, sale, values)))
      const created = group.findIndex(({ method }) => method !== 'GET')
      // The create answers the bare number of the invoice.
      if (created >= 0) values = valuesOf(sale, answers[created] ?? '')
    }
  }
}
