import { describe, expect, test } from 'vitest'
import type { HttpAnswer, HttpRequest } from '../../http.ts'
import { filterOn } from './api.ts'
import { externalIdOf } from './external-id.ts'
import { answer, booksWith } from './fixtures/samples.ts'
import { eenvoudigfactureren } from './index.ts'

const hint = { date: '2026-03-02', debtorId: null }
const ours = { invoice_id: 3003, external_invoice_id: externalIdOf('100200'), reference: '100200' }
const row = (id: number, reference = `X-${id}`) => ({
  invoice_id: String(id),
  external_invoice_id: '',
  reference,
  number: `2026-${id}`,
  total_with_tax: '24.20',
})
const rows = (count: number, from = 1) => Array.from({ length: count }, (_, n) => row(from + n))
const json = (value: unknown, status = 200): HttpAnswer => answer(JSON.stringify(value), status)

const queryOf = ({ url }: HttpRequest) => new URL(url).searchParams
const skipOf = (request: HttpRequest) => Number(queryOf(request).get('skip') ?? 0)

const findIn = async (remote: (request: HttpRequest) => HttpAnswer, reference = '100200') => {
  const { books, requests } = booksWith(remote)
  const lookup = await eenvoudigfactureren.find(books, reference, hint)
  return { lookup, requests }
}

describe('find', () => {
  test('asks for the external id first, always with filter and take', async () => {
    const { lookup, requests } = await findIn(() => json([{ ...row(1), ...ours }]))
    expect(lookup).toMatchObject({ is: 'found', receipt: { remoteId: '3003' } })
    expect(requests).toHaveLength(1)
    const [request] = requests
    if (request === undefined) throw new Error('nothing was asked')
    const query = queryOf(request)
    expect(query.get('filter')).toBe(`external_invoice_id__eq__${externalIdOf('100200')}`)
    expect(query.get('take')).toBe('100')
  })
  test('then for the reference, which people set too', async () => {
    const { lookup, requests } = await findIn((request) =>
      json(queryOf(request).get('filter')?.startsWith('reference') ? [row(7, ' 100200 ')] : []),
    )
    expect(lookup).toMatchObject({ is: 'found', receipt: { remoteNumber: '2026-7' } })
    expect(requests).toHaveLength(2)
  })
  test('an ignored filter gives the whole list: it is read to its end, and row one is not taken', async () => {
    const { lookup, requests } = await findIn((request) =>
      json(rows(250).slice(skipOf(request), skipOf(request) + 100)),
    )
    expect(lookup).toEqual({ is: 'none' })
    expect(requests).toHaveLength(6)
  })
  test('a list that never ends proves nothing', async () => {
    const { lookup, requests } = await findIn((request) => json(rows(100, skipOf(request))))
    expect(lookup).toMatchObject({ is: 'cannot-tell', reason: { code: 'LOOKUP_IMPOSSIBLE' } })
    expect(requests).toHaveLength(80)
  })
  test('a full page that comes back unchanged proves nothing', async () => {
    const { lookup, requests } = await findIn(() => json(rows(100)))
    expect(lookup.is).toBe('cannot-tell')
    expect(requests).toHaveLength(4)
  })
  test('a refused filter leaves it to the other; both refused is trouble', async () => {
    const refused = json({ error: 'filter unknown' }, 400)
    const some = await findIn((request) =>
      queryOf(request).get('filter')?.startsWith('external') ? refused : json([]),
    )
    expect(some.lookup).toEqual({ is: 'none' })
    await expect(findIn(() => refused)).rejects.toMatchObject({
      reason: { code: 'REMOTE_REFUSES', params: { status: 400 } },
    })
  })
  test.each([
    ['500, as on a large account', json({ error: 'internal error' }, 500)],
    ['an error with status 200', json({ code: 500, error: 'Oops' })],
    ['an error with status 200 and no code', json({ error: 'Oops' })],
  ])('%s is not "none found"', async (_what, trouble) => {
    await expect(findIn(() => trouble)).rejects.toMatchObject({
      cure: 'later',
      reason: { code: 'REMOTE_TROUBLE' },
    })
  })
  test('rows that say nothing about whose they are prove nothing', async () => {
    await expect(findIn(() => json([{ invoice_id: '1' }]))).rejects.toMatchObject({
      reason: { code: 'REMOTE_SHAPE' },
    })
  })
  test('what a filter can’t carry is asked for in part', () => {
    expect(filterOn('reference', 'W-1 / 2')).toBe('reference__eq__W-1%20%2F%202')
    expect(filterOn('reference', 'a,bcd=e')).toBe('reference%3D%7Ebcd')
    expect(filterOn('email_address', 'a+b@example.be')).toBe(
      'email_address__eq__a%2Bb%40example.be',
    )
    expect(filterOn('reference', '=,')).toBe(null)
  })
})

describe('findDebtor', () => {
  const client = (id: number, email: string, state = 'active') => ({
    client_id: id,
    email_address: email,
    state,
    tax_code: '',
    country_code: 'BE',
  })
  const debtorIn = async (clients: unknown[]) => {
    const { books } = booksWith(() => json(clients))
    return eenvoudigfactureren.findDebtor(books, 'Lien@example.be')
  }

  test('the oldest active one, by number and not by text', async () => {
    const clients = [
      client(1000, 'lien@example.be'),
      client(99, 'lien@example.be  '),
      client(5, 'lien@example.be', 'archived'),
      client(3, 'maes@example.be'),
    ]
    expect(await debtorIn(clients)).toMatchObject({ is: 'found', debtor: { id: '99' } })
    expect(await debtorIn(clients.slice(2))).toMatchObject({ is: 'found', debtor: { id: '5' } })
    expect(await debtorIn(clients.slice(3))).toEqual({ is: 'none' })
  })
  test('asked as it was typed, and then in lower case: a filter may tell them apart', async () => {
    const asked: (string | null)[] = []
    const { books } = booksWith((request) => {
      const filter = queryOf(request).get('filter')
      asked.push(filter)
      return json(filter?.endsWith('lien@example.be') ? [client(7, 'lien@example.be')] : [])
    })
    const match = await eenvoudigfactureren.findDebtor(books, ' Lien@example.be')
    expect(match).toMatchObject({ is: 'found', debtor: { id: '7' } })
    expect(asked).toEqual([
      'email_address__eq__Lien@example.be',
      'email_address__eq__lien@example.be',
    ])
  })
  test('a list that may go on is no absence', async () => {
    const many = Array.from({ length: 100 }, (_, n) => client(n + 1, `${n}@example.be`))
    await expect(debtorIn(many)).rejects.toMatchObject({ reason: { code: 'LOOKUP_IMPOSSIBLE' } })
  })
})

describe('create', () => {
  const wire = {
    body: {
      client_id: 101,
      external_invoice_id: externalIdOf('100200'),
      reference: '100200',
      date: '2026-03-02',
      date_delivery: '2026-03-02',
      currency: 'EUR',
      tax_included: 'yes' as const,
      tax_calculation: 'total' as const,
      items: [],
    },
    total: '24.20',
    sending: null,
  }
  const create = (made: HttpAnswer) => {
    const { books } = booksWith(({ method }) =>
      method === 'POST' ? made : json({ ...row(1), ...ours, number: '2026-0034' }),
    )
    return eenvoudigfactureren.create(books, wire)
  }

  test('the number comes from reading back', async () => {
    expect(await create(json({ success: 'invoice created', invoice_id: 3003 }, 201))).toMatchObject(
      {
        is: 'done',
        value: { remoteId: '3003', remoteNumber: '2026-0034' },
      },
    )
  })
  test.each([
    ['an error with status 200 and a code', json({ code: 400, error: 'Syntax error' }), 'refused'],
    ['an error with status 200 and none', json({ error: 'Oops' }), 'uncertain'],
    ['a success without id', json({ success: 'invoice created' }, 201), 'uncertain'],
    ['bad data', json({ error: 'items cannot be empty' }, 400), 'refused'],
    ['a right that is missing', json({ error: 'no access' }, 403), 'postponed'],
    ['a block with a page', answer('<html>Forbidden</html>', 403), 'postponed'],
    ['a block with nothing', answer('', 403), 'postponed'],
  ])('%s', async (_what, made, is) => {
    expect((await create(made)).is).toBe(is)
  })
  test('a block is waited for, a missing right breaks the connection', async () => {
    expect(await create(answer('', 403))).toMatchObject({
      retryAfterMs: 300_000,
      reason: { code: 'RATE_LIMITED' },
    })
    expect(await create(json({ error: 'no access' }, 403))).toMatchObject({
      broken: true,
      reason: { code: 'RIGHT_MISSING' },
    })
  })
  test('a complaint in the vendor’s pattern is kept, any other words are not', async () => {
    expect(await create(json({ error: 'number not unique' }, 400))).toMatchObject({
      reason: { params: { complaint: 'number not unique' } },
    })
    const personal = await create(json({ error: 'maes unknown' }, 400))
    expect(JSON.stringify(personal)).not.toContain('maes')
  })
})
