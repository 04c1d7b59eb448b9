import { describe, expect, it } from 'vitest'
import type { Subscription } from '../../webshop.ts'
import { kmoshops } from './index.ts'
import { lastPage, scriptedShop, type ScriptedAnswer } from './fixtures/scripted-shop.ts'

const address = 'https://koppel.example.test/kmo/hook/c-1001'
const events = ['orders.created', 'orders.updated.status', 'orders.updated.ispaid']

interface Hook {
  id: number
  event: string
  address: string
  is_active: boolean
  key: string
}

/** A shop that only knows webhooks. */
const hookShop = (hooks: Hook[], quirks: { showsKeys?: boolean; answers?: 201 | 204 } = {}) => {
  const { showsKeys = true, answers = 201 } = quirks
  const kept = [...hooks]
  const shown = (hook: Hook) => (showsKeys ? hook : { ...hook, key: undefined })
  const { session, calls } = scriptedShop((call): ScriptedAnswer => {
    if (call.method === 'GET') return lastPage(kept.map(shown))
    if (call.method === 'DELETE') {
      const index = kept.findIndex(({ id }) => call.target.endsWith(`/webhooks/${id}`))
      kept.splice(index, 1)
      return { status: 204 }
    }
    const id = 900 + calls.length
    const hook = { ...(JSON.parse(call.body) as Omit<Hook, 'id' | 'key'>), id, key: `key-${id}` }
    kept.push(hook)
    return answers === 204 ? { status: 204 } : { status: 201, body: hook }
  })
  const subscribe = (known: readonly Subscription[] = [], at = address) =>
    kmoshops.subscribe?.(session, at, known) ?? Promise.resolve([])
  return { kept, calls, subscribe }
}

const hook = (id: number, change: Partial<Hook> = {}): Hook => ({
  id,
  event: 'orders.created',
  address,
  is_active: true,
  key: `key-${id}`,
  ...change,
})

const writes = (calls: readonly { method: string }[]) =>
  calls.filter(({ method }) => method !== 'GET').map(({ method }) => method)

describe('subscribe', () => {
  it('makes one webhook per event, and nothing the second time', async () => {
    const shop = hookShop([])
    const made = await shop.subscribe()
    expect(made.map(({ event }) => event)).toEqual(events)
    expect(shop.kept.map(({ event, is_active }) => [event, is_active])).toEqual(
      events.map((event) => [event, true]),
    )
    expect(made.map(({ key }) => key)).toEqual(shop.kept.map(({ key }) => key))
    expect(await shop.subscribe(made)).toEqual(made)
    expect(writes(shop.calls)).toEqual(['POST', 'POST', 'POST'])
  })

  it('removes doubles, sleeping ones and other events at its address, and keeps the oldest', async () => {
    const shop = hookShop([
      hook(1, { is_active: false }),
      hook(2),
      hook(3),
      hook(4, { event: 'orders.updated.trackandtrace' }),
      hook(5, { address: `${address}/old` }),
    ])
    const made = await shop.subscribe()
    expect(shop.kept.map(({ id }) => id)).toHaveLength(3)
    expect(made[0]).toMatchObject({ event: 'orders.created', key: 'key-2' })
  })

  it('leaves the webhooks of others alone, also of another integration here', async () => {
    const others = [
      hook(1, { address: 'https://elsewhere.example/hook' }),
      hook(2, { address: 'https://koppel.example.test/kmo/hook/c-1002' }),
      hook(3, { address: `${address}0` }),
    ]
    const shop = hookShop(others)
    await shop.subscribe()
    expect(shop.kept).toEqual(expect.arrayContaining(others))
    expect(shop.kept).toHaveLength(6)
  })

  it('removes its own when our address has changed', async () => {
    const shop = hookShop([])
    const old = await shop.subscribe([], 'https://old.example/hook/c-1001')
    await shop.subscribe(old)
    expect(shop.kept.map((each) => each.address)).toEqual([address, address, address])
  })

  it('uses stored keys where the list shows none, and makes anew where there are none', async () => {
    const shop = hookShop([], { showsKeys: false })
    const made = await shop.subscribe()
    expect(await shop.subscribe(made)).toEqual(made)
    const again = await shop.subscribe([])
    expect(shop.kept).toHaveLength(3)
    expect(again.map(({ key }) => key)).toEqual(shop.kept.map(({ key }) => key))
    expect(again).not.toEqual(made)
  })

  it('finds what was made without an answer in the list', async () => {
    const shop = hookShop([], { answers: 204 })
    const made = await shop.subscribe()
    expect(made.map(({ key }) => key)).toEqual(shop.kept.map(({ key }) => key))
  })

  it('fails loudly when no key is to be had', async () => {
    await expect(
      hookShop([], { answers: 204, showsKeys: false }).subscribe(),
    ).rejects.toMatchObject({ reason: { code: 'REMOTE_SHAPE', params: { field: 'key' } } })
  })
})
