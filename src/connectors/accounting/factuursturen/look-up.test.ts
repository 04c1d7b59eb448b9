import { describe, expect, test } from 'vitest'
import { Trouble } from '../../../problems/reason.ts'
import type { HttpAnswer, HttpRequest, HttpSilence } from '../../http.ts'
import { answer, booksWith, debtorWith, factsOf, fixture, order100200 } from './fixtures/samples.ts'
import { factuursturen } from './index.ts'
import type { WireInvoice } from './map.ts'

const base = 'https://www.factuursturen.nl/api/v1'
const hint = { date: '2026-03-02', debtorId: '17' }
const notFound = answer('client not found', 404)
const lost: HttpSilence = { is: 'silence', cause: 'time-out', mayHaveArrived: true }

const wire = (): WireInvoice => {
  const composition = factuursturen.compose(order100200(), debtorWith(), factsOf())
  if (composition.is === 'refused') throw new Error(composition.reason.code)
  return composition.wire
}

const row = (number: string, line1: string) => ({
  id: number,
  invoicenr: number,
  invoicenr_full: number,
  reference: { line1, line2: '', line3: '' },
  totalintax: '30.25',
})

const rows = (...invoices: unknown[]) => answer(JSON.stringify(invoices))

/** Answers by method and path below the base address. */
const remote =
  (answers: Record<string, HttpAnswer | HttpSilence>) =>
  ({ method, url }: HttpRequest): HttpAnswer | HttpSilence => {
    const found = answers[`${method} ${url.slice(base.length)}`]
    if (found === undefined) throw new Error(`unexpected ${method} ${url}`)
    return found
  }

const troubleOf = async (work: Promise<unknown>): Promise<Trouble> => {
  try {
    await work
  } catch (error) {
    if (error instanceof Trouble) return error
    throw error
  }
  throw new Error('no trouble')
}

describe('every request', () => {
  test('asks for JSON and carries user name and key', async () => {
    const { books, requests } = booksWith(() => answer('[]'))
    await factuursturen.findDebtor(books, 'sanne@example.nl')
    expect(requests[0]?.headers).toEqual({
      authorization: `Basic ${btoa('jansen:geheim')}`,
      accept: 'application/json',
    })
  })
  test('goes to the address of the operator when there is one', async () => {
    const { books, requests } = booksWith(() => answer('[]'))
    const credentials = { ...books.credentials, baseUrl: 'http://127.0.0.1:9/api/v1/' }
    await factuursturen.findDebtor({ ...books, credentials }, 'sanne@example.nl')
    expect(requests[0]?.url).toBe('http://127.0.0.1:9/api/v1/search/clients/email/sanne@example.nl')
  })
})

describe('rate limit', () => {
  const limited = answer('rate limit exceeded', 403, { 'x-ratelimit-remaining': '0' })

  test('403 with nothing remaining waits for the next hour', async () => {
    const { books } = booksWith(() => limited)
    const trouble = await troubleOf(factuursturen.findDebtor(books, 'a@example.nl'))
    expect(trouble).toMatchObject({ cure: 'later', reason: { code: 'RATE_LIMITED' } })
    // The clock stands at 10:47:30; ten seconds for clocks that differ.
    expect(trouble.retryAfterMs).toBe(12.5 * 60_000 + 10_000)
  })
  test('any other 403 is a missing right', async () => {
    const { books } = booksWith(() => answer('', 403, { 'x-ratelimit-remaining': '12' }))
    const trouble = await troubleOf(factuursturen.findDebtor(books, 'a@example.nl'))
    expect(trouble).toMatchObject({ cure: 'reconnect', reason: { code: 'RIGHT_MISSING' } })
  })
  test('a create that met it did not happen', async () => {
    const { books } = booksWith(() => limited)
    expect(await factuursturen.create(books, wire())).toMatchObject({
      is: 'postponed',
      reason: { code: 'RATE_LIMITED' },
      retryAfterMs: 760_000,
    })
  })
})

describe('findDebtor', () => {
  const search = 'GET /search/clients/email/sanne@example.nl'

  test('the oldest active client with exactly this address, in any case, among several', async () => {
    const { books } = booksWith(remote({ [search]: answer(fixture('clients-found')) }))
    expect(await factuursturen.findDebtor(books, ' sanne@example.nl')).toEqual({
      is: 'found',
      debtor: {
        id: '17',
        traits: {
          taxType: 'extax',
          taxShifted: 'true',
          standardDiscount: '5',
          currency: 'EUR',
          country: '18',
        },
      },
    })
  })
  test('the oldest inactive one when there is no other', async () => {
    const inactive = fixture('clients-found').replaceAll('"true"', '"false"')
    const { books } = booksWith(remote({ [search]: answer(inactive) }))
    const match = await factuursturen.findDebtor(books, 'sanne@example.nl')
    expect(match).toMatchObject({ debtor: { id: '12' } })
  })
  test.each([
    ['an empty list', answer('[]')],
    ['404', notFound],
    ['only parts of addresses', answer(fixture('clients-found').replace(/anne@/gi, 'anne.b@'))],
  ])('none: %s', async (_, found) => {
    const { books } = booksWith(remote({ [search]: found }))
    expect(await factuursturen.findDebtor(books, 'sanne@example.nl')).toEqual({ is: 'none' })
  })
  test('odd characters stay inside their part of the path', async () => {
    const { books, requests } = booksWith(() => answer('[]'))
    await factuursturen.findDebtor(books, 'a+b/c?d@example.nl')
    expect(requests[0]?.url).toBe(`${base}/search/clients/email/a%2Bb%2Fc%3Fd@example.nl`)
  })
  test('a discount that cannot be read does not pass for none', async () => {
    const changed = fixture('clients-found').replaceAll('"stddiscount": "0"', '"stddiscount": "5%"')
    const { books } = booksWith(() => answer(changed))
    const trouble = await troubleOf(factuursturen.findDebtor(books, 'sanne@example.nl'))
    expect(trouble.reason).toMatchObject({ params: { field: '0.stddiscount' } })
  })
  test('a client without tax type is not guessed about', async () => {
    const changed = fixture('clients-found').replaceAll('tax_type', 'vat_type')
    const { books } = booksWith(() => answer(changed))
    const trouble = await troubleOf(factuursturen.findDebtor(books, 'sanne@example.nl'))
    expect(trouble.reason).toMatchObject({ code: 'REMOTE_SHAPE', params: { field: '0.tax_type' } })
  })
})

describe('readDebtor', () => {
  const read = (found: HttpAnswer) => {
    const { books } = booksWith(remote({ 'GET /clients/17': found }))
    return factuursturen.readDebtor(books, '17')
  }
  test('by number', async () => {
    expect(await read(answer(fixture('client')))).toEqual({ is: 'found', debtor: debtorWith() })
  })
  test.each([
    ['404', notFound],
    ['the whole list (quirk 7.1)', answer(fixture('clients-found'))],
    ['another client', answer(fixture('client').replace('"17"', '"71"'))],
  ])('none: %s', async (_, found) => {
    expect(await read(found)).toEqual({ is: 'none' })
  })
})

describe('createDebtor', () => {
  const { debtor } = order100200()
  const traits = factuursturen.planDebtor(order100200(), factsOf())
  const create = (result: HttpAnswer | HttpSilence) =>
    factuursturen.createDebtor(booksWith(remote({ 'POST /clients': result })).books, debtor, traits)

  test('the answer is the number, nothing else', async () => {
    expect(await create(answer('17\n', 201))).toEqual({ is: 'done', value: { id: '17', traits } })
  })
  test.each([
    ['a page', answer('<html>1</html>', 200)],
    ['half an object', answer('{"status":"ok","result":tru', 201)],
    ['an empty body', answer('', 201)],
    ['a word', answer('ok', 201)],
    ['no answer', lost],
    ['a 502', answer('Bad Gateway', 502)],
  ])('uncertain: %s', async (_, result) => {
    expect(await create(result)).toMatchObject({ is: 'uncertain' })
  })
  test('a refusal says only the status: the message may quote the customer', async () => {
    expect(await create(answer('contact Sanne is too long', 400))).toEqual({
      is: 'refused',
      reason: { code: 'DEBTOR_REFUSED', params: { system: 'Factuursturen', status: 400 } },
    })
  })
})

describe('create', () => {
  test('reads back what it made', async () => {
    const { books, requests } = booksWith(
      remote({
        'POST /invoices': answer('20260034', 201),
        'GET /invoices/20260034': answer(fixture('invoice')),
      }),
    )
    const outcome = await factuursturen.create(books, wire())
    expect(outcome).toMatchObject({
      is: 'done',
      value: { remoteId: '20260034', remoteNumber: '20260034' },
    })
    expect(outcome.is === 'done' && outcome.value.total?.toFixed(2)).toBe('30.25')
    expect(JSON.parse(requests[0]?.body ?? '')).toEqual(wire())
  })
  test.each([
    ['a fault', answer('', 500)],
    ['silence', lost],
    ['404', notFound],
    ['the whole list (quirk 7.1)', answer('[{"id":"1"}]')],
    ['an invoice that is not ours', answer(fixture('invoice').replace('100200', '100199'))],
    ['another shape', answer('{"invoice":{"nr":1}}')],
    ['no total', answer(fixture('invoice').replace('"30.25"', '""'))],
  ])('stays done without a total when reading back meets %s', async (_, second) => {
    const { books } = booksWith(({ method }) =>
      method === 'POST' ? answer('20260034', 201) : second,
    )
    expect(await factuursturen.create(books, wire())).toEqual({
      is: 'done',
      value: { remoteId: '20260034', remoteNumber: '20260034', total: null },
    })
  })
  test('numbers with a prefix, a slash, in quotes', async () => {
    const numbers: Record<string, string> = {
      F20260034: 'F20260034',
      '"2009-04"': '2009-04',
      '"2026\\/34"': '2026%2F34',
    }
    for (const [body, path] of Object.entries(numbers)) {
      const { books, requests } = booksWith(({ method }) =>
        method === 'POST' ? answer(body, 200) : notFound,
      )
      expect(await factuursturen.create(books, wire())).toMatchObject({ is: 'done' })
      expect(requests[1]?.url).toBe(`${base}/invoices/${path}`)
    }
  })
  test.each([
    ['a page', answer('<!doctype html><html><body>1</body></html>', 200)],
    ['a message', answer('Try again in 5 minutes', 200)],
    ['no digits', answer('ok', 201)],
    ['an empty body', answer('', 201)],
    ['408', answer('', 408)],
    ['504', answer('', 504)],
  ])('uncertain: %s', async (_, result) => {
    const { books, requests } = booksWith(() => result)
    expect(await factuursturen.create(books, wire())).toMatchObject({ is: 'uncertain' })
    expect(requests).toHaveLength(1)
  })
  test('a key that is refused breaks the connection and postpones', async () => {
    const { books } = booksWith(() => answer('', 401))
    expect(await factuursturen.create(books, wire())).toMatchObject({
      is: 'postponed',
      broken: true,
    })
  })
  test('refused: a plain 4xx', async () => {
    const { books } = booksWith(() => answer('tax_rate 17 is not available', 400))
    expect(await factuursturen.create(books, wire())).toEqual({
      is: 'refused',
      reason: { code: 'INVOICE_REFUSED', params: { system: 'Factuursturen', status: 400 } },
    })
  })
})

describe('find', () => {
  const asked = 'GET /invoices?since=2026-03-01&count=-1&client=17'

  test('our reference exactly, among the invoices of the customer since the day before', async () => {
    const list = rows(row('1', '1002001'), row('2', ' 100200 '), row('3', 'x100200'))
    const { books } = booksWith(remote({ [asked]: list }))
    expect(await factuursturen.find(books, '100200', hint)).toMatchObject({
      is: 'found',
      receipt: { remoteId: '2', remoteNumber: '2' },
    })
  })
  test('none', async () => {
    const { books } = booksWith(remote({ [asked]: rows(row('1', '100201')) }))
    expect(await factuursturen.find(books, '100200', hint)).toEqual({ is: 'none' })
  })
  test('among everybody when the customer is not known', async () => {
    const { books } = booksWith(remote({ 'GET /invoices?since=2026-03-01&count=-1': rows() }))
    const found = await factuursturen.find(books, '100200', { ...hint, debtorId: null })
    expect(found).toEqual({ is: 'none' })
  })
  test('a sale dated in the future is looked for from today', async () => {
    const { books, requests } = booksWith(() => rows())
    await factuursturen.find(books, '100200', { ...hint, date: '2026-12-31' })
    expect(requests[0]?.url).toContain('since=2026-03-04')
  })
  test('two with our reference: a person must look', async () => {
    const list = rows(row('1', '100200'), row('2', '100200'))
    const { books } = booksWith(remote({ [asked]: list }))
    expect(await factuursturen.find(books, '100200', hint)).toMatchObject({
      is: 'cannot-tell',
      reason: { code: 'LOOKUP_IMPOSSIBLE' },
    })
  })
  test('a 404 is no absence', async () => {
    const { books } = booksWith(() => notFound)
    const trouble = await troubleOf(factuursturen.find(books, '100200', hint))
    expect(trouble.reason.code).toBe('REMOTE_REFUSES')
  })
  test('rows whose reference went missing are no absence', async () => {
    const { books } = booksWith(() => rows({ ...row('1', ''), reference: undefined }))
    const trouble = await troubleOf(factuursturen.find(books, '100200', hint))
    expect(trouble.reason.code).toBe('REMOTE_SHAPE')
  })

  const page = (from: number, to: number) =>
    rows(...Array.from({ length: to - from }, (_, index) => row(String(from + index), 'other')))

  test('a list as long as a page is paged on, and the hit found behind it', async () => {
    const { books } = booksWith(({ url }) =>
      new URL(url).searchParams.has('start') ? rows(row('101', '100200')) : page(1, 101),
    )
    expect(await factuursturen.find(books, '100200', hint)).toMatchObject({
      is: 'found',
      receipt: { remoteNumber: '101' },
    })
  })
  test('an empty page ends it', async () => {
    const { books, requests } = booksWith(({ url }) =>
      new URL(url).searchParams.get('offset') === '100' ? rows() : page(1, 101),
    )
    expect(await factuursturen.find(books, '100200', hint)).toEqual({ is: 'none' })
    expect(requests).toHaveLength(2)
  })
  test('a server that knows no paging leaves it open', async () => {
    const { books, requests } = booksWith(() => page(1, 101))
    expect(await factuursturen.find(books, '100200', hint)).toMatchObject({ is: 'cannot-tell' })
    expect(requests).toHaveLength(2)
  })
  test('a server that never ends is given up on', async () => {
    const { books, requests } = booksWith(({ url }) => {
      const start = Number(new URL(url).searchParams.get('start') ?? 0)
      return page(start, start + 50)
    })
    expect(await factuursturen.find(books, '100200', hint)).toMatchObject({ is: 'cannot-tell' })
    expect(requests).toHaveLength(40)
  })
})

describe('check and choices', () => {
  const settings = {
    'GET /profiles': answer(fixture('profiles')),
    'GET /taxes': answer(fixture('taxes')),
    'GET /categories': answer(fixture('categories')),
    'GET /countrylist/nl': answer(fixture('countries-nl')),
    'GET /countrylist/en': answer(fixture('countries-en')),
    'GET /search/clients/email/nobody@doorvoer.invalid': notFound,
    'GET /invoices?since=2026-03-05&count=1': rows(),
  }

  test('choices: tariffs, layouts, categories and countries', async () => {
    const choices = await factuursturen.choices(booksWith(remote(settings)).books)
    expect(Object.keys(choices)).toEqual([
      'vatRates',
      'foreignVatRates',
      'profiles',
      'categories',
      'countries',
    ])
    expect(choices['profiles']).toEqual([
      { value: '1', label: 'Standaard' },
      { value: '4', label: 'Webshop' },
    ])
    expect(choices['countries']).toContainEqual({ value: '175', label: 'Romania' })
  })
  test('an account without categories is no trouble', async () => {
    const { books } = booksWith(remote({ ...settings, 'GET /categories': notFound }))
    expect((await factuursturen.choices(books))['categories']).toEqual([])
  })
  test('check: one finding per right, the exact reason at the one that fails', async () => {
    const { books } = booksWith(remote({ ...settings, 'GET /taxes': answer('', 403) }))
    expect(await factuursturen.check(books)).toEqual([
      { subject: 'profiles' },
      {
        subject: 'taxes',
        problem: { code: 'RIGHT_MISSING', params: { system: 'Factuursturen', status: 403 } },
      },
      { subject: 'clients' },
      { subject: 'invoices' },
    ])
  })
  test('lists may come as objects with numbered keys', async () => {
    const { books } = booksWith(
      remote({ ...settings, 'GET /profiles': answer('{"profile1":{"id":7,"name":"Los"}}') }),
    )
    expect((await factuursturen.choices(books))['profiles']).toEqual([{ value: '7', label: 'Los' }])
  })
})
