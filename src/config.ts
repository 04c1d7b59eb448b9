import path from 'node:path'
import { isIP } from 'node:net'
import { z } from 'zod'
import type { Pace } from './connectors/pace.ts'
import { accountings, webshops } from './connectors/registry.ts'
import { amount, toCents } from './money/amount.ts'
import { parseKeyRing, type KeyRing } from './merchants/key-ring.ts'
import { mollieUrl } from './support/billing/mollie.ts'
import { parseSeller, type Seller } from './support/billing/seller.ts'

/** A setting of the environment is wrong; the message has one line per wrong value. */
export class ConfigError extends Error {
  readonly lines: readonly string[]
  constructor(lines: readonly string[]) {
    super(lines.join('\n'))
    this.name = 'ConfigError'
    this.lines = lines
  }
}

const port = z.coerce.number().int().min(1).max(65_535)
const text = z.string().trim().min(1)

/** Turns a parser that throws into a zod check whose message says what is wrong. */
const parsedBy = <T>(parse: (value: string) => T) =>
  text.transform((value, context): T => {
    try {
      return parse(value)
    } catch (error) {
      context.addIssue({ code: 'custom', message: (error as Error).message })
      return z.NEVER
    }
  })

const parseSubnets = (value: string): string[] =>
  value.split(',').map((each) => {
    const [address = '', bits = ''] = each.trim().split('/')
    const bitsMax = isIP(address) === 6 ? 128 : 32
    if (isIP(address) === 0 || !/^\d{1,3}$/.test(bits) || Number(bits) > bitsMax) {
      throw new Error(`"${each.trim()}" is not a subnet like 10.0.0.0/8`)
    }
    return each.trim()
  })

const parsePaces = (value: string): Record<string, Pace> =>
  Object.fromEntries(
    value.split(',').map((each) => {
      const match = /^([\w-]+)=(\d+)\/(\d+)s\/(\d+)$/.exec(each.trim())
      if (match?.[1] === undefined) {
        throw new Error(`"${each.trim()}" is not like kmoshops=150/60s/8 (calls/seconds/at once)`)
      }
      const [calls, seconds, concurrency] = match.slice(2).map(Number)
      if (!calls || !seconds || !concurrency) throw new Error(`"${each.trim()}" has a zero in it`)
      return [knownSystem(match[1]), { calls, windowMs: seconds * 1000, concurrency }] as const
    }),
  )

const parseLateEffects = (value: string): Record<string, number> =>
  Object.fromEntries(
    value.split(',').map((each) => {
      const match = /^([\w-]+)=(\d+)s$/.exec(each.trim())
      if (match?.[1] === undefined)
        throw new Error(`"${each.trim()}" is not like factuursturen=120s`)
      return [knownSystem(match[1]), Number(match[2]) * 1000] as const
    }),
  )

const parseStoreApp = (value: string): { id: string; secret: string } => {
  const [id, ...rest] = value.split(':')
  const secret = rest.join(':')
  if (!id || !secret) throw new Error('must be <app id>:<app secret>')
  return { id, secret }
}

/** Signatures and links are made of it, so nothing may hang on it. */
const isPlainAddress = (text: string): boolean => {
  // What is no address at all is said already.
  if (!URL.canParse(text)) return true
  const { username, password, search, hash } = new URL(text)
  return username + password + search + hash === ''
}

const systems = new Set([...webshops, ...accountings].map((connector) => connector.id))

/** Figures for a system that does not exist would wait for ever to be used. */
const knownSystem = (system: string): string => {
  if (!systems.has(system))
    throw new Error(`"${system}" is no system; there are: ${[...systems].join(', ')}`)
  return system
}

/** The environment, with what each variable means; `.env.example` is checked against it. */
const environment = z.object({
  DATABASE_URL: z
    .url({ protocol: /^postgres(ql)?$/, error: 'must be a postgres:// address' })
    .optional(),
  DOORVOER_HOME: text.default('.doorvoer'),
  DOORVOER_DATABASE_PORT: port.optional(),
  DOORVOER_HOST: text.default('127.0.0.1'),
  DOORVOER_PORT: port.default(3000),
  DOORVOER_METRICS_PORT: port.optional(),
  DOORVOER_PUBLIC_URL: z
    .url({ protocol: /^https?$/, error: 'must be an http(s) address' })
    .refine(isPlainAddress, 'must be an address without user, query or #')
    .optional(),
  DOORVOER_TRUST_PROXY: z.stringbool().default(false),
  DOORVOER_KEYS: parsedBy(parseKeyRing).optional(),
  DOORVOER_SECRET: text.min(32, 'must be at least 32 characters').optional(),
  DOORVOER_PRIVATE_ADDRESSES: parsedBy(parseSubnets).default([]),
  DOORVOER_PACES: parsedBy(parsePaces).default({}),
  DOORVOER_LATE_EFFECTS: parsedBy(parseLateEffects).default({}),
  DOORVOER_CONCURRENCY: z.coerce.number().int().min(1).max(200).default(20),
  DOORVOER_KMOSHOPS_APP: parsedBy(parseStoreApp).optional(),
  DOORVOER_ROMPSLOMP_APP: parsedBy(parseStoreApp).optional(),
  DOORVOER_VIES_URL: z
    .url({ protocol: /^https?$/, error: 'must be an http(s) address' })
    .optional(),
  DOORVOER_SEOSHOP_APP: parsedBy(parseStoreApp).optional(),
  DOORVOER_MIGRATION_TARIFF: z
    .string()
    .regex(/^\d{1,6}(\.\d{2})?$/, 'must be euros like 67.50')
    .default('67.50'),
  DOORVOER_SMTP_URL: z
    .url({ protocol: /^smtps?$/, error: 'must be an smtp:// or smtps:// address' })
    .optional(),
  DOORVOER_MAIL_FROM: text
    .regex(/^([^<>\r\n]* )?<?[^\s<>@]+@[^\s<>@]+>?$/, 'must be like Doorvoer <post@example.com>')
    .optional(),
  DOORVOER_SELLER: parsedBy(parseSeller).optional(),
  DOORVOER_MOLLIE_KEY: text
    .regex(/^(test|live)_\w{30,}$/, 'must be a key of Mollie, test_... or live_...')
    .optional(),
  DOORVOER_MOLLIE_URL: z
    .url({ protocol: /^https?$/, error: 'must be an http(s) address' })
    .default(mollieUrl),
  DOORVOER_LOG_LEVEL: z.enum(['trace', 'debug', 'info', 'warn', 'error', 'silent']).default('info'),
  DOORVOER_CRASH_AT: z
    .string()
    .regex(/^(before|after):[\w-]+#\d+$/, 'must be like after:commit-reserved#1')
    .optional(),
})

export const environmentNames: readonly string[] = Object.keys(environment.shape)

export interface Config {
  databaseUrl: string | undefined
  /** Absolute. Holds the embedded database, its keys and nothing else. */
  home: string
  databasePort: number | undefined
  host: string
  port: number
  /** Where browsers and remotes reach us, without a slash at the end. */
  publicUrl: string
  trustProxy: boolean
  keyRing: KeyRing | undefined
  secret: string | undefined
  privateAllowed: readonly string[]
  paces: Readonly<Record<string, Pace>>
  /** Milliseconds after which a lost request can't take effect any more, by system. */
  lateEffectMs: Readonly<Record<string, number>>
  concurrency: number
  storeApps: Readonly<Record<string, { id: string; secret: string }>>
  /** Of the REST interface of VIES, where it is not the Commission's. */
  viesUrl: string | undefined
  /** Where a worker without web server answers /health and /metrics; undefined: nowhere. */
  metricsPort: number | undefined
  /** What a migration costs per thousand sales that are begun, in euro cents excl. VAT. */
  migrationCents: number
  /** Where mails go; undefined: into files below `home`. */
  smtpUrl: string | undefined
  mailFrom: string
  /** Whoever sells licences here; undefined: nobody does, and none expires. */
  seller: Seller | undefined
  mollie: { key: string; url: string } | undefined
  logLevel: string
  crashAt: { point: string; nth: number } | undefined
}

/**
 * Reads the configuration from the environment.
 * @throws ConfigError with a line for every variable that is wrong or misspelt
 */
export const readConfig = (env: Readonly<Record<string, string | undefined>>): Config => {
  const given = Object.fromEntries(
    Object.entries(env).filter(([name, value]) => environmentNames.includes(name) && value !== ''),
  )
  const misspelt = Object.keys(env)
    // The keys of a real installation, for the demo and the conformance command, are read by these.
    .filter((name) => name.startsWith('DOORVOER_') && !name.startsWith('DOORVOER_REMOTE_'))
    .filter((name) => !environmentNames.includes(name))
    .map((name) => `${name}: there is no such setting`)
  const parsed = environment.safeParse(given)
  if (!parsed.success || misspelt.length > 0) {
    const wrong = (parsed.error?.issues ?? []).map(
      (issue) => `${issue.path.map(String).join('.')}: ${issue.message}`,
    )
    throw new ConfigError([...wrong, ...misspelt])
  }
  const { data } = parsed
  const missing: string[] = []
  if (data.DATABASE_URL !== undefined && data.DOORVOER_KEYS === undefined) {
    missing.push(
      'DOORVOER_KEYS: is required with DATABASE_URL, so that a copy of the database opens no credentials; make one with `npm run -s doorvoer -- keys new`',
    )
  }
  if (data.DATABASE_URL !== undefined && data.DOORVOER_SECRET === undefined) {
    missing.push('DOORVOER_SECRET: is required with DATABASE_URL; 32 random characters or more')
  }
  if (data.DOORVOER_SMTP_URL !== undefined && data.DOORVOER_MAIL_FROM === undefined) {
    missing.push('DOORVOER_MAIL_FROM: is required with DOORVOER_SMTP_URL: who mails come from')
  }
  if (data.DOORVOER_MOLLIE_KEY !== undefined && data.DOORVOER_SELLER === undefined) {
    missing.push('DOORVOER_SELLER: is required with DOORVOER_MOLLIE_KEY: who sells, on the invoice')
  }
  if (missing.length > 0) throw new ConfigError(missing)
  const crash = data.DOORVOER_CRASH_AT?.split('#')
  const host = isIP(data.DOORVOER_HOST) === 6 ? `[${data.DOORVOER_HOST}]` : data.DOORVOER_HOST
  const publicUrl = data.DOORVOER_PUBLIC_URL ?? `http://${host}:${data.DOORVOER_PORT}`
  return {
    databaseUrl: data.DATABASE_URL,
    home: path.resolve(data.DOORVOER_HOME),
    databasePort: data.DOORVOER_DATABASE_PORT,
    host: data.DOORVOER_HOST,
    port: data.DOORVOER_PORT,
    publicUrl: publicUrl.replace(/\/+$/, ''),
    trustProxy: data.DOORVOER_TRUST_PROXY,
    keyRing: data.DOORVOER_KEYS,
    secret: data.DOORVOER_SECRET,
    privateAllowed: data.DOORVOER_PRIVATE_ADDRESSES,
    paces: data.DOORVOER_PACES,
    lateEffectMs: data.DOORVOER_LATE_EFFECTS,
    concurrency: data.DOORVOER_CONCURRENCY,
    viesUrl: data.DOORVOER_VIES_URL,
    storeApps: {
      ...(data.DOORVOER_KMOSHOPS_APP && { kmoshops: data.DOORVOER_KMOSHOPS_APP }),
      ...(data.DOORVOER_ROMPSLOMP_APP && { rompslomp: data.DOORVOER_ROMPSLOMP_APP }),
      ...(data.DOORVOER_SEOSHOP_APP && { seoshop: data.DOORVOER_SEOSHOP_APP }),
    },
    metricsPort: data.DOORVOER_METRICS_PORT,
    migrationCents: toCents(amount(data.DOORVOER_MIGRATION_TARIFF)),
    smtpUrl: data.DOORVOER_SMTP_URL,
    mailFrom: data.DOORVOER_MAIL_FROM ?? 'Doorvoer <doorvoer@localhost>',
    seller: data.DOORVOER_SELLER,
    mollie:
      data.DOORVOER_MOLLIE_KEY === undefined
        ? undefined
        : {
            key: data.DOORVOER_MOLLIE_KEY,
            url: data.DOORVOER_MOLLIE_URL.replace(/\/*$/, '/'),
          },
    logLevel: data.DOORVOER_LOG_LEVEL,
    crashAt: crash?.[0] === undefined ? undefined : { point: crash[0], nth: Number(crash[1]) },
  }
}
