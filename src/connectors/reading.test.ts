import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { reason, Trouble } from '../problems/reason.ts'
import type { HttpAnswer, HttpSilence, SilenceCause } from './http.ts'
import { bodyOf, inShape, outcomeOf, parseJson, retryAfterMs, silenceReason } from './reading.ts'

const system = 'Boeken'

const answer = (status: number, body = '', headers: HttpAnswer['headers'] = {}): HttpAnswer => ({
  is: 'answer',
  status,
  headers,
  body,
})

const silence = (cause: SilenceCause, mayHaveArrived: boolean): HttpSilence => ({
  is: 'silence',
  cause,
  mayHaveArrived,
})

/** The trouble that `read` throws, as "CODE cure". */
const troubleOf = (read: () => unknown): string => {
  try {
    read()
  } catch (error) {
    if (error instanceof Trouble) return `${error.reason.code} ${error.cure}`
    throw error
  }
  return 'fine'
}

const html = '<!DOCTYPE html><html><head><title>Onderhoud</title></head></html>'

// What a status means when we only read, and when we tried to create something.
const statuses: readonly [number, string, string][] = [
  [200, 'fine', 'done'],
  [201, 'fine', 'done'],
  [204, 'fine', 'done'],
  [299, 'fine', 'done'],
  [301, 'REMOTE_REDIRECTS reconnect', 'postponed REMOTE_REDIRECTS broken'],
  [302, 'REMOTE_REDIRECTS reconnect', 'postponed REMOTE_REDIRECTS broken'],
  [307, 'REMOTE_REDIRECTS reconnect', 'postponed REMOTE_REDIRECTS broken'],
  [308, 'REMOTE_REDIRECTS reconnect', 'postponed REMOTE_REDIRECTS broken'],
  [400, 'REMOTE_REFUSES never', 'refused REMOTE_REFUSES'],
  [401, 'CREDENTIALS_REFUSED reconnect', 'postponed CREDENTIALS_REFUSED broken'],
  [402, 'REMOTE_REFUSES never', 'refused REMOTE_REFUSES'],
  [403, 'RIGHT_MISSING reconnect', 'postponed RIGHT_MISSING broken'],
  [404, 'REMOTE_REFUSES never', 'refused REMOTE_REFUSES'],
  [405, 'REMOTE_REFUSES never', 'refused REMOTE_REFUSES'],
  [408, 'REMOTE_TROUBLE later', 'uncertain REMOTE_TROUBLE'],
  [409, 'REMOTE_REFUSES never', 'refused REMOTE_REFUSES'],
  [413, 'REMOTE_REFUSES never', 'refused REMOTE_REFUSES'],
  [422, 'REMOTE_REFUSES never', 'refused REMOTE_REFUSES'],
  [425, 'REMOTE_TROUBLE later', 'postponed REMOTE_TROUBLE'],
  [429, 'RATE_LIMITED later', 'postponed RATE_LIMITED wait 60000'],
  [500, 'REMOTE_TROUBLE later', 'uncertain REMOTE_TROUBLE'],
  [501, 'REMOTE_TROUBLE later', 'uncertain REMOTE_TROUBLE'],
  [502, 'REMOTE_TROUBLE later', 'uncertain REMOTE_TROUBLE'],
  [503, 'REMOTE_TROUBLE later', 'uncertain REMOTE_TROUBLE'],
  [504, 'REMOTE_TROUBLE later', 'uncertain REMOTE_TROUBLE'],
  [520, 'REMOTE_TROUBLE later', 'uncertain REMOTE_TROUBLE'],
  [599, 'REMOTE_TROUBLE later', 'uncertain REMOTE_TROUBLE'],
]

const silences: readonly [SilenceCause, boolean, string, string][] = [
  ['time-out', true, 'REMOTE_SILENT later', 'uncertain REMOTE_SILENT'],
  ['time-out', false, 'REMOTE_SILENT later', 'postponed REMOTE_SILENT'],
  ['connection-lost', true, 'REMOTE_SILENT later', 'uncertain REMOTE_SILENT'],
  ['too-large', true, 'REMOTE_SILENT later', 'uncertain REMOTE_SILENT'],
  ['connection-refused', false, 'REMOTE_SILENT later', 'postponed REMOTE_SILENT'],
  ['name-not-found', false, 'REMOTE_SILENT later', 'postponed REMOTE_SILENT'],
  ['certificate', false, 'REMOTE_SILENT later', 'postponed REMOTE_SILENT'],
  ['not-sent', false, 'REMOTE_SILENT later', 'postponed REMOTE_SILENT'],
  ['bad-url', false, 'REMOTE_SILENT reconnect', 'postponed REMOTE_SILENT'],
  ['address-refused', false, 'ADDRESS_NOT_PUBLIC reconnect', 'postponed ADDRESS_NOT_PUBLIC'],
]

const outcome = (result: HttpAnswer | HttpSilence): string => {
  const found = outcomeOf(result, system, () => 'invoice')
  if (found.is === 'done') return 'done'
  const words: string[] = [found.is, found.reason.code]
  if (found.is === 'postponed' && found.broken) words.push('broken')
  if (found.is === 'postponed' && found.retryAfterMs !== undefined) {
    words.push(`wait ${found.retryAfterMs}`)
  }
  return words.join(' ')
}

describe('status', () => {
  it.each(statuses)('%d is %s to a reader and %s to who creates', (status, reader, creator) => {
    expect(troubleOf(() => bodyOf(answer(status, 'x'), system))).toBe(reader)
    expect(outcome(answer(status, 'x'))).toBe(creator)
  })

  it('303 after a create leaves it uncertain: "see the result over there"', () => {
    expect(outcome(answer(303))).toMatch(/^uncertain /)
  })

  it('never lets a create of 500 or more pass for something that did not happen', () => {
    for (let status = 500; status <= 599; status += 1) {
      expect(outcome(answer(status))).toMatch(/^uncertain /)
    }
  })

  it('stands in the reason', () => {
    expect(outcomeOf(answer(422), system, () => 1)).toEqual({
      is: 'refused',
      reason: { code: 'REMOTE_REFUSES', params: { system, status: 422 } },
    })
  })
})

describe('silence', () => {
  it.each(silences)('%s (may have arrived: %s)', (cause, mayHaveArrived, reader, creator) => {
    const result = silence(cause, mayHaveArrived)
    expect(troubleOf(() => bodyOf(result, system))).toBe(reader)
    expect(outcome(result)).toBe(creator)
  })

  it('names its cause, but not an address of our own network', () => {
    expect(silenceReason(silence('time-out', true), system).params).toEqual({
      system,
      cause: 'time-out',
    })
    expect(silenceReason(silence('address-refused', false), system).params).toEqual({ system })
  })
})

describe('a successful create', () => {
  it('is done with what was understood of the answer', () => {
    const found = outcomeOf(
      answer(201, '{"number":7}'),
      system,
      ({ body }) => JSON.parse(body) as unknown,
    )
    expect(found).toEqual({ is: 'done', value: { number: 7 } })
  })

  it.each(['', html, '{"number":', 'null'])('is uncertain when it can’t be read: %j', (body) => {
    expect(outcomeOf(answer(200, body), system, () => null)).toEqual({
      is: 'uncertain',
      reason: { code: 'REMOTE_ANSWER_UNREADABLE', params: { system } },
    })
  })

  it('may answer with nothing or no: only null is not understood', () => {
    for (const value of [0, '', false, undefined]) {
      expect(outcomeOf(answer(200), system, () => value)).toEqual({ is: 'done', value })
    }
  })
})

describe('a remote with words of its own', () => {
  const limited = () =>
    new Trouble('later', reason('RATE_LIMITED', { system }), { retryAfterMs: 1234 })
  const own = (result: HttpAnswer) =>
    result.headers['x-limit'] === '0' || result.body === 'busy' ? limited() : null

  it('is heard before its status', () => {
    const result = answer(403, '', { 'x-limit': '0' })
    expect(troubleOf(() => bodyOf(result, system, own))).toBe('RATE_LIMITED later')
    expect(outcomeOf(result, system, () => 1, own)).toEqual({
      is: 'postponed',
      reason: { code: 'RATE_LIMITED', params: { system } },
      retryAfterMs: 1234,
    })
    expect(outcomeOf(answer(403), system, () => 1, own)).toMatchObject({ broken: true })
  })

  it('is heard on a successful status when reading', () => {
    expect(troubleOf(() => bodyOf(answer(200, 'busy'), system, own))).toBe('RATE_LIMITED later')
  })

  it('can’t make a create with 5xx certain', () => {
    expect(outcomeOf(answer(503, 'busy'), system, () => 1, own)).toMatchObject({ is: 'uncertain' })
    expect(outcomeOf(answer(408, 'busy'), system, () => 1, own)).toMatchObject({ is: 'uncertain' })
  })

  it('can’t turn a done create into something else', () => {
    expect(outcomeOf(answer(200, 'busy'), system, () => 1, own)).toEqual({ is: 'done', value: 1 })
  })
})

describe('parseJson', () => {
  const schema = z.object({ items: z.array(z.object({ id: z.number() })) })
  const read = (body: string) => () => parseJson(body, schema, system)

  it('gives what the schema makes of it, and lets the rest be', () => {
    expect(parseJson('{"items":[{"id":1,"x":2}],"more":true}', schema, system)).toEqual({
      items: [{ id: 1 }],
    })
  })

  it.each([
    [html, 'REMOTE_HTML later'],
    ['  \n<html lang="nl">', 'REMOTE_HTML later'],
    ['<head>', 'REMOTE_HTML later'],
    ['<BODY>', 'REMOTE_HTML later'],
    ['', 'REMOTE_NOT_JSON later'],
    ['{"items":[{"id":1}', 'REMOTE_NOT_JSON later'],
    ['<?xml version="1.0"?><error/>', 'REMOTE_NOT_JSON later'],
    ['Internal error', 'REMOTE_NOT_JSON later'],
    ['{}', 'REMOTE_SHAPE never'],
    ['null', 'REMOTE_SHAPE never'],
    ['[]', 'REMOTE_SHAPE never'],
    ['{"items":[{"id":"1"}]}', 'REMOTE_SHAPE never'],
  ])('%j is %s', (body, expected) => {
    expect(troubleOf(read(body))).toBe(expected)
  })

  it('names the field, and nothing of what stood in it', () => {
    const secret = 'sanne@example.nl'
    try {
      read(`{"items":[{"id":1},{"id":"${secret}"}]}`)()
      expect.unreachable()
    } catch (error) {
      expect(error).toMatchObject({ reason: { params: { system, field: 'items.1.id' } } })
      expect(String(error)).not.toContain(secret)
    }
  })

  it('keeps no part of an unreadable body in its own words', () => {
    try {
      read('Geachte Sanne Vermeer')()
      expect.unreachable()
    } catch (error) {
      expect(error).toBeInstanceOf(Trouble)
      expect(error instanceof Error && error.message).not.toContain('Sanne')
      expect(error).toMatchObject({ reason: { params: { system } } })
    }
  })
})

describe('retryAfterMs', () => {
  const now = new Date('2026-03-02T09:15:00Z')
  const after = (value: string | undefined) =>
    retryAfterMs(answer(429, '', { 'retry-after': value }), now)

  it.each([
    ['0', 0],
    ['30', 30_000],
    ['86400', 86_400_000],
    ['Mon, 02 Mar 2026 09:16:30 GMT', 90_000],
    ['Mon, 02 Mar 2026 09:00:00 GMT', 0],
  ])('reads %j', (value, expected) => {
    expect(after(value)).toBe(expected)
  })

  it.each([undefined, '', 'soon', '9'.repeat(40), 'NaN', 'Infinity'])(
    'has no use for %j',
    (value) => {
      expect(after(value)).toBeUndefined()
    },
  )
})

it('validates what is nested deeper than can be written out', () => {
  const abyss: unknown = JSON.parse('['.repeat(20_000) + ']'.repeat(20_000))
  const named = z.object({ name: z.string() })
  expect(troubleOf(() => inShape({ name: abyss }, named, system))).toBe('REMOTE_SHAPE never')
  expect(inShape({ name: 'Mok', rest: abyss }, named, system)).toEqual({ name: 'Mok' })
})
