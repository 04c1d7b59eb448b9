import { readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { ConfigError, environmentNames, readConfig } from './config.ts'
import { newKey } from './merchants/key-ring.ts'
import { systemRandom } from './world/random.ts'

const key = newKey('k1', systemRandom)
const secret = 's'.repeat(32)
const server = { DATABASE_URL: 'postgres://u:geheim@db.example/doorvoer' }

/** The lines a person gets; none when all is well. */
const linesOf = (env: Record<string, string | undefined>): readonly string[] => {
  try {
    readConfig(env)
    return []
  } catch (error) {
    if (error instanceof ConfigError) return error.lines
    throw error
  }
}

const seller = {
  name: 'Voorbeeld BV',
  address: ['Dorpsstraat 1', '1234 AB Utrecht'],
  country: 'NL',
  vatNumber: 'NL123456782B01',
  chamberNumber: '12345678',
  iban: 'NL91ABNA0417164300',
  email: 'administratie@voorbeeld.example',
}
const mollieKey = `test_${'k'.repeat(30)}`

/** Values that each variable must refuse. A new variable must be added here. */
const wrong: Record<string, readonly string[]> = {
  DATABASE_URL: ['db.example', 'mysql://db.example/x', 'http://db.example', '  '],
  DOORVOER_HOME: ['  '],
  DOORVOER_DATABASE_PORT: ['0', '65536', '-1', '5432.5', 'abc', '  '],
  DOORVOER_HOST: ['  '],
  DOORVOER_PORT: ['0', '65536', '-1', '80.5', 'abc', '3000 3001', 'Infinity'],
  DOORVOER_PUBLIC_URL: [
    'doorvoer.example',
    'ftp://doorvoer.example',
    'https://',
    'localhost:3000',
    // Webhook addresses are made by putting a path behind it.
    'https://doorvoer.example/?a=1',
    'https://doorvoer.example/#a',
    'https://user:password@doorvoer.example',
  ],
  DOORVOER_TRUST_PROXY: ['maybe', '2', '-'],
  DOORVOER_KEYS: ['k1', 'k1:', 'k1:AAAA', `${key},${key}`, 'k 1:AAAA', `${key},`, ':AAAA'],
  DOORVOER_SECRET: ['short', 's'.repeat(31)],
  DOORVOER_PRIVATE_ADDRESSES: [
    '10.0.0.0',
    '10.0.0.0/33',
    '10.0.0/8',
    'localhost/8',
    '::1/129',
    '10.0.0.0/8,',
    '10.0.0.0/8;127.0.0.0/8',
    '10.0.0.0/-1',
    '/8',
  ],
  DOORVOER_PACES: [
    'kmoshops',
    'kmoshops=150',
    'kmoshops=150/60/8',
    'kmoshops=0/60s/8',
    'kmoshops=150/0s/8',
    'kmoshops=150/60s/0',
    'kmoshops=-1/60s/8',
    '=150/60s/8',
    'kmoshops=150/60s/8,',
  ],
  DOORVOER_LATE_EFFECTS: ['factuursturen', 'factuursturen=120', 'factuursturen=-1s', '=5s'],
  DOORVOER_CONCURRENCY: ['0', '201', '1.5', 'many'],
  DOORVOER_KMOSHOPS_APP: ['77', '77:', ':secret', ':'],
  DOORVOER_ROMPSLOMP_APP: ['id', 'id:', ':secret', ':'],
  DOORVOER_VIES_URL: ['vies', 'ftp://vies.example'],
  DOORVOER_SEOSHOP_APP: ['c0ffee', 'c0ffee:', ':secret', ':'],
  DOORVOER_SMTP_URL: ['mail.example', 'http://mail.example'],
  DOORVOER_MAIL_FROM: ['Doorvoer', 'a@b\nBcc: c@d', 'x <a@b> <c@d>'],
  DOORVOER_SELLER: ['Voorbeeld BV', '{}', JSON.stringify({ ...seller, vatNumber: 'NL1' })],
  DOORVOER_MOLLIE_KEY: ['geheim', 'test_short'],
  DOORVOER_MOLLIE_URL: ['mollie', 'ftp://mollie.example'],
  DOORVOER_LOG_LEVEL: ['verbose', 'INFO', '30'],
  DOORVOER_CRASH_AT: ['commit-reserved', 'after:commit-reserved', 'during:x#1', 'after:x#one'],
}

/** Values that each variable takes, and where they end up. */
const right: Record<string, readonly [string, object]> = {
  DOORVOER_HOME: ['/var/lib/doorvoer', { home: '/var/lib/doorvoer' }],
  DOORVOER_DATABASE_PORT: ['5433', { databasePort: 5433 }],
  DOORVOER_HOST: ['10.0.0.5', { host: '10.0.0.5', publicUrl: 'http://10.0.0.5:3000' }],
  DOORVOER_PORT: ['8080', { port: 8080, publicUrl: 'http://127.0.0.1:8080' }],
  DOORVOER_PUBLIC_URL: ['https://doorvoer.example//', { publicUrl: 'https://doorvoer.example' }],
  DOORVOER_SECRET: [secret, { secret }],
  DOORVOER_PRIVATE_ADDRESSES: [
    '127.0.0.0/8, fd00::/8',
    { privateAllowed: ['127.0.0.0/8', 'fd00::/8'] },
  ],
  DOORVOER_PACES: [
    'kmoshops=150/60s/8, factuursturen=1000/3600s/4',
    {
      paces: {
        kmoshops: { calls: 150, windowMs: 60_000, concurrency: 8 },
        factuursturen: { calls: 1000, windowMs: 3_600_000, concurrency: 4 },
      },
    },
  ],
  DOORVOER_LATE_EFFECTS: ['factuursturen=120s', { lateEffectMs: { factuursturen: 120_000 } }],
  DOORVOER_CONCURRENCY: ['200', { concurrency: 200 }],
  DOORVOER_KMOSHOPS_APP: ['77:geheim', { storeApps: { kmoshops: { id: '77', secret: 'geheim' } } }],
  DOORVOER_ROMPSLOMP_APP: [
    'id:geheim',
    { storeApps: { rompslomp: { id: 'id', secret: 'geheim' } } },
  ],
  DOORVOER_VIES_URL: ['http://127.0.0.1:4200/rest', { viesUrl: 'http://127.0.0.1:4200/rest' }],
  DOORVOER_SEOSHOP_APP: [
    'c0ffee:geheim',
    { storeApps: { seoshop: { id: 'c0ffee', secret: 'geheim' } } },
  ],
  DOORVOER_SMTP_URL: ['smtp://mail.example:25', { smtpUrl: 'smtp://mail.example:25' }],
  DOORVOER_MAIL_FROM: ['Post <post@mail.example>', { mailFrom: 'Post <post@mail.example>' }],
  DOORVOER_SELLER: [JSON.stringify(seller), { seller }],
  DOORVOER_MOLLIE_KEY: [
    mollieKey,
    { mollie: { key: mollieKey, url: 'https://api.mollie.com/v2/' } },
  ],
  DOORVOER_MOLLIE_URL: ['http://127.0.0.1:4300/v2', { mollie: undefined }],
  DOORVOER_LOG_LEVEL: ['silent', { logLevel: 'silent' }],
  DOORVOER_CRASH_AT: [
    'after:commit-reserved#2',
    { crashAt: { point: 'after:commit-reserved', nth: 2 } },
  ],
}

/** What a variable can't do without. */
const companions: Record<string, Record<string, string>> = {
  DOORVOER_SMTP_URL: { DOORVOER_MAIL_FROM: 'post@mail.example' },
  DOORVOER_MOLLIE_KEY: { DOORVOER_SELLER: JSON.stringify(seller) },
}

describe('nothing set', () => {
  it('is enough to start with', () => {
    expect(readConfig({})).toEqual({
      databaseUrl: undefined,
      home: path.resolve('.doorvoer'),
      databasePort: undefined,
      host: '127.0.0.1',
      port: 3000,
      publicUrl: 'http://127.0.0.1:3000',
      trustProxy: false,
      keyRing: undefined,
      secret: undefined,
      privateAllowed: [],
      paces: {},
      lateEffectMs: {},
      concurrency: 20,
      storeApps: {},
      mailFrom: 'Doorvoer <doorvoer@localhost>',
      logLevel: 'info',
      crashAt: undefined,
    })
  })

  it('is what an empty value is too', () => {
    const empty = Object.fromEntries(environmentNames.map((name) => [name, '']))
    expect(readConfig(empty)).toEqual(readConfig({}))
    expect(readConfig({ DOORVOER_PORT: undefined })).toEqual(readConfig({}))
  })

  it('overlooks what is not ours', () => {
    expect(linesOf({ PATH: '/bin', PORT: 'x', NODE_ENV: 'test', doorvoer_port: 'x' })).toEqual([])
  })
})

describe('every variable', () => {
  it('is tried here, wrong', () => {
    expect(Object.keys(wrong).sort()).toEqual([...environmentNames].sort())
  })

  const cases = Object.entries(wrong).flatMap(([name, values]) =>
    values.map((value) => ({ name, value })),
  )

  it.each(cases)('$name=$value gets one clear line that names it', ({ name, value }) => {
    // With the rest of a real server's settings in order, so that nothing else is to be said.
    const env = { ...server, DOORVOER_KEYS: key, DOORVOER_SECRET: secret, [name]: value }
    const lines = linesOf(env)
    expect(lines).toHaveLength(1)
    expect(lines[0]).toMatch(new RegExp(`^${name}: \\S.{5,}`))
    expect(lines[0]).not.toMatch(/[\n\r]|undefined|\[object/)
  })

  it.each(Object.entries(right))('%s is read', (name, [value, expected]) => {
    expect(readConfig({ ...companions[name], [name]: value })).toMatchObject(expected)
  })

  it('is read with a whole server', () => {
    const config = readConfig({ ...server, DOORVOER_KEYS: key, DOORVOER_SECRET: secret })
    expect(config).toMatchObject({ databaseUrl: server.DATABASE_URL, keyRing: { current: 'k1' } })
  })

  it.each(['true', '1', 'yes', 'on'])('DOORVOER_TRUST_PROXY is on with %s', (value) => {
    expect(readConfig({ DOORVOER_TRUST_PROXY: value }).trustProxy).not.toBe(false)
  })

  it.each(['false', '0', 'no', 'off'])('DOORVOER_TRUST_PROXY is off with %s', (value) => {
    expect(readConfig({ DOORVOER_TRUST_PROXY: value }).trustProxy).toBe(false)
  })
})

describe('several mistakes', () => {
  it('get a line each', () => {
    const lines = linesOf({ DOORVOER_PORT: 'x', DOORVOER_SECRET: 'x', DOORVOER_PROT: '1' })
    expect(lines.map((line) => line.split(':')[0])).toEqual([
      'DOORVOER_PORT',
      'DOORVOER_SECRET',
      'DOORVOER_PROT',
    ])
  })

  it('of a misspelt name are named, and nothing else is', () => {
    expect(linesOf({ DOORVOER_KEY: key })).toEqual(['DOORVOER_KEY: there is no such setting'])
    expect(linesOf({ DOORVOER_port: '1' })).toEqual(['DOORVOER_port: there is no such setting'])
  })

  it('of a misspelt name are named also without a value: it was meant to be set', () => {
    expect(linesOf({ DOORVOER_KEY: '' })).toHaveLength(1)
  })
})

describe('a database server of one’s own', () => {
  it('needs keys and a secret beside it', () => {
    expect(linesOf({ ...server, DOORVOER_SECRET: secret })).toMatchObject([
      expect.stringMatching(/^DOORVOER_KEYS: .*keys new/),
    ])
    expect(linesOf({ ...server, DOORVOER_KEYS: key })).toMatchObject([
      expect.stringMatching(/^DOORVOER_SECRET: .*32/),
    ])
  })

  it('says so of both at once', () => {
    expect(linesOf(server).map((line) => line.split(':')[0])).toEqual([
      'DOORVOER_KEYS',
      'DOORVOER_SECRET',
    ])
  })
})

describe('no line shows a secret', () => {
  const bare = key.slice(3)

  it.each([
    ['a key without its name', { DOORVOER_KEYS: bare }],
    ['keys in the wrong order', { DOORVOER_KEYS: `${bare}:k1` }],
    ['a key that was cut', { DOORVOER_KEYS: `k1:${bare.slice(0, 30)}` }],
    ['two keys without a comma', { DOORVOER_KEYS: `${key} ${key}` }],
  ])('%s', (_, env) => {
    const said = linesOf(env).join(' ')
    expect(said).toContain('DOORVOER_KEYS')
    expect(said).not.toContain(bare.slice(0, 12))
  })

  it('a password in an address', () => {
    expect(linesOf({ DATABASE_URL: 'mysql://u:geheim@db/x' }).join()).not.toContain('geheim')
    expect(linesOf({ DATABASE_URL: 'postgres//u:geheim@db/x' }).join()).not.toContain('geheim')
  })

  it('the secret of an app, or of sessions', () => {
    expect(linesOf({ DOORVOER_KMOSHOPS_APP: ':geheim' }).join()).not.toContain('geheim')
    expect(linesOf({ DOORVOER_SECRET: 'geheim' }).join()).not.toContain('geheim')
  })
})

describe('a mistake that would otherwise go unnoticed', () => {
  it('is a system nobody knows', () => {
    expect(linesOf({ DOORVOER_PACES: 'kmoshop=150/60s/8' })).toMatchObject([
      expect.stringContaining('kmoshop'),
    ])
    expect(linesOf({ DOORVOER_LATE_EFFECTS: 'factuursturn=120s' })).toMatchObject([
      expect.stringContaining('factuursturn'),
    ])
  })

  it('is a secret of an app that is cut at its second colon', () => {
    const { storeApps } = readConfig({ DOORVOER_KMOSHOPS_APP: '77:ge:heim' })
    expect(storeApps['kmoshops']?.secret).toBe('ge:heim')
  })

  it('is an address of IPv6 that makes no URL', () => {
    const { publicUrl } = readConfig({ DOORVOER_HOST: '::1' })
    expect(URL.parse(publicUrl)?.host).toBe('[::1]:3000')
  })
})

describe('.env.example', () => {
  const file = path.resolve(import.meta.dirname, '../.env.example')

  it('lists exactly the settings there are', () => {
    const named = [...readFileSync(file, 'utf8').matchAll(/^#?\s*([A-Z][A-Z_]+)=/gm)]
    expect(named.map(([, name]) => name).sort()).toEqual([...environmentNames].sort())
  })

  it('can be used as it is', () => {
    const set = [...readFileSync(file, 'utf8').matchAll(/^([A-Z][A-Z_]+)=(.*)$/gm)]
    expect(linesOf(Object.fromEntries(set.map(([, name = '', value]) => [name, value])))).toEqual(
      [],
    )
  })
})
