import { expect, test } from 'vitest'
import { inPages } from './in-pages.ts'

test.each([0, 1, 2, 3, 4, 5, 6])('all of %d rows, each once', async (count) => {
  const rows = Array.from({ length: count }, (_, n) => n)
  const asked: (number | null)[] = []
  const read = (after: number | null) => {
    asked.push(after)
    const from = after === null ? 0 : after + 1
    return Promise.resolve(rows.slice(from, from + 2))
  }
  const found: number[] = []
  for await (const row of inPages(2, read)) found.push(row)
  expect(found).toEqual(rows)
  expect(asked).toEqual([null, ...rows.filter((row) => row % 2 === 1)])
})
