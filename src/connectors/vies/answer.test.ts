import fc from 'fast-check'
import { describe, expect, it, test } from 'vitest'
import type { HttpAnswer, SilenceCause } from '../http.ts'
import { readAnswer, type Reading } from './answer.ts'

const now = new Date('2026-11-20T10:00:00.000Z')
const asked = { country: 'DE', number: '123456789' }

const http = (body: string, status = 200, headers: HttpAnswer['headers'] = {}): HttpAnswer => ({
  is: 'answer',
  status,
  headers,
  body,
})
const read = (body: unknown, status = 200, of = asked): Reading =>
  readAnswer(http(typeof body === 'string' ? body : JSON.stringify(body), status), of, now)

const good = {
  countryCode: 'DE',
  vatNumber: '123456789',
  requestDate: '2026-11-20T09:59:58.123Z',
  valid: true,
  requestIdentifier: 'WAPIAAAAaDxc_5Zb',
  name: 'John Doe',
  address: '123 Main St\nAnytown',
  traderName: '---',
  traderNameMatch: 'NOT_PROCESSED',
}
const failure = (...codes: string[]) => ({
  actionSucceed: false,
  errorWrappers: codes.map((error) => ({ error, message: 'about DE123456789 of John Doe' })),
})

describe('an answer', () => {
  it('is valid with its moment, its proof, and who it is', () => {
    expect(read(good)).toEqual({
      is: 'valid',
      checkedAt: new Date('2026-11-20T09:59:58.123Z'),
      consultationNumber: 'WAPIAAAAaDxc_5Zb',
      name: 'John Doe',
      address: '123 Main St\nAnytown',
    })
  })

  it('is invalid', () => {
    expect(read({ ...good, valid: false }).is).toBe('invalid')
  })

  test.each([200, 400, 403, 429, 500, 503])('counts whatever the status: %i', (status) => {
    expect(read(good, status).is).toBe('valid')
    expect(read({ ...good, valid: false }, status).is).toBe('invalid')
    expect(read({ ...good, actionSucceed: true, errorWrappers: [] }, status).is).toBe('valid')
    expect(read({ valid: true }, status).is).toBe('valid')
  })

  test.each([
    ['', null],
    ['---', null],
    ['  \n ', null],
    [undefined, null],
    [7, null],
    ['\nLAAN 12\n1000AA STAD\n', 'LAAN 12\n1000AA STAD'],
    ['a\u0000b\u0007c', 'abc'],
    ['half \ud83d', 'half \ufffd'],
  ])('discloses of %j: %j', (address, shown) => {
    expect(read({ ...good, name: '---', address })).toMatchObject({ name: null, address: shown })
  })

  it('cuts what is absurdly long', () => {
    const reading = read({ ...good, name: 'x'.repeat(9_999), address: 'x'.repeat(9_999) })
    expect(reading).toMatchObject({ name: 'x'.repeat(500), address: 'x'.repeat(1_000) })
  })

  test.each(['', ' ', '\u0000', 'a b', 'x'.repeat(65), null, 12, ['W']])(
    'has no proof when the consultation number is %j',
    (requestIdentifier) => {
      expect(read({ ...good, requestIdentifier })).toMatchObject({
        is: 'valid',
        consultationNumber: null,
      })
    },
  )

  test.each([
    '2026-11-20+01:00',
    '2026-11-20',
    '2030-01-01T00:00:00.000Z',
    '2026-11-20T09:49:59.000Z',
    'yesterday',
    '',
    null,
    1_800_000_000_000,
  ])('was given now when its own moment is %j', (requestDate) => {
    expect(read({ ...good, requestDate })).toMatchObject({ checkedAt: now })
  })
})

describe('an answer about another number', () => {
  test.each([
    { countryCode: 'FR' },
    { vatNumber: '123456788' },
    { countryCode: 'AT', vatNumber: 'U12345678' },
  ])('is silence: %j', (other) => {
    expect(read({ ...good, ...other })).toMatchObject({ is: 'silent', cause: 'other-number' })
    expect(read({ ...good, ...other, valid: false })).toMatchObject({ cause: 'other-number' })
  })

  test.each([
    { countryCode: 'de' },
    { countryCode: undefined, vatNumber: undefined },
    { countryCode: '', vatNumber: '' },
    { vatNumber: 'DE123456789' },
    { vatNumber: '123 456 789' },
  ])('is not seen in another way of writing it: %j', (written) => {
    expect(read({ ...good, ...written }).is).toBe('valid')
  })

  it('is not seen in the other code of Greece, or in leading zeros', () => {
    const body = { ...good, countryCode: 'GR', vatNumber: '94259216' }
    expect(read(body, 200, { country: 'EL', number: '094259216' }).is).toBe('valid')
  })
})

describe('a code (contracts/vat.md §1.4)', () => {
  const down: [code: string, blame: string, overload: boolean][] = [
    ['GLOBAL_MAX_CONCURRENT_REQ', 'vies', true],
    ['GLOBAL_MAX_CONCURRENT_REQ_TIME', 'vies', true],
    ['MS_MAX_CONCURRENT_REQ', 'state', true],
    ['MS_MAX_CONCURRENT_REQ_TIME', 'state', true],
    ['SERVICE_UNAVAILABLE', 'vies', false],
    ['MS_UNAVAILABLE', 'state', false],
    ['TIMEOUT', 'state', false],
    ['SERVER_BUSY', 'vies', false],
    ['TECHNICAL_ERROR', 'vies', false],
    ['IO_ERROR', 'vies', false],
  ]
  const others: [code: string, is: string][] = [
    ['INVALID_INPUT', 'impossible'],
    ['INVALID_REQUESTER_INFO', 'requester-refused'],
    ['VAT_BLOCKED', 'number-blocked'],
    ['IP_BLOCKED', 'ip-blocked'],
  ]
  const statuses = [200, 400, 500]

  test.each(down)('%s: %s is silent, overload %s', (code, blame, overload) => {
    for (const status of statuses) {
      expect(read(failure(code), status)).toEqual({
        is: 'silent',
        cause: code,
        blame,
        overload,
        askedToWaitMs: null,
      })
    }
  })

  test.each(others)('%s: %s', (code, is) => {
    for (const status of statuses) expect(read(failure(code), status)).toEqual({ is })
  })

  test.each([...down.map(([code]) => code), ...others.map(([code]) => code)])(
    '%s beside `valid` is no verdict',
    (code) => {
      for (const valid of [true, false]) {
        for (const extra of [failure(code), { userError: code }, { userError: ` ${code} ` }]) {
          expect(['valid', 'invalid']).not.toContain(read({ ...good, valid, ...extra }).is)
        }
      }
    },
  )

  test.each(['VOW-ERR-1', 'DE123456789 BLOCKED', '', 'constructor', '__proto__', 'VALID'])(
    'unknown, as %j, is down, and its text is not kept',
    (code) => {
      expect(read(failure(code))).toMatchObject({
        is: 'silent',
        cause: 'unknown-code',
        blame: 'vies',
        overload: false,
      })
    },
  )

  it('in lower case is the same', () => {
    expect(read(failure(' ms_unavailable '))).toMatchObject({ cause: 'MS_UNAVAILABLE' })
  })

  it('is never final when another is beside it', () => {
    expect(read(failure('INVALID_INPUT', 'MS_UNAVAILABLE'))).toMatchObject({
      is: 'silent',
      cause: 'MS_UNAVAILABLE',
    })
    expect(read(failure('INVALID_INPUT', 'WHAT'))).toMatchObject({ cause: 'unknown-code' })
    expect(read(failure('WHAT', 'TIMEOUT'))).toMatchObject({ cause: 'TIMEOUT' })
    expect(read(failure('INVALID_INPUT', 'IP_BLOCKED'))).toEqual({ is: 'ip-blocked' })
  })

  it('that the number can not exist is not believed of a valid number', () => {
    const both = { ...good, errorWrappers: [{ error: 'INVALID_INPUT' }] }
    expect(read(both)).toMatchObject({ is: 'silent', cause: 'contradiction' })
  })
})

describe('the trap of the GET form (contracts/vat.md §1.1)', () => {
  it('is no answer to this client: a failure looks like an invalid number', () => {
    const body = { isValid: false, requestDate: good.requestDate, vatNumber: '123456789' }
    for (const userError of ['MS_MAX_CONCURRENT_REQ', 'MS_UNAVAILABLE']) {
      expect(read({ ...body, userError })).toMatchObject({ is: 'silent', cause: userError })
    }
    expect(read({ ...body, userError: 'INVALID' })).toMatchObject({ cause: 'shape' })
  })

  it('must not contradict `valid`', () => {
    expect(read({ ...good, userError: 'VALID' }).is).toBe('valid')
    expect(read({ ...good, valid: false, userError: 'INVALID' }).is).toBe('invalid')
    expect(read({ ...good, userError: 'INVALID' })).toMatchObject({ cause: 'contradiction' })
    expect(read({ ...good, valid: false, userError: 'VALID' })).toMatchObject({
      cause: 'contradiction',
    })
  })
})

describe('garbage', () => {
  const whole = JSON.stringify(good)
  const garbage: [what: string, body: unknown, cause: string][] = [
    ['nothing', '', 'not-json'],
    ['blanks', ' \n', 'not-json'],
    ['a maintenance page', '<!doctype html><h1>Please try again later</h1>', 'not-json'],
    [
      'a SOAP fault',
      '<env:Fault><faultstring>MS_UNAVAILABLE</faultstring></env:Fault>',
      'not-json',
    ],
    ['half an answer', whole.slice(0, whole.length / 2), 'not-json'],
    ['two answers', whole + whole, 'not-json'],
    ['a byte order mark', `\ufeff${whole}`, 'not-json'],
    ['NaN', '{"valid":NaN}', 'not-json'],
    ['deep brackets', '['.repeat(100_000), 'not-json'],
    ['deep arrays', '['.repeat(50_000) + ']'.repeat(50_000), 'shape'],
    ['null', 'null', 'shape'],
    ['true', 'true', 'shape'],
    ['a text', '"valid"', 'shape'],
    ['a list', [good], 'shape'],
    ['an empty object', {}, 'shape'],
    ['"true"', { ...good, valid: 'true' }, 'shape'],
    ['1', { ...good, valid: 1 }, 'shape'],
    ['no verdict', { ...good, valid: null }, 'shape'],
    ['a failure without a code', { ...good, actionSucceed: false }, 'shape'],
    ['a failure with no codes', { ...good, ...failure() }, 'shape'],
    ['success as a text', { ...good, actionSucceed: 'false' }, 'shape'],
    ['codes that are no list', { ...good, errorWrappers: { error: 'TIMEOUT' } }, 'shape'],
    ['codes that are no objects', { ...good, errorWrappers: ['TIMEOUT'] }, 'shape'],
    ['a code that is no text', { ...good, errorWrappers: [{ error: 7 }] }, 'shape'],
    ['a number that is no text', { ...good, vatNumber: 123456789 }, 'shape'],
    ['a name that never ends', { ...good, name: 'A'.repeat(300_000) }, 'too-large'],
  ]

  test.each(garbage)('%s is silence', (_, body, cause) => {
    for (const status of [200, 502]) {
      expect(read(body, status)).toMatchObject({ is: 'silent', cause, blame: 'vies' })
    }
  })
})

describe('a connection without an answer', () => {
  const causes: SilenceCause[] = [
    'time-out',
    'connection-refused',
    'connection-lost',
    'name-not-found',
    'certificate',
    'address-refused',
    'bad-url',
    'too-large',
    'not-sent',
  ]
  test.each(causes)('%s is silence of the network', (cause) => {
    const reading = readAnswer({ is: 'silence', cause, mayHaveArrived: true }, asked, now)
    expect(reading).toMatchObject({ is: 'silent', cause, blame: 'network' })
  })
})

it('keeps how long it was asked to wait', () => {
  const answer = http('busy', 503, { 'retry-after': '120' })
  expect(readAnswer(answer, asked, now)).toMatchObject({ is: 'silent', askedToWaitMs: 120_000 })
})

describe('any body at all', () => {
  const codes = ['INVALID_INPUT', 'IP_BLOCKED', 'MS_UNAVAILABLE', 'VALID', 'INVALID', '']
  /** Bodies that are nearly right, since arbitrary ones never are. */
  const nearly = fc.record(
    {
      valid: fc.oneof(fc.boolean(), fc.jsonValue()),
      actionSucceed: fc.oneof(fc.boolean(), fc.jsonValue()),
      userError: fc.oneof(fc.constantFrom(...codes), fc.jsonValue()),
      errorWrappers: fc.oneof(
        fc.array(fc.record({ error: fc.constantFrom(...codes) }), { maxLength: 2 }),
        fc.jsonValue(),
      ),
      countryCode: fc.constantFrom('DE', 'FR', null),
      vatNumber: fc.constantFrom('123456789', '1', null),
      requestDate: fc.oneof(fc.string(), fc.jsonValue()),
      requestIdentifier: fc.oneof(fc.string(), fc.jsonValue()),
      name: fc.jsonValue(),
      address: fc.string({ unit: 'binary' }),
    },
    { requiredKeys: [] },
  )
  const status = fc.integer({ min: 100, max: 599 })

  it('never gives an exception, and a verdict only when the body says so and nothing else', () => {
    const seen = new Set<string>()
    fc.assert(
      fc.property(fc.oneof(fc.jsonValue(), nearly), status, (body, code) => {
        const reading = read(JSON.stringify(body), code)
        seen.add(reading.is)
        if (reading.is !== 'valid' && reading.is !== 'invalid') return
        const said = body as Record<string, unknown>
        expect(said['valid']).toBe(reading.is === 'valid')
        expect(said['actionSucceed']).not.toBe(false)
        expect(said['errorWrappers'] ?? []).toEqual([])
        expect(said['countryCode']).not.toBe('FR')
        expect(said['vatNumber']).not.toBe('1')
        expect(reading.checkedAt.getTime()).not.toBeNaN()
        expect(reading.name ?? 'x').not.toMatch(/^\s*$|\p{Cc}/u)
      }),
      { numRuns: 5_000 },
    )
    expect(seen).toContain('valid')
    expect(seen).toContain('invalid')
    expect(seen).toContain('impossible')
  })

  it('never gives an exception when it is no JSON', () => {
    const text = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.string().map((end) => `{"valid":true${end}`),
    )
    fc.assert(
      fc.property(text, status, (body, code) => {
        const reading = read(body, code)
        if (reading.is === 'valid')
          expect((JSON.parse(body) as { valid: unknown }).valid).toBe(true)
      }),
      { numRuns: 2_000 },
    )
  })
})
