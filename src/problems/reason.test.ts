import { expect, it } from 'vitest'
import { reason, Trouble } from './reason.ts'

it('a reason is its code and figures, and nothing else', () => {
  expect(reason('SALE_EMPTY')).toEqual({ code: 'SALE_EMPTY', params: {} })
  expect(reason('LINE_VAT_MISSING', { line: 2 })).toEqual({
    code: 'LINE_VAT_MISSING',
    params: { line: 2 },
  })
})

it('trouble carries its reason, its cure and how long to wait', () => {
  const cause = new SyntaxError('x')
  const why = reason('RATE_LIMITED', { system: 'KMO Shops' })
  const trouble = new Trouble('later', why, { retryAfterMs: 5_000, cause })
  expect(trouble).toMatchObject({ cure: 'later', reason: why, retryAfterMs: 5_000, cause })
  expect(trouble.message).toBe('RATE_LIMITED {"system":"KMO Shops"}')
  expect(new Trouble('never', why).retryAfterMs).toBeUndefined()
})
