import { describe, expect, it } from 'vitest'
import { pace, waitMsOf } from './limits.ts'

const now = new Date('2026-03-02T09:14:05Z')

const headers = (remaining: string, reset = '263/2063/23663') => ({
  'x-ratelimit-limit': '300/3600/86400',
  'x-ratelimit-remaining': remaining,
  'x-ratelimit-reset': reset,
})

const waitMs = (given: Record<string, string>) =>
  waitMsOf({ is: 'answer', status: 429, headers: given, body: '' }, now)

describe('the allowance', () => {
  it.each([
    ['299/3590/86000', { callsLeft: 299, windowEndsInMs: 263_000 }],
    ['200/100/86000', { callsLeft: 100, windowEndsInMs: 2_063_000 }],
    ['200/100/7', { callsLeft: 7, windowEndsInMs: 23_663_000 }],
    ['0/0/86000', { callsLeft: 0, windowEndsInMs: 2_063_000 }],
    ['-1/3590/86000', { callsLeft: 0, windowEndsInMs: 263_000 }],
  ])('of %s is that of the window that stops us first', (remaining, allowance) => {
    expect(pace.allowanceOf?.(headers(remaining), now)).toEqual(allowance)
  })

  it.each([
    ['no headers', {}],
    ['half of them', { 'x-ratelimit-remaining': '299/3590/86000' }],
    ['another form', headers('many')],
    ['windows that do not match', headers('299/3590')],
  ])('is unknown with %s', (_, given) => {
    expect(pace.allowanceOf?.(given, now)).toBeNull()
  })
})

describe('the wait after a 429', () => {
  it('lasts until the exhausted window ends, the longest of them', () => {
    expect(waitMs(headers('-1/3590/86000'))).toBe(263_000)
    expect(waitMs(headers('-1/-1/86000'))).toBe(2_063_000)
    expect(waitMs(headers('0/3590/86000'))).toBe(263_000)
  })

  it('is what Retry-After says, in either form, where no window says it', () => {
    expect(waitMs({ 'retry-after': '90' })).toBe(90_000)
    expect(waitMs({ 'retry-after': 'Mon, 02 Mar 2026 09:15:00 GMT' })).toBe(55_000)
    expect(waitMs({ ...headers('10/10/10'), 'retry-after': '90' })).toBe(90_000)
  })

  it('is a minute otherwise', () => {
    expect(waitMs({})).toBe(60_000)
    expect(waitMs({ 'retry-after': 'soon' })).toBe(60_000)
  })
})
