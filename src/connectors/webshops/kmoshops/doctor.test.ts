import { describe, expect, it } from 'vitest'
import geozonecountries from './fixtures/geozonecountries.json' with { type: 'json' }
import orderJson from './fixtures/order.json' with { type: 'json' }
import paymethods from './fixtures/paymethods.json' with { type: 'json' }
import { kmoshops } from './index.ts'
import { lastPage, scriptedShop, vectorCredentials, type Call } from './fixtures/scripted-shop.ts'

const webshopSettings = {
  order_status: [
    { id: 31, status: 2, status_name: 'Aan het werk' },
    { id: 15, status: '', status_name: 'Eigen status' },
    { id: 5, status: 5, status_name: '' },
  ],
}

/** A shop that has everything, but for what `change` says. */
const wholeShop = (change: (target: string) => ReturnType<typeof lastPage> | undefined) =>
  scriptedShop(({ target }: Call) => {
    const changed = change(target)
    if (changed !== undefined) return changed
    if (target.includes('/settings')) return { body: webshopSettings }
    if (target.includes('/geozonecountries')) return { body: geozonecountries }
    if (target.includes('/paymethods')) return { body: paymethods }
    if (target.includes('/orders/?')) return lastPage([orderJson])
    return lastPage([{ id: 1 }])
  })

const codes = async (change: Parameters<typeof wholeShop>[0]) => {
  const findings = await kmoshops.check(wholeShop(change).session)
  return Object.fromEntries(
    findings.map(({ subject, problem }) => [subject, problem?.code ?? 'ok']),
  )
}

const refused = (code: string) => ({ status: Number(code.slice(0, 3)), body: { code } })

describe('check', () => {
  it('has one finding per right', async () => {
    expect(await codes(() => undefined)).toEqual({
      webshops: 'ok',
      settings: 'ok',
      orders: 'ok',
      orderrows: 'ok',
      webhooks: 'ok',
      paymethods: 'ok',
    })
  })

  it('tries rows with an id that does not exist where there is no order', async () => {
    const empty = (target: string) =>
      target.includes('/orders/?')
        ? lastPage([])
        : target.includes('/orders/0/')
          ? refused('404.10')
          : undefined
    expect(await codes(empty)).toMatchObject({ orders: 'ok', orderrows: 'ok' })
    const denied = (target: string) =>
      target.includes('/orders/0/') ? refused('403.10') : empty(target)
    expect(await codes(denied)).toMatchObject({ orders: 'ok', orderrows: 'RIGHT_MISSING' })
  })

  it('tries rows also when orders are denied, and not when nothing answers', async () => {
    const denied = (target: string) =>
      target.includes('/orders/?') ? refused('403.10') : undefined
    expect(await codes(denied)).toMatchObject({ orders: 'RIGHT_MISSING', orderrows: 'ok' })
    const down = (target: string) => (target.includes('/orders/?') ? { status: 503 } : undefined)
    expect(await codes(down)).toMatchObject({
      orders: 'REMOTE_TROUBLE',
      orderrows: 'REMOTE_TROUBLE',
    })
  })

  it('refuses keys for several shops, or for none', async () => {
    const several = (target: string) =>
      target.includes('/webshops/?') ? lastPage([{ id: 1 }, { id: 2 }]) : undefined
    expect(await codes(several)).toMatchObject({ webshops: 'SHOP_AMBIGUOUS', settings: 'ok' })
    const none = (target: string) => (target.includes('/webshops/?') ? lastPage([]) : undefined)
    expect(await codes(none)).toMatchObject({ webshops: 'REMOTE_SHAPE', settings: 'REMOTE_SHAPE' })
  })

  it('reports an address that is none', async () => {
    const { session } = scriptedShop(() => ({}))
    const credentials = { ...vectorCredentials, apiRoot: 'x' }
    const findings = await kmoshops.check({ ...session, credentials })
    expect(findings.map(({ problem }) => problem?.code)).toEqual(Array(6).fill('REMOTE_SILENT'))
  })
})

describe('choices', () => {
  it('names statuses as the merchant does, and ours where he has no name', async () => {
    const { statuses } = await kmoshops.choices(wholeShop(() => undefined).session)
    expect(statuses).toHaveLength(15)
    expect(statuses).toContainEqual({ value: '2', label: 'Aan het werk' })
    expect(statuses).toContainEqual({ value: '5', label: 'Verzonden (Sent)' })
    expect(statuses).toContainEqual({ value: '15', label: 'Eigen status' })
  })

  it('lists payment methods by the id an order refers to', async () => {
    const { paymentMethods } = await kmoshops.choices(wholeShop(() => undefined).session)
    expect(paymentMethods).toEqual([{ value: '3', label: 'Vooraf overmaken' }])
  })

  it('lists VAT rates once, lowest first', async () => {
    const { vatRates } = await kmoshops.choices(wholeShop(() => undefined).session)
    expect(vatRates).toEqual([
      { value: '6', label: '6 % (BE)' },
      { value: '21', label: '21 % (BE)' },
    ])
  })

  it('does without VAT rates where the key may not read them', async () => {
    const rates = (code: string) => async () => {
      const change = (target: string) =>
        target.includes('/geozonecountries') ? refused(code) : undefined
      return (await kmoshops.choices(wholeShop(change).session))['vatRates']
    }
    expect(await rates('403.10')()).toEqual([])
    expect(await rates('404.20')()).toEqual([])
    await expect(rates('503.10')()).rejects.toMatchObject({ cure: 'later' })
  })

  it('refuses keys for several shops', async () => {
    const several = (target: string) =>
      target.includes('/webshops/?') ? lastPage([{ id: 1 }, { id: 2 }]) : undefined
    await expect(kmoshops.choices(wholeShop(several).session)).rejects.toMatchObject({
      cure: 'reconnect',
      reason: { code: 'SHOP_AMBIGUOUS', params: { count: 2 } },
    })
  })
})
