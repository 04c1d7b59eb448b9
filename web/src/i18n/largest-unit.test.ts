import { expect, it } from 'vitest'
import { inLargestUnit } from './largest-unit.ts'

const minute = 60
const hour = 60 * minute
const day = 24 * hour

it.each([
  [0, 0, 'second'],
  [59.4, 59, 'second'],
  [59.6, 1, 'minute'],
  [90, 2, 'minute'],
  [59.4 * minute, 59, 'minute'],
  [59.6 * minute, 1, 'hour'],
  [89 * minute, 1, 'hour'],
  [23.4 * hour, 23, 'hour'],
  [23.6 * hour, 1, 'day'],
  [40 * day, 40, 'day'],
])('%d seconds are %d %s', (seconds, count, unit) => {
  expect(inLargestUnit(seconds)).toEqual({ count, unit })
})

it('goes no smaller than asked', () => {
  expect(inLargestUnit(50, 'minute')).toEqual({ count: 1, unit: 'minute' })
  expect(inLargestUnit(10, 'minute')).toEqual({ count: 0, unit: 'minute' })
})

it('never says as many of one unit as make the next', () => {
  const most = { second: 60, minute: 60, hour: 24, day: Infinity }
  for (let seconds = 0; seconds < 3 * day; seconds += 1) {
    const { unit, count } = inLargestUnit(seconds)
    if (count >= most[unit] || count < 1 !== seconds < 1) {
      expect.fail(`${seconds} seconds are told as ${count} of a ${unit}`)
    }
  }
})
