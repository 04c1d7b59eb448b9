import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { setBookingStage, type BookingStage } from '../../test/support/booking-stage.ts'
import { createTestDatabase, type TestDatabase } from '../../test/support/database.ts'
import { virtualClock } from '../../test/support/virtual-clock.ts'
import { gate } from '../../test/support/gate.ts'
import { draftOf, saleOf } from '../../test/support/sale.ts'
import type { HttpRequest } from '../connectors/http.ts'
import { process } from './decisions.ts'
import { turnstile } from '../world/turnstile.ts'
import { drain } from './drain.ts'
import { openEnds } from './engine.ts'
import { findDebtor } from './find-debtor.ts'
import { callBudgetMs, leaseMs, leaveWithinMs } from './schedule.ts'

let database: TestDatabase
beforeAll(async () => {
  database = await createTestDatabase()
})
afterAll(() => database.close())

const heldMs = leaveWithinMs + callBudgetMs + 120_000
const email = 'an@klant.example'
const creates = { method: 'POST', path: '/clients$' }

const held = ({ id }: BookingStage) =>
  database.db
    .selectFrom('debtors')
    .select(['remoteId', 'heldUntil'])
    .where('integrationId', '=', id)
    .execute()

const clients = ({ books }: BookingStage) => books.ledger().clients

describe('a new debtor', () => {
  test('is held before it is made, and remembered afterwards', async () => {
    const stage = await setBookingStage(database)
    await stage.sell({ email })
    const atCreate = stage.holdAt('after:commit-debtor-held')
    const draining = stage.drain()
    await atCreate.reached
    const heldUntil = new Date(stage.clock.now().getTime() + heldMs)
    expect(await held(stage)).toEqual([{ remoteId: null, heldUntil }])
    atCreate.letGo()
    await draining
    expect(await held(stage)).toEqual([{ remoteId: '1', heldUntil: null }])
  })

  test('is kept under another key in every integration', async () => {
    const hashes = new Set<string>()
    for (let count = 0; count < 2; count += 1) {
      const stage = await setBookingStage(database)
      await stage.sell({ email })
      await stage.drain()
      const rows = await database.db
        .selectFrom('debtors')
        .select('emailHash')
        .where('integrationId', '=', stage.id)
        .execute()
      for (const { emailHash } of rows) hashes.add(emailHash.toString('hex'))
    }
    expect(hashes.size).toBe(2)
  })

  test('is not made for a sale that the books would refuse', async () => {
    const stage = await setBookingStage(database)
    const shopId = await stage.sell({
      email,
      lines: [{ name: 'Mok', unitPrice: 12.1, vatPercent: 17 }],
    })
    await stage.drain()
    expect(await stage.row(shopId)).toMatchObject({ state: 'refused' })
    expect(clients(stage)).toEqual([])
    expect(await held(stage)).toEqual([])
  })

  test('that exists in the books is taken, whoever made it and however it is spelt', async () => {
    const stage = await setBookingStage(database)
    await stage.plant('clients', {
      email: 'Other@Klant.example, AN@klant.EXAMPLE',
      tax_type: 'intax',
    })
    const shopId = await stage.sell({ email })
    await stage.drain()
    expect(await stage.row(shopId)).toMatchObject({ state: 'booked', debtorId: '1' })
    expect(clients(stage)).toHaveLength(1)
  })
})

describe('a worker that died between the hold and the create', () => {
  const died = async () => {
    const stage = await setBookingStage(database)
    const shopId = await stage.sell({ email })
    const reached = gate()
    const dying = stage.openWorker({
      name: 'dying worker',
      clock: virtualClock(),
      at: (point) => {
        if (point !== 'after:commit-debtor-held') return undefined
        reached.open()
        return new Promise(() => undefined)
      },
    })
    void drain(dying.engine, stage.id)
    await reached.opened
    const until = new Date(stage.clock.now().getTime() + heldMs)
    await stage.passes(leaseMs)
    return { stage, shopId, until }
  }

  test('leaves everybody waiting until it can have no effect any more, then one is made', async () => {
    const { stage, shopId, until } = await died()
    const other = await stage.sell({ email: email.toUpperCase() })
    await stage.drain()
    for (const each of [shopId, other]) {
      expect(await stage.row(each)).toMatchObject({
        state: 'open',
        reasonCode: 'OUTCOME_UNKNOWN',
        dueAt: until,
      })
    }
    await stage.passes(heldMs - leaseMs - 1)
    expect(clients(stage)).toEqual([])
    await stage.passes(1)
    expect(await stage.states()).toEqual({ booked: 2 })
    expect(clients(stage)).toHaveLength(1)
  })

  test('keeps no other customer waiting', async () => {
    const { stage } = await died()
    const other = await stage.sell()
    await stage.drain()
    expect(await stage.row(other)).toMatchObject({ state: 'booked' })
  })
})

describe('a create whose answer was lost', () => {
  test.for(['reset-after', 'error-after', 'truncated', 'bad-json'] as const)(
    '(%s) is found by its e-mail address at the next attempt',
    async (fault) => {
      const stage = await setBookingStage(database)
      stage.books.faults.add({ fault, match: creates })
      const shopId = await stage.sell({ email })
      await stage.drain()
      expect(await stage.row(shopId)).toMatchObject({ state: 'open', attempts: 1 })
      await stage.hear(shopId)
      await stage.drain()
      expect(await stage.row(shopId)).toMatchObject({ state: 'booked' })
      expect(clients(stage)).toHaveLength(1)
    },
  )

  test('and had no effect is made once more when that is sure', async () => {
    const stage = await setBookingStage(database)
    stage.books.faults.add({ fault: 'reset-before', match: creates })
    const shopId = await stage.sell({ email })
    await stage.drain()
    for (let count = 0; count < 5; count += 1) {
      await stage.hear(shopId)
      await stage.drain()
      expect(clients(stage)).toEqual([])
      await stage.clock.advance(heldMs / 5)
    }
    await stage.drain()
    expect(await stage.row(shopId)).toMatchObject({ state: 'booked' })
    expect(clients(stage)).toHaveLength(1)
  })
})

test('FAULT: a create that has its effect while the books are being searched, when its hold runs out, is found', async () => {
  const stage = await setBookingStage(database)
  const sent: HttpRequest[] = []
  stage.door.leaving = (request) => {
    if (request.method === 'POST' && request.url.endsWith('/clients')) sent.push(request)
  }
  stage.books.faults.add({ fault: 'reset-before', match: creates })
  const shopId = await stage.sell({ email })
  await stage.drain()
  await stage.clock.advance(heldMs - 1)
  await stage.hear(shopId)
  const atSearch = stage.holdAt('after:call-find-debtor')
  const draining = stage.drain()
  await atSearch.reached
  const [{ url, headers = {}, body = '' } = { url: '' }] = sent
  await fetch(url, { method: 'POST', headers, body })
  await stage.clock.advance(1)
  atSearch.letGo()
  await draining
  expect(await stage.row(shopId)).toMatchObject({ state: 'booked', debtorId: '1' })
  expect(clients(stage)).toHaveLength(1)
})

describe('a debtor that we made', () => {
  const made = async () => {
    const stage = await setBookingStage(database)
    await stage.sell({ email })
    await stage.drain()
    return stage
  }

  test('and whose address was changed in the books is still that customer’s', async () => {
    const stage = await made()
    await stage.plant('clients', { clientnr: 1, email: 'new@klant.example' })
    const shopId = await stage.sell({ email })
    await stage.drain()
    expect(await stage.row(shopId)).toMatchObject({ state: 'booked', debtorId: '1' })
    expect(clients(stage)).toHaveLength(1)
  })

  test('and was deleted in the books is made again', async () => {
    const stage = await made()
    const key = Buffer.from('sandbox:sandbox-key').toString('base64')
    const headers = { authorization: `Basic ${key}` }
    await fetch(`${stage.books.url}/api/v1/clients/1`, { method: 'DELETE', headers })
    const shopId = await stage.sell({ email })
    await stage.drain()
    expect(await stage.row(shopId)).toMatchObject({ state: 'booked', debtorId: '2' })
    expect(await held(stage)).toEqual([{ remoteId: '2', heldUntil: null }])
  })
})

test('a debtor that the books refused is not said to be uncertain when it is tried again', async () => {
  const stage = await setBookingStage(database)
  stage.books.faults.add({ fault: 'error-before', status: 422, match: creates })
  const shopId = await stage.sell({ email })
  await stage.drain()
  const { id: bookingId } = await stage.row(shopId)
  expect(await stage.row(shopId)).toMatchObject({ state: 'refused', reasonCode: 'DEBTOR_REFUSED' })
  await process(stage.engine, stage.id, { bookingIds: [bookingId] })
  await stage.drain()
  expect(await stage.row(shopId)).toMatchObject({ state: 'booked' })
})

test('several customers with one address, of which the books can choose none, are for a person', async () => {
  const stage = await setBookingStage(database)
  const ends = await openEnds(stage.engine, stage.id)
  if (ends === null) throw new Error('the integration does not book')
  const { accounting } = ends
  const connector: typeof accounting.connector = {
    ...accounting.connector,
    findDebtor: () => Promise.resolve({ is: 'ambiguous', count: 2 }),
  }
  const room = {
    ...stage.engine,
    ...ends,
    accounting: { ...accounting, connector },
    integrationId: stage.id,
    inTurn: turnstile(),
  }
  expect(await findDebtor(room, draftOf(saleOf([{ amount: '12.10' }])))).toEqual({
    is: 'refused',
    reason: { code: 'DEBTOR_AMBIGUOUS', params: { system: connector.title, count: 2 } },
  })
})
