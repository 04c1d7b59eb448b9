import { expect, test } from 'vitest'
import { virtualClock } from '../../../../test/support/virtual-clock.ts'
import { changes, type DocumentLists } from './polling.ts'

/** Found by the fuzzer at its 443,546th answer: an object that is no text and can't be made one. */
test('FAULT: a list whose moments are no moments is read to its end', async () => {
  const clock = virtualClock()
  const newest = new Date(clock.now().getTime() - 3_600_000)
  const moments = [
    { toString: 1, valueOf: 2 },
    'yesterday',
    null,
    42,
    newest.toISOString().slice(0, 19),
  ]
  const lists: DocumentLists = {
    kinds: ['invoice'],
    page: (kind) =>
      Promise.resolve({
        kind,
        items: moments.map((updated_at) => ({ updated_at })),
        isLast: true,
      }),
    mentions: () => Promise.resolve([]),
  }
  const cursors: (string | null)[] = []
  for await (const { cursor } of changes(lists, clock, 'Europe/Amsterdam', null))
    cursors.push(cursor)
  // A quarter of an hour before the newest moment that is one.
  expect(cursors).toEqual([String(Math.floor(newest.getTime() / 1000) - 900)])
})
