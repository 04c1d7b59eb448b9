import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { request as httpRequest } from 'node:http'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { createTestDatabase, type TestDatabase } from '../../test/support/database.ts'
import { openHouse, type TestHouse, type Visitor } from '../../test/support/house.ts'
import { api, failure, type RouteKey } from './api.ts'

let database: TestDatabase
let there: TestHouse
/** The same, with a dashboard, reached over https. */
let grand: TestHouse
let folder: string
let owner: Visitor

beforeAll(async () => {
  database = await createTestDatabase()
  folder = await mkdtemp(path.join(tmpdir(), 'doorvoer-dashboard-'))
  await mkdir(path.join(folder, 'assets'))
  await writeFile(
    path.join(folder, 'index.html'),
    '<!doctype html><title>Doorvoer</title><meta property="csp-nonce" nonce="nonce-of-this-page" />',
  )
  await writeFile(path.join(folder, 'assets/app-1a2b3c.js'), 'export {}')
  await writeFile(path.join(folder, '..', `${path.basename(folder)}.secret`), 'geheim')
  there = await openHouse(database)
  grand = await openHouse(database, { dashboard: folder, publicUrl: 'https://doorvoer.example' })
  owner = await there.welcome('noor')
})
afterAll(async () => {
  await there.close()
  await grand.close()
  await rm(folder, { recursive: true })
  await rm(`${folder}.secret`)
  await database.close()
})

const codeOf = async (answer: Response) => {
  expect(answer.headers.get('content-type')).toMatch(/^application\/json/)
  return `${answer.status} ${failure.parse(await answer.json()).error.code}`
}

/** Sends a path exactly as written: fetch would tidy it up. */
const askRaw = (house: TestHouse, target: string): Promise<{ status: number; body: string }> =>
  new Promise((resolve, reject) => {
    const { hostname, port } = new URL(house.url)
    httpRequest({ hostname, port, path: target, agent: false }, (answer) => {
      let body = ''
      answer.setEncoding('utf8').on('data', (text: string) => (body += text))
      answer.on('end', () => {
        resolve({ status: answer.statusCode ?? 0, body })
      })
    })
      .on('error', reject)
      .end()
  })

describe('what is not there', () => {
  it.each(['/api/nothing', '/api/integrations', '/hooks/', '/store/kmoshops', '/health/x'])(
    'is told in JSON: %s',
    async (target) => {
      expect(await codeOf(await there.ask(target))).toBe('404 NOT_FOUND')
      expect(await codeOf(await grand.ask(target))).toBe('404 NOT_FOUND')
    },
  )

  it.each(['POST', 'PUT', 'DELETE', 'PATCH'])('can’t be asked with %s either', async (method) => {
    expect(await codeOf(await grand.ask('/report', { method }))).toBe('404 NOT_FOUND')
  })

  it('is told in the language of who asks', async () => {
    const text = async (target: string, language: string) => {
      const answer = await there.ask(target, { headers: { 'accept-language': language } })
      return failure.parse(await answer.json()).error.text
    }
    expect(await text('/api/nothing', 'nl')).toBe('Dit bestaat niet.')
    expect(await text('/api/nothing', 'en-GB')).toBe('This does not exist.')
    expect(await text('/api/nothing?language=nl', 'en-GB')).toBe('Dit bestaat niet.')
  })

  it('is a page too where no dashboard was built', async () => {
    expect(await codeOf(await there.ask('/'))).toBe('404 NOT_FOUND')
    expect(await codeOf(await there.ask('/report'))).toBe('404 NOT_FOUND')
  })

  it.each(['/%', '/api/%E0%A4%A', '/hooks/kmoshops/%zz'])(
    'nor is an address that can’t be read: %s',
    async (target) => {
      const { status, body } = await askRaw(there, target)
      expect(status).toBeGreaterThanOrEqual(400)
      expect(status).toBeLessThan(500)
      expect(failure.safeParse(JSON.parse(body)).success).toBe(true)
    },
  )

  it('nor is an address that is longer than any of ours', async () => {
    const answer = await there.ask(`/hooks/kmoshops/${'x'.repeat(300)}`, { method: 'POST' })
    expect(await codeOf(answer)).toMatch(/^4\d\d [A-Z_]+$/)
  })
})

describe('the dashboard', () => {
  it.each(['/', '/report', '/errors?period=7', '/install?claim=x', '/some/deep/page'])(
    'is the same page everywhere, and asked for again each time: %s',
    async (target) => {
      const answer = await grand.ask(target)
      expect(answer.status).toBe(200)
      expect(answer.headers.get('content-type')).toContain('text/html')
      expect(answer.headers.get('cache-control')).toBe('no-cache')
      expect(await answer.text()).toContain('<title>Doorvoer</title>')
    },
  )

  it('has files that never change, and are kept', async () => {
    const answer = await grand.ask('/assets/app-1a2b3c.js')
    expect(answer.headers.get('content-type')).toContain('javascript')
    expect(answer.headers.get('cache-control')).toMatch(/immutable/)
    expect(await answer.text()).toBe('export {}')
  })

  it('has no page in the place of a file that is gone, as after an update', async () => {
    expect((await grand.ask('/assets/app-old.js')).status).toBe(404)
  })

  it('gives nothing outside its folder', async () => {
    const name = `${path.basename(folder)}.secret`
    for (const target of [
      `/../${name}`,
      `/..%2f${name}`,
      `/%2e%2e/${name}`,
      `/assets/..%2f..%2f${name}`,
      `/assets/%2e%2e%2f%2e%2e%2f${name}`,
      `/..\\${name}`,
      `//${name}`,
    ]) {
      expect((await askRaw(grand, target)).body).not.toContain('geheim')
    }
  })
})

describe('the headers', () => {
  it.each([
    ['a page', '/'],
    ['a file', '/assets/app-1a2b3c.js'],
    ['an answer', '/health/live'],
    ['a refusal', '/api/me'],
    ['what is not there', '/api/nothing'],
    ['the metrics', '/metrics'],
    ['a sign-in', '/api/auth/get-session'],
  ])('of %s keep it to ourselves', async (_, target) => {
    const { headers } = await grand.ask(target)
    const policy = headers.get('content-security-policy') ?? ''
    expect(policy).toContain("default-src 'self'")
    expect(policy).toContain("frame-ancestors 'none'")
    expect(policy).toContain("object-src 'none'")
    expect(policy).toMatch(/script-src 'self'(;|$)/)
    expect(policy).toMatch(/style-src 'self'( 'nonce-[\w-]{22}')?(;|$)/)
    expect(policy).not.toMatch(/unsafe|\*/)
    expect(headers.get('x-content-type-options')).toBe('nosniff')
    expect(headers.get('referrer-policy')).toBe('same-origin')
    expect(headers.get('strict-transport-security')).toContain('max-age=')
    expect(headers.get('x-powered-by')).toBeNull()
    expect(headers.get('server')).toBeNull()
    expect(headers.get('access-control-allow-origin')).toBeNull()
  })

  it('let in a style of this page only, which no other page has', async () => {
    const nonces = new Set<string>()
    for (const target of ['/', '/report', '/']) {
      const answer = await grand.ask(target)
      const policy = answer.headers.get('content-security-policy') ?? ''
      const nonce = /style-src 'self' 'nonce-([\w-]{22})'/.exec(policy)?.[1] ?? ''
      expect(await answer.text()).toContain(`nonce="${nonce}"`)
      expect(answer.headers.get('etag') ?? answer.headers.get('last-modified')).toBeNull()
      nonces.add(nonce)
    }
    expect(nonces.size).toBe(3)
    expect((await grand.ask('/index.html')).status).toBe(404)
  })

  it('promise no https where there is none', async () => {
    const { headers } = await there.ask('/health/live')
    expect(headers.get('strict-transport-security')).toBeNull()
  })

  it('of the documentation let it load nothing from elsewhere, and nothing inline', async () => {
    const { headers } = await there.ask('/api/docs/')
    const policy = headers.get('content-security-policy') ?? ''
    expect(policy).not.toContain('unsafe')
    expect(policy).toContain("default-src 'self'")
    expect(policy).toContain("object-src 'none'")
    expect(headers.get('x-content-type-options')).toBe('nosniff')
    // The page would tell this website where we are, as soon as we are reachable from outside.
    expect(policy).not.toContain('swagger.io')
    expect(policy).not.toContain('https:')
  })

  it('of the documentation ask for no https where there is none', async () => {
    const { headers } = await there.ask('/api/docs/')
    expect(headers.get('content-security-policy')).not.toContain('upgrade-insecure-requests')
  })

  it('let no browser keep what belongs to a person', async () => {
    const answer = await there.ask('/api/me', { headers: { cookie: owner.cookie } })
    expect(answer.status).toBe(200)
    expect(answer.headers.get('cache-control') ?? '').toContain('no-store')
  })
})

describe('whoever runs the machine', () => {
  it('can ask whether it is alive and ready', async () => {
    expect(await (await there.ask('/health/live')).json()).toEqual({ status: 'alive' })
    expect(await (await there.ask('/health/ready')).json()).toEqual({ status: 'ready' })
  })

  it('gets what was counted, as Prometheus reads it', async () => {
    const answer = await there.ask('/metrics')
    expect(answer.headers.get('content-type')).toContain('text/plain')
    const text = await answer.text()
    for (const name of [
      'doorvoer_webhooks_total',
      'doorvoer_webhook_acknowledgement_seconds',
      'doorvoer_store_calls_total',
      'process_cpu_seconds_total',
    ]) {
      expect(text).toContain(`# TYPE ${name} `)
    }
  })
})

describe('an address that asks too much', () => {
  it('is turned away with a code, and nobody else is', async () => {
    const statuses: number[] = []
    let last: Response | undefined
    for (let batch = 0; batch < 13; batch += 1) {
      const answers = await Promise.all(Array.from({ length: 50 }, () => there.ask('/api/me')))
      statuses.push(...answers.map(({ status }) => status))
      last = answers.at(-1)
      await Promise.all(answers.slice(0, -1).map((answer) => answer.text()))
    }
    expect(statuses.filter((status) => status === 401).length).toBeLessThanOrEqual(600)
    expect(statuses.filter((status) => status === 429).length).toBeGreaterThanOrEqual(50)
    expect(last === undefined ? '' : await codeOf(last)).toBe('429 TOO_MANY_REQUESTS')
    expect((await there.ask('/health/live')).status).toBe(200)
    const hook = await there.ask('/hooks/kmoshops/x', { method: 'POST', body: '{}' })
    expect(hook.status).toBe(404)
  })
})

const schema = z.record(z.string(), z.unknown())
const operation = z.strictObject({
  summary: z.string().min(5),
  tags: z.array(z.string()).optional(),
  security: z.array(z.record(z.string(), z.array(z.string()))),
  operationId: z.string().optional(),
  parameters: z
    .array(
      z.looseObject({
        name: z.string(),
        in: z.enum(['path', 'query', 'header', 'cookie']),
        required: z.boolean(),
        schema,
      }),
    )
    .optional(),
  requestBody: z
    .looseObject({ content: z.record(z.string(), z.looseObject({ schema })) })
    .optional(),
  responses: z.record(
    z.string().regex(/^([1-5]\d\d|[1-5]XX|default)$/),
    z.looseObject({
      description: z.string(),
      content: z.record(z.string(), z.looseObject({ schema: schema.optional() })).optional(),
    }),
  ),
})
/** What OpenAPI 3.1 asks of a document, as far as ours has it. */
const openApi = z.looseObject({
  openapi: z.string().regex(/^3\.1\.\d+$/),
  info: z.looseObject({ title: z.string().min(1), version: z.string().min(1) }),
  paths: z.record(
    z.string().startsWith('/'),
    z.partialRecord(z.enum(['get', 'put', 'post', 'delete', 'patch']), operation),
  ),
  components: z.looseObject({ schemas: z.record(z.string(), schema).optional() }).optional(),
})

describe('the document of the interface', () => {
  const read = async () => (await there.ask('/api/docs/json')).json()
  const places = (key: string) => {
    const [method = '', target = ''] = key.split(' ')
    return [target.replace(/:(\w+)/g, '{$1}'), method.toLowerCase()] as const
  }

  it('is OpenAPI 3.1', async () => {
    const parsed = openApi.safeParse(await read())
    expect(parsed.error?.issues ?? []).toEqual([])
  })

  it('has every route of the table, with its parameters, body and errors', async () => {
    const { paths } = openApi.parse(await read())
    for (const key of Object.keys(api) as RouteKey[]) {
      const [target, method] = places(key)
      const found = paths[target]?.[method as 'get']
      if (found === undefined) throw new Error(`${key} is not in the document`)
      expect(found.summary).toBe(api[key].summary)
      const inPath = (found.parameters ?? []).filter((each) => each.in === 'path')
      const named = [...target.matchAll(/\{(\w+)\}/g)].map(([, name]) => name)
      expect(inPath.map(({ name }) => name).sort()).toEqual([...named].sort())
      expect(inPath.every(({ required }) => required)).toBe(true)
      expect(found.requestBody !== undefined).toBe('body' in api[key])
      expect(Object.keys(found.responses)).toEqual(expect.arrayContaining(['200', '4XX', '5XX']))
    }
  })

  it('has nothing beside the table but what is no JSON', async () => {
    const { paths } = openApi.parse(await read())
    const inTable = new Set(Object.keys(api).map((key) => places(key).join(' ')))
    const others = Object.entries(paths).flatMap(([target, methods]) =>
      Object.keys(methods)
        .map((method) => `${target} ${method}`)
        .filter((place) => !inTable.has(place)),
    )
    expect(others.sort()).toEqual([
      '/api/integrations/{integrationId}/invoices/{invoiceId}.pdf get',
      '/api/integrations/{integrationId}/oss.csv get',
      '/api/integrations/{integrationId}/report.csv get',
      '/api/integrations/{integrationId}/surveys/{surveyId}/differences.csv get',
      '/api/integrations/{integrationId}/surveys/{surveyId}/reconciliation.csv get',
      '/api/integrations/{integrationId}/surveys/{surveyId}/sales.csv get',
      '/api/merchants/{merchantId}/data.zip get',
    ])
  })

  it('speaks JSON Schema and not the dialect of OpenAPI 3.0', async () => {
    const text = JSON.stringify(await read())
    expect(text).not.toContain('"nullable"')
    expect(text).not.toMatch(/"exclusiveM(in|ax)imum":(true|false)/)
  })

  it('points nowhere that is not there', async () => {
    const document = openApi.parse(await read())
    const text = JSON.stringify(document)
    for (const [, pointer = ''] of text.matchAll(/"\$ref":"#\/([^"]+)"/g)) {
      const target = pointer
        .split('/')
        .reduce<unknown>(
          (at, step) => (at as Record<string, unknown> | undefined)?.[step],
          document,
        )
      expect(target).toBeDefined()
    }
  })

  it('can be read by a person, and only runs what is ours', async () => {
    const answer = await there.ask('/api/docs/')
    expect(answer.status).toBe(200)
    expect(answer.headers.get('content-type')).toContain('text/html')
    expect(answer.headers.get('content-security-policy')).not.toMatch(
      /script-src[^;]*unsafe-inline/,
    )
  })
})
