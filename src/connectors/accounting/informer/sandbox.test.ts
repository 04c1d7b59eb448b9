import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { startInformer } from '../../../../sandbox/informer/index.ts'
import { wallClock } from '../../../world/clock.ts'
import { createHttpClient, type HttpClient } from '../../http.ts'
import { schemaOf } from '../../settings.ts'
import { changedDebtors, factsOf, order6224 } from './fixtures/samples.ts'
import { informer } from './index.ts'
import { pace } from './limits.ts'
import { credentials, settings } from './settings.ts'

let sandbox: Awaited<ReturnType<typeof startInformer>>
let http: HttpClient & { close(): Promise<void> }
beforeEach(async () => {
  sandbox = await startInformer({})
  http = createHttpClient({ privateAllowed: ['127.0.0.0/8'] })
})
afterEach(async () => {
  await http.close()
  await sandbox.close()
})

const books = (change: Record<string, unknown> = {}) => ({
  credentials: schemaOf(credentials).parse({
    // A blank that came along with copying does no harm.
    securityCode: ' 123456 ',
    apiKey: 'sandbox-key',
    baseUrl: sandbox.url,
  }),
  settings: schemaOf(settings).parse(change),
  http,
  clock: wallClock,
})

const valuesOf = async (list: string, change: Record<string, unknown> = {}) =>
  (await informer.choices(books(change)))[list]?.map(({ value }) => value)

describe('choices', () => {
  test('have rates for selling, open ledgers and layouts for invoices only', async () => {
    expect(await valuesOf('vatCodes')).toEqual(['81001', '81002', '81003', '81004', '81005'])
    expect(await valuesOf('vatCodePercents')).toEqual([
      '81001:21',
      '81002:9',
      '81003:0',
      '81004:0',
      '81005:19',
    ])
    const ledgers = await valuesOf('ledgers')
    expect(ledgers).toEqual(['90010', '90020', '90021', '90040', '90050'])
    expect(await valuesOf('templates')).toEqual(['51001', '51002'])
  })
  test('have the defaults of the administration, currencies by their code, and cost centres', async () => {
    expect(await valuesOf('defaultTemplates')).toEqual(['51001'])
    expect(await valuesOf('defaultPaymentConditions')).toEqual(['66001'])
    expect(await valuesOf('currencies')).toEqual(['EUR', 'GBP'])
    expect(await valuesOf('currencyIds')).toEqual(['EUR:70001', 'GBP:70002'])
    expect(await valuesOf('costCentres')).toEqual(['61001', '61002'])
    expect(await valuesOf('administrations')).toEqual(['Mokkenhuis'])
  })
  test('have products only where these are linked, and none whose code two have', async () => {
    expect(await valuesOf('productIds')).toEqual([])
    const linked = { linkProducts: true }
    expect(await valuesOf('productIds', linked)).toEqual(['10023:EXT-18', '10024:MOK-1'])
    sandbox.account.products.push({ id: 10025, code: 'MOK-1', description: 'Mok' })
    expect(await valuesOf('productIds', linked)).toEqual(['10023:EXT-18'])
  })
})

test('of three debtors with one address the oldest is found, among more than a page', async () => {
  sandbox.switches.maxRecords = 50
  const match = await informer.findDebtor(books(), 'NOOR@example.org')
  expect(match).toMatchObject({ is: 'found', debtor: { id: '4410021' } })
  expect(sandbox.ledger().requests.byCall['GET relations']).toBe(3)
})

test('an index of debtors is kept with one call', async () => {
  const [all] = await changedDebtors(books(), null)
  expect(all?.debtors).toHaveLength(130)
  const made = await informer.createDebtor(books(), order6224().debtor, {})
  expect(made.is).toBe('done')
  const before = sandbox.ledger().requests.total
  const [changed] = await changedDebtors(books(), all?.cursor ?? null)
  expect(changed?.debtors).toMatchObject([{ emails: ['sophie@example.org'] }])
  expect(sandbox.ledger().requests.total - before).toBe(1)
})

test.each([
  ['v2', true],
  ['v1, when the key does not open v2', false],
])('an invoice is found by %s', async (_by, v2SameKey) => {
  sandbox.switches.v2SameKey = v2SameKey
  const session = books({ fastLookUp: true })
  const choices = await informer.choices(session)
  const made = await informer.createDebtor(session, order6224().debtor, {})
  if (made.is !== 'done') throw new Error(made.is)
  const vatTable = factsOf().vatTable.map((row) => ({
    ...row,
    vatCode: '81001',
    ledgers: { revenue: '90010', shipping: '', payment: '' },
  }))
  const facts = { settings: session.settings, choices, vatTable, products: {} }
  const composed = informer.compose(order6224(), made.value, facts)
  if (composed.is === 'refused') throw new Error(composed.reason.code)
  const outcome = await informer.create(session, composed.wire)
  expect(outcome.is).toBe('done')
  const hint = { date: '2022-12-06', debtorId: made.value.id }
  const lookup = await informer.find(session, '6224', hint)
  expect(lookup).toEqual({ is: 'found', receipt: outcome.is === 'done' && outcome.value })
})

describe('the limits', () => {
  const headersOf = async (): Promise<Record<string, string>> => {
    const answer = await fetch(`${sandbox.url}/v1/administration/`, {
      headers: { Apikey: 'sandbox-key', Securitycode: '123456' },
    })
    return Object.fromEntries(answer.headers)
  }
  const allowances = (headers: Record<string, string>) =>
    [pace, ...(pace.also ?? [])].map((each) => each.allowanceOf?.(headers, new Date()) ?? null)

  test('are sixty a minute and five thousand a day', () => {
    expect([pace, ...(pace.also ?? [])].map(({ calls, windowMs }) => [calls, windowMs])).toEqual([
      [60, 60_000],
      [5000, 86_400_000],
    ])
  })
  test('of the day are read from every answer', async () => {
    expect(allowances(await headersOf())).toEqual([
      null,
      { callsLeft: 4999, windowEndsInMs: 3_600_000 },
    ])
  })
  test('of the minute are ours to count, until nothing is left', async () => {
    sandbox.account.limitPerMinute = 1
    expect(allowances(await headersOf())[0]).toEqual({ callsLeft: 0, windowEndsInMs: 60_000 })
  })
  test('of a key without limit are not there', () => {
    expect(allowances({})).toEqual([null, null])
  })
})
