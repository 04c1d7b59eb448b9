import { describe, expect, it } from 'vitest'
import { defaultsOf, formOf, schemaOf, type Field, type Fields } from './settings.ts'

const label = { nl: 'Naam', en: 'Name' }

const accepts = (field: Field, value: unknown): boolean =>
  schemaOf({ field }).safeParse({ field: value }).success

const valueOf = (field: Field, given: object) => schemaOf({ field }).parse(given).field

const optional: Field = { kind: 'text', required: false, label }
const required: Field = { kind: 'text', required: true, label }

describe('a text', () => {
  it('is trimmed', () => {
    expect(valueOf(optional, { field: '  a b  ' })).toBe('a b')
  })

  it('is needed when it is required, and blanks are nothing', () => {
    expect(accepts(required, 'a')).toBe(true)
    expect(accepts(required, '')).toBe(false)
    expect(accepts(required, '   ')).toBe(false)
    expect(accepts(required, undefined)).toBe(false)
  })

  it('that is not required is empty by default', () => {
    expect(valueOf(optional, {})).toBe('')
  })

  it('has a length: its own, or two thousand', () => {
    expect(accepts({ ...optional, maxLength: 3 }, 'abc')).toBe(true)
    expect(accepts({ ...optional, maxLength: 3 }, 'abcd')).toBe(false)
    expect(accepts(optional, 'a'.repeat(2000))).toBe(true)
    expect(accepts(optional, 'a'.repeat(2001))).toBe(false)
  })

  it('fits its pattern', () => {
    expect(accepts({ ...optional, pattern: /^\d+$/ }, '12')).toBe(true)
    expect(accepts({ ...optional, pattern: /^\d+$/ }, '12a')).toBe(false)
  })

  it('is a text', () => {
    for (const value of [1, true, null, ['a'], { a: 1 }])
      expect(accepts(optional, value)).toBe(false)
  })
})

describe('a secret', () => {
  it('is kept to the same rules as a text', () => {
    expect(accepts({ kind: 'secret', required: true, label }, '')).toBe(false)
    expect(accepts({ kind: 'secret', required: true, maxLength: 3, label }, 'abcd')).toBe(false)
    expect(valueOf({ kind: 'secret', required: false, label }, {})).toBe('')
  })
})

describe('an address', () => {
  const url: Field = { kind: 'url', required: true, label }

  it.each(['https://shop.example', 'http://127.0.0.1:81/api?x=1'])('is %s', (value) => {
    expect(accepts(url, value)).toBe(true)
  })

  it.each([
    '',
    'shop.example',
    'ftp://shop.example',
    'file:///etc/passwd',
    'javascript:alert(1)',
    'https://',
    `https://shop.example/${'a'.repeat(2000)}`,
  ])('is not %j', (value) => {
    expect(accepts(url, value)).toBe(false)
  })

  it('may be left out only where it is not required', () => {
    expect(accepts(url, undefined)).toBe(false)
    expect(valueOf({ ...url, required: false }, {})).toBe('')
    expect(valueOf({ ...url, required: false }, { field: '' })).toBe('')
    expect(accepts({ ...url, required: false }, 'nonsense')).toBe(false)
  })
})

describe('a number', () => {
  const number: Field = { kind: 'number', min: 1, max: 365, default: 45, label }

  it('lies within its bounds, both included', () => {
    expect([0, 1, 365, 366].map((value) => accepts(number, value))).toEqual([
      false,
      true,
      true,
      false,
    ])
  })

  it('is a number and nothing like one', () => {
    for (const value of ['45', NaN, Infinity, null, true])
      expect(accepts(number, value)).toBe(false)
  })

  it('has a default', () => {
    expect(valueOf(number, {})).toBe(45)
  })
})

describe('a switch', () => {
  it('is on or off', () => {
    const field: Field = { kind: 'switch', default: true, label }
    expect(valueOf(field, {})).toBe(true)
    expect(valueOf(field, { field: false })).toBe(false)
    for (const value of ['true', 1, 0, null]) expect(accepts(field, value)).toBe(false)
  })
})

const options = [
  { value: 'mail', label },
  { value: 'email', label },
]

describe('a choice', () => {
  const fixed: Field = { kind: 'choice', options, default: 'mail', label }
  const fromRemote: Field = { kind: 'choice', options: { from: 'profiles' }, default: '', label }

  it('has a default', () => {
    expect(valueOf(fixed, {})).toBe('mail')
    expect(valueOf(fromRemote, {})).toBe('')
  })

  it('takes what the list of the remote may hold: that is known only there', () => {
    expect(accepts(fromRemote, '17')).toBe(true)
    expect(accepts(fromRemote, 17)).toBe(false)
  })

  it('of fixed options is one of these', () => {
    expect(accepts(fixed, 'email')).toBe(true)
    expect(accepts(fixed, 'emial')).toBe(false)
    expect(accepts(fixed, '')).toBe(false)
  })
})

describe('choices', () => {
  const fixed: Field = { kind: 'choices', options, default: ['mail'], label }
  const fromRemote: Field = { kind: 'choices', options: { from: 'statuses' }, default: [], label }

  it('are a list of texts, with a default of its own', () => {
    const first = valueOf(fixed, {})
    expect(first).toEqual(['mail'])
    expect(valueOf(fixed, {})).not.toBe(first)
    expect(accepts(fromRemote, ['1', '2'])).toBe(true)
    for (const value of ['1', [1], null, {}]) expect(accepts(fromRemote, value)).toBe(false)
    expect(accepts(fromRemote, Array.from({ length: 501 }, String))).toBe(false)
  })

  it('may be none', () => {
    expect(valueOf(fixed, { field: [] })).toEqual([])
  })

  it('of fixed options are all from these', () => {
    expect(accepts(fixed, ['mail', 'email'])).toBe(true)
    expect(accepts(fixed, ['mail', 'pigeon'])).toBe(false)
  })
})

const form: Fields = {
  name: { kind: 'text', required: true, label, help: { nl: 'Uitleg', en: 'Help' } },
  key: { kind: 'secret', required: true, label },
  days: { kind: 'number', min: 1, max: 9, default: 5, label },
  mail: { kind: 'choice', options, default: 'mail', label },
}

describe('a form', () => {
  it('refuses what it does not ask for: a misspelt setting is noticed', () => {
    const parsed = schemaOf(form).safeParse({ name: 'a', key: 'b', dayz: 3 })
    expect(parsed.error?.issues).toMatchObject([{ code: 'unrecognized_keys', keys: ['dayz'] }])
    const stranger = JSON.parse('{"name":"a","key":"b","__proto__":{"days":9}}') as unknown
    expect(schemaOf(form).safeParse(stranger).data ?? { days: 5 }).toMatchObject({ days: 5 })
  })

  it('is no list, no text and not nothing', () => {
    for (const value of [null, undefined, [], 'a', 1]) {
      expect(schemaOf(form).safeParse(value).success).toBe(false)
    }
  })

  it('names every field that is wrong', () => {
    const parsed = schemaOf(form).safeParse({ name: '', days: 99 })
    expect(parsed.error?.issues.map(({ path }) => path[0])).toEqual(['name', 'key', 'days'])
  })

  it('has all its defaults where nothing is required', () => {
    const { days, mail } = form
    if (days === undefined || mail === undefined) throw new Error('the form above has both')
    expect(defaultsOf({ days, mail })).toEqual({ days: 5, mail: 'mail' })
    expect(() => defaultsOf(form)).toThrow()
  })

  it('is told to the dashboard in its order, as plain data', () => {
    const told = formOf(form)
    expect(told.map(({ name }) => name)).toEqual(['name', 'key', 'days', 'mail'])
    expect(JSON.parse(JSON.stringify(told))).toEqual(told)
    expect(told).toMatchObject([
      { kind: 'text', required: true, help: { nl: 'Uitleg' } },
      { kind: 'secret', required: true },
      { kind: 'number', required: false, default: 5 },
      { kind: 'choice', options, default: 'mail' },
    ])
  })

  it('never carries the value of a secret, nor a place for one', () => {
    const [secret] = formOf({ key: { kind: 'secret', required: true, maxLength: 9, label } })
    expect(secret).toEqual({
      name: 'key',
      kind: 'secret',
      label,
      required: true,
      advanced: false,
      maxLength: 9,
    })
  })
})
