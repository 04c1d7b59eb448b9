import { describe, expect, it } from 'vitest'
import orderJson from './fixtures/order.json' with { type: 'json' }
import rowsJson from './fixtures/orderrows.json' with { type: 'json' }
import { kmoshops } from './index.ts'
import { scriptedShop, type Call, type ScriptedAnswer } from './fixtures/scripted-shop.ts'

const ref = { kind: 'order', id: '500123' } as const
const notFound: ScriptedAnswer = { status: 404, body: { code: '404.10' } }
const isRows = (call: Call) => call.target.includes('/orderrows')

const read = (order: ScriptedAnswer, rows: ScriptedAnswer, settings = {}) => {
  const { session, calls } = scriptedShop((call) => (isRows(call) ? rows : order), settings)
  return { sale: kmoshops.read(session, ref), calls }
}

describe('read', () => {
  it('takes two calls', async () => {
    const { sale, calls } = read({ body: orderJson }, { body: rowsJson })
    expect(await sale).toMatchObject({ orderNumber: 'W-1042' })
    expect(calls.map(({ target }) => target)).toEqual([
      '/api/rest/v1/orders/500123',
      '/api/rest/v1/orders/500123/orderrows/?start=0&size=100',
    ])
  })

  it.each([
    ['unknown to the shop', notFound, notFound],
    ['an abandoned checkout', { body: { id: 500123, is_completed: false } }, { body: rowsJson }],
    [
      'one without number and status',
      { body: { ...orderJson, ordernumber_full: null, status: null } },
      { body: rowsJson },
    ],
  ])('knows that an order is gone when it is %s', async (_, order, rows) => {
    expect(await read(order, rows).sale).toEqual({ is: 'gone' })
  })

  it('knows an order that was deleted between the two calls', async () => {
    let isDeleted = false
    const { session } = scriptedShop((call) => {
      if (isRows(call)) {
        isDeleted = true
        return notFound
      }
      return isDeleted ? notFound : { body: orderJson }
    })
    expect(await kmoshops.read(session, ref)).toEqual({ is: 'gone' })
  })

  it('does not take failing rows for a missing order', async () => {
    await expect(read({ body: orderJson }, { status: 502 }).sale).rejects.toMatchObject({
      reason: { code: 'REMOTE_TROUBLE' },
    })
    await expect(read({ body: orderJson }, notFound).sale).rejects.toMatchObject({ cure: 'never' })
  })

  it('refuses another order than it asked for', async () => {
    const other = { body: { ...orderJson, id: 500124 } }
    await expect(read(other, { body: rowsJson }).sale).rejects.toMatchObject({
      reason: { code: 'REMOTE_SHAPE', params: { field: 'id' } },
    })
  })

  it('says that a signature was not right when it may only report it', async () => {
    const unsigned = { body: rowsJson, signature: 'missing' as const }
    const { sale } = read({ body: orderJson }, unsigned, { responseSignature: 'warn' })
    expect(await sale).toMatchObject({
      assumptions: expect.arrayContaining(['response-signature-unverified']) as unknown,
    })
  })

  it('never sends an id as a path', async () => {
    const { session, calls } = scriptedShop(() => notFound)
    await kmoshops.read(session, { kind: 'order', id: '../apps?x=' })
    expect(calls[0]?.target).toBe('/api/rest/v1/orders/..%2Fapps%3Fx%3D')
  })
})
