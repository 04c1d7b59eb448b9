import { describe, expect, test } from 'vitest'
import { wallClock, type Clock } from './clock.ts'
import { newIdentifier } from './identifier.ts'
import { seededRandom, systemRandom } from './random.ts'

const clockAt = (moment: string): Clock => ({ ...wallClock, now: () => new Date(moment) })

describe('an identifier', () => {
  test('is a UUID of version 7 with the time in front (RFC 9562, appendix A.6)', () => {
    const made = newIdentifier(clockAt('2022-02-22T19:22:22.000Z'), systemRandom)
    expect(made).toMatch(/^017f22e2-79b0-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
  })

  test('comes after the ones that were made before it', () => {
    const moments = [
      '1999-12-31T23:59:59.999Z',
      '2026-11-20T10:00:00.000Z',
      '2026-11-20T10:00:00.001Z',
      '2099-01-01T00:00:00Z',
    ]
    const made = moments.map((moment) => newIdentifier(clockAt(moment), systemRandom))
    expect([...made].sort()).toEqual(made)
  })

  test('is another one each time, within a millisecond too', () => {
    const clock = clockAt('2026-11-20T10:00:00.000Z')
    const made = Array.from({ length: 2_000 }, () => newIdentifier(clock, systemRandom))
    expect(new Set(made).size).toBe(made.length)
  })

  test('is the same in a run that is played again', () => {
    const clock = clockAt('2026-11-20T10:00:00.000Z')
    expect(newIdentifier(clock, seededRandom(1))).toBe(newIdentifier(clock, seededRandom(1)))
    expect(newIdentifier(clock, seededRandom(1))).not.toBe(newIdentifier(clock, seededRandom(2)))
  })
})
