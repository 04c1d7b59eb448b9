import { sql } from 'kysely'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { createTestDatabase, type TestDatabase } from '../../../test/support/database.ts'
import { openHouse, type TestHouse, type Visitor } from '../../../test/support/house.ts'
import { createIntegration } from '../../merchants/integrations.ts'
import { failure } from '../api.ts'

let database: TestDatabase
let there: TestHouse
let owner: Visitor
let stranger: Visitor
let mine: string
let theirs: string

beforeAll(async () => {
  database = await createTestDatabase()
  there = await openHouse(database)
  owner = await there.welcome('noor')
  stranger = await there.welcome('vreemde')
  const made = { name: 'Winkel', webshop: 'kmoshops', accounting: 'factuursturen' }
  mine = (await createIntegration(there.engine, { ...made, ...owner })).id
  theirs = (await createIntegration(there.engine, { ...made, ...stranger })).id
})
afterAll(async () => {
  await there.close()
  await database.close()
})

const codeOf = async (answer: Response) =>
  `${answer.status} ${failure.parse(await answer.json()).error.code}`

interface Row {
  number?: string
  state?: 'booked' | 'refused' | 'open'
  totalCents?: number | null
  currency?: string
  remoteNumber?: string
  remoteId?: string
  bookedAt?: string
  saleDate?: string
}

let planted = 0
/** A booking as it stands in the table. */
const plant = async (integrationId: string, row: Row = {}): Promise<string> => {
  planted += 1
  const id = `019c0000-0000-7000-8000-${String(planted).padStart(12, '0')}`
  const at = row.bookedAt ?? '2026-03-02T09:15:00.000Z'
  await sql`
    insert into bookings (integration_id, id, kind, shop_id, number, sale_date, state, total_cents, currency,
      remote_id, remote_number, reference, seen_at, changed_at, booked_at, reason_code, reason_params)
    values (${integrationId}, ${id}, 'order', ${id}, ${row.number ?? `W-${planted}`},
      ${row.saleDate ?? '2026-03-02'}, ${row.state ?? 'booked'},
      ${row.totalCents === undefined ? 1210 : row.totalCents}, ${row.currency ?? 'EUR'},
      ${row.remoteId ?? '7'}, ${row.remoteNumber ?? 'F-7'}, ${id}, ${at}, ${at}, ${at},
      ${row.state === 'refused' ? 'SALE_EMPTY' : null}, '{}')`.execute(database.db)
  return id
}

describe('live updates', () => {
  interface Watch {
    response: Response
    /** The next event, or null when the stream has ended. */
    next: () => Promise<string | null>
    leave: () => void
  }
  const watches: Watch[] = []
  afterEach(() => {
    for (const watch of watches.splice(0)) watch.leave()
  })

  const watch = async (
    visitor: Visitor,
    integrationId: string,
    house: TestHouse = there,
  ): Promise<Watch> => {
    const leaving = new AbortController()
    const response = await house.ask(`/api/integrations/${integrationId}/events`, {
      headers: { cookie: visitor.cookie },
      signal: leaving.signal,
    })
    const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader()
    let text = ''
    const opened: Watch = {
      response,
      async next() {
        for (;;) {
          const end = text.indexOf('\n\n')
          if (end >= 0) {
            const event = text.slice(0, end)
            text = text.slice(end + 2)
            return event
          }
          const read = await reader?.read()
          if (read?.value === undefined) return null
          text += read.value
        }
      },
      leave() {
        leaving.abort()
      },
    }
    watches.push(opened)
    return opened
  }

  const connected = 'event: connected\ndata: {}'
  const changed = 'event: changed\ndata: {}'

  it('begin with a word that they work, and are kept by nobody', async () => {
    const { response, next } = await watch(owner, mine)
    expect(response.status).toBe(200)
    expect(response.headers.get('content-type')).toBe('text/event-stream')
    expect(response.headers.get('cache-control')).toBe('no-store')
    expect(response.headers.get('x-content-type-options')).toBe('nosniff')
    expect(await next()).toBe(connected)
  })

  it('tell within two seconds that a booking changed', async () => {
    const { next } = await watch(owner, mine)
    expect(await next()).toBe(connected)
    const booking = await plant(mine, { state: 'refused' })
    const startedMs = performance.now()
    const answer = await there.ask(`/api/integrations/${mine}/process`, {
      method: 'POST',
      headers: { cookie: owner.cookie, 'content-type': 'application/json' },
      body: JSON.stringify({ bookingIds: [booking] }),
    })
    expect(await answer.json()).toEqual({ accepted: 1, skipped: 0 })
    expect(await next()).toBe(changed)
    expect(performance.now() - startedMs).toBeLessThan(2_000)
  })

  it('tell everybody who watches the same integration', async () => {
    const all = await Promise.all(Array.from({ length: 5 }, () => watch(owner, mine)))
    for (const { next } of all) expect(await next()).toBe(connected)
    there.engine.announce(mine)
    for (const { next } of all) expect(await next()).toBe(changed)
  })

  it('are for who has a seat', async () => {
    const path = `/api/integrations/${mine}/events`
    expect(await codeOf(await there.ask(path))).toBe('401 NOT_SIGNED_IN')
    const answer = await there.ask(path, { headers: { cookie: stranger.cookie } })
    expect(await codeOf(answer)).toBe('404 NOT_FOUND')
    const none = await there.ask('/api/integrations/x/events', {
      headers: { cookie: owner.cookie },
    })
    expect(await codeOf(none)).toBe('400 INPUT_INVALID')
  })

  describe('in a house of their own', () => {
    let house: TestHouse
    beforeEach(async () => {
      house = await openHouse(database)
      return async () => {
        await house.close()
      }
    })
    const enter = async (name: string): Promise<[Visitor, string]> => {
      const visitor = await house.welcome(name)
      const made = { name: 'Winkel', webshop: 'kmoshops', accounting: 'factuursturen' }
      return [visitor, (await createIntegration(house.engine, { ...made, ...visitor })).id]
    }

    it('are twenty for one person and no more, and others do not suffer', async () => {
      const [visitor, id] = await enter('veelkijker')
      const all: Watch[] = []
      for (let n = 0; n < 20; n += 1) all.push(await watch(visitor, id, house))
      for (const { next } of all) expect(await next()).toBe(connected)
      const tooMany = await watch(visitor, id, house)
      expect(await tooMany.next()).toBeNull()
      const [other, otherId] = await enter('weinigkijker')
      expect(await (await watch(other, otherId, house)).next()).toBe(connected)

      // Whoever leaves makes room.
      all[0]?.leave()
      const again = async () => (await watch(visitor, id, house)).next()
      await expect.poll(again, { timeout: 5_000 }).toBe(connected)
    })

    it('tell nobody of another integration', async () => {
      const [[visitor, id], [other, otherId]] = [await enter('hier'), await enter('daar')]
      const here = await watch(visitor, id, house)
      const elsewhere = await watch(other, otherId, house)
      expect([await here.next(), await elsewhere.next()]).toEqual([connected, connected])
      house.engine.announce(id)
      expect(await here.next()).toBe(changed)
      house.house.watchers.closeAll()
      // Nothing but the end: the change was told where it happened only.
      expect(await elsewhere.next()).toBeNull()
    })

    it('end with the server, which waits for nobody', async () => {
      const [visitor, id] = await enter('blijver')
      const stay = await watch(visitor, id, house)
      expect(await stay.next()).toBe(connected)
      const startedMs = performance.now()
      await house.close()
      expect(await stay.next()).toBeNull()
      expect(performance.now() - startedMs).toBeLessThan(5_000)
    })
  })
})

/** Cells as a spreadsheet takes them: separated by semicolons, quoted where needed. */
const readCsv = (text: string): string[][] => {
  const rows: string[][] = [[]]
  let cell = ''
  let quoted = false
  for (let at = 0; at < text.length; at += 1) {
    const sign = text.charAt(at)
    if (quoted && sign === '"' && text.charAt(at + 1) === '"') {
      cell += '"'
      at += 1
    } else if (sign === '"') quoted = !quoted
    else if (!quoted && (sign === ';' || sign === '\r')) {
      rows.at(-1)?.push(cell)
      cell = ''
      if (sign === ';') continue
      expect(text.charAt(at + 1)).toBe('\n')
      at += 1
      rows.push([])
    } else cell += sign
  }
  expect([cell, quoted, rows.pop()]).toEqual(['', false, []])
  return rows
}

describe('the report as CSV', () => {
  const heading = ['number', 'date', 'total', 'currency', 'invoice', 'invoice id', 'booked at']

  beforeEach(() => database.db.deleteFrom('bookings').execute())

  const ask = (query = '', visitor: Visitor | null = owner, integrationId = mine) =>
    there.ask(`/api/integrations/${integrationId}/report.csv?${query}`, {
      headers: visitor === null ? {} : { cookie: visitor.cookie },
    })

  const report = async (query = '') => {
    const answer = await ask(query)
    expect(answer.status).toBe(200)
    const bytes = Buffer.from(await answer.arrayBuffer()).toString('utf8')
    expect(bytes.startsWith('\uFEFF')).toBe(true)
    const [first, ...rows] = readCsv(bytes.slice(1))
    expect(first).toEqual(heading)
    return rows
  }

  it('is a file to keep, with a heading also when there is nothing', async () => {
    const answer = await ask()
    expect(answer.headers.get('content-type')).toBe('text/csv; charset=utf-8')
    expect(answer.headers.get('content-disposition')).toBe(
      'attachment; filename="doorvoer-report.csv"',
    )
    expect(answer.headers.get('x-content-type-options')).toBe('nosniff')
    expect(await report()).toEqual([])
  })

  it('has a line for what was booked, and for nothing else', async () => {
    await plant(mine, { number: 'W-1042', remoteNumber: '20260001', remoteId: '12' })
    await plant(mine, { state: 'refused' })
    await plant(mine, { state: 'open' })
    expect(await report()).toEqual([
      ['W-1042', '2026-03-02', '12.10', 'EUR', '20260001', '12', '2026-03-02T09:15:00.000Z'],
    ])
  })

  it.each([
    ['a separator', 'a;b'],
    ['a quote', 'a"b"'],
    ['a line break', 'a\nb'],
    ['another line break', 'a\r\nb'],
    ['everything', ';"\r\n;""'],
    ['letters', 'Łódź €'],
  ])('keeps a cell with %s in one piece', async (_, number) => {
    await plant(mine, { number, remoteNumber: number })
    const [row] = await report()
    expect([row?.[0], row?.[4], row?.length]).toEqual([number, number, heading.length])
  })

  it.each(['=1+1', '=HYPERLINK("http://evil";"x")', '+1', '-1', '@SUM(A1)', '\t=1', '\r=1'])(
    'holds no formula: %j',
    async (formula) => {
      await plant(mine, { number: formula, remoteNumber: formula, remoteId: formula })
      const [row] = await report()
      for (const cell of [row?.[0], row?.[4], row?.[5]]) expect(cell).toBe(`'${formula}`)
    },
  )

  it('keeps the total of a credit a number, that can be added up', async () => {
    await plant(mine, { totalCents: -1210 })
    expect((await report())[0]?.[2]).toBe('-12.10')
  })

  it('goes on past the first pages, with nothing twice and nothing left out', async () => {
    // Many at the very same moment, so that a page may end in the middle of them.
    for (let n = 0; n < 520; n += 1) {
      const minute = String(Math.floor(n / 150)).padStart(2, '0')
      await plant(mine, { number: `W-${n}`, bookedAt: `2026-03-02T09:${minute}:00.000Z` })
    }
    const rows = await report()
    expect(rows).toHaveLength(520)
    expect(new Set(rows.map(([number]) => number)).size).toBe(520)
    const moments = rows.map((row) => row[6] ?? '')
    expect(moments).toEqual([...moments].sort().reverse())
  })

  it('can be cut to a period and a search', async () => {
    await plant(mine, { number: 'W-1', saleDate: '2026-03-01' })
    await plant(mine, { number: 'W-2', saleDate: '2026-03-02' })
    await plant(mine, { number: 'X-3', saleDate: '2026-03-03' })
    const numbers = async (query: string) => (await report(query)).map(([number]) => number).sort()
    expect(await numbers('from=2026-03-02')).toEqual(['W-2', 'X-3'])
    expect(await numbers('until=2026-03-02')).toEqual(['W-1', 'W-2'])
    expect(await numbers('from=2026-03-02&until=2026-03-02')).toEqual(['W-2'])
    expect(await numbers('search=w-')).toEqual(['W-1', 'W-2'])
    expect(await codeOf(await ask('from=yesterday'))).toBe('400 INPUT_INVALID')
  })

  it('is of one’s own integration only', async () => {
    await plant(theirs, { number: 'W-GEHEIM' })
    await plant(mine, { number: 'W-1' })
    expect((await report()).map(([number]) => number)).toEqual(['W-1'])
    expect(await codeOf(await ask('', null))).toBe('401 NOT_SIGNED_IN')
    expect(await codeOf(await ask('', stranger))).toBe('404 NOT_FOUND')
    expect(await codeOf(await ask('', owner, theirs))).toBe('404 NOT_FOUND')
  })
})
