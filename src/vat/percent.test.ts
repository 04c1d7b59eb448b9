import { expect, test } from 'vitest'
import { hundredthsOf, percentOf } from './percent.ts'

test.each([
  ['21', 2100n, '21'],
  ['21.0000', 2100n, '21'],
  ['13.5', 1350n, '13.5'],
  ['2.10', 210n, '2.1'],
  ['1.05', 105n, '1.05'],
  ['0', 0n, '0'],
  ['100', 10_000n, '100'],
])('%s', (text, hundredths, shortest) => {
  expect(hundredthsOf(text)).toBe(hundredths)
  expect(percentOf(hundredths)).toBe(shortest)
})

test.each(['', '-1', '21 %', '8.125', '1e2', '100.01', 'NaN', '٢١', '1,5', '.5', '5.'])(
  '"%s" is no percentage',
  (text) => expect(hundredthsOf(text)).toBeNull(),
)
