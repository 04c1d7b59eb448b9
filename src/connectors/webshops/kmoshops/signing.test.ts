import { describe, expect, it } from 'vitest'
import { isSignedBy, sign } from './signing.ts'

describe('isSignedBy', () => {
  const hash = sign('secret', 'a', 'b')

  it('takes either case', () => {
    expect(isSignedBy('secret', hash, 'a', 'b')).toBe(true)
    expect(isSignedBy('secret', hash.toUpperCase(), 'a', 'b')).toBe(true)
  })

  it.each([
    ['none', undefined],
    ['an empty one', ''],
    ['a short one', hash.slice(1)],
    ['a long one', `${hash}0`],
    ['one that is no hex', 'z'.repeat(128)],
    ['as many characters but more bytes', 'é'.repeat(128)],
    ['that of other parts', sign('secret', 'a|b', '')],
    ['that of another secret', sign('Secret', 'a', 'b')],
  ])('refuses %s', (_, given) => {
    expect(isSignedBy('secret', given, 'a', 'b')).toBe(false)
  })

  it('refuses everything when there is no secret', () => {
    expect(isSignedBy('', sign('', 'a'), 'a')).toBe(false)
  })
})
