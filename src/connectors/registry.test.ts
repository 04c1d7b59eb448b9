import { describe, expect, it } from 'vitest'
import { accountings, findAccounting, findWebshop, webshops } from './registry.ts'
import { defaultsOf, formOf, schemaOf } from './settings.ts'

const all = [...webshops, ...accountings]

describe('the registry', () => {
  it('has every system once', () => {
    const ids = all.map(({ id }) => id)
    expect(new Set(ids).size).toBe(ids.length)
    expect(ids.every((id) => /^[a-z][a-z0-9]+$/.test(id))).toBe(true)
  })

  it('finds a system by its id, and on its own side only', () => {
    expect(findWebshop('kmoshops').title).toBe('KMO Shops')
    expect(findAccounting('factuursturen').id).toBe('factuursturen')
    expect(() => findWebshop('factuursturen')).toThrow('no connector is called factuursturen')
    expect(() => findAccounting('kmoshops')).toThrow()
  })

  it.each(['', 'KMOSHOPS', 'constructor', '__proto__', 'kmoshops '])('has no %j', (id) => {
    expect(() => findWebshop(id)).toThrow()
    expect(() => findAccounting(id)).toThrow()
  })
})

describe.each(all.map((connector) => [connector.id, connector] as const))('%s', (_, connector) => {
  const { credentials, settings, capabilities } = connector
  const fields = [...Object.entries(credentials), ...Object.entries(settings)]

  it('labels every field in both languages', () => {
    for (const [, { label, help }] of fields) {
      for (const text of [label, ...(help ? [help] : [])]) {
        expect(text.nl.trim().length).toBeGreaterThan(1)
        expect(text.en.trim().length).toBeGreaterThan(1)
      }
    }
  })

  it('works with its defaults: every setting has one', () => {
    expect(schemaOf(settings).parse(defaultsOf(settings))).toEqual(defaultsOf(settings))
  })

  it('has defaults that are among the options', () => {
    for (const [, field] of fields) {
      if (!('options' in field) || 'from' in field.options) continue
      const values = field.options.map(({ value }) => value)
      expect(values).toEqual(expect.arrayContaining([field.default].flat()))
    }
  })

  it('keeps at least one credential secret, and tells no form its value', () => {
    const secrets = formOf(credentials).filter(({ kind }) => kind === 'secret')
    expect(secrets.length).toBeGreaterThan(0)
    expect(secrets.every((field) => !('default' in field))).toBe(true)
    expect(Object.values(settings).filter(({ kind }) => kind === 'secret')).toEqual([])
  })

  it('can’t connect with nothing, unless signing in brings what is hidden from the form', () => {
    const signsIn = connector.signIn !== undefined
    // A sign-in may need some fields first, and then nothing else goes without it.
    if (!signsIn) expect(schemaOf(credentials).safeParse({}).success).toBe(false)
    const shown = formOf(credentials).map(({ name }) => name)
    const hidden = Object.keys(credentials).filter((name) => !shown.includes(name))
    const isBrought = signsIn || 'store' in connector || 'activation' in connector
    if (hidden.length > 0) expect(isBrought).toBe(true)
    if (signsIn) expect(hidden).not.toEqual([])
  })

  it('has a pace that can be kept', () => {
    const { pace } = capabilities
    expect(pace.calls).toBeGreaterThan(0)
    expect(pace.windowMs).toBeGreaterThan(0)
    expect(pace.concurrency).toBeGreaterThan(0)
  })
})

describe.each(webshops.map((shop) => [shop.id, shop] as const))('the webshop %s', (_, shop) => {
  it('offers what its capabilities say, and no more', () => {
    const { webhooks, store, documents } = shop.capabilities
    expect(shop.subscribe !== undefined).toBe(webhooks)
    expect(shop.verifyWebhook !== undefined).toBe(webhooks)
    expect(shop.store !== undefined).toBe(store)
    expect(documents.length).toBeGreaterThan(0)
  })
})
