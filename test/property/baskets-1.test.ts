import { expect, test } from 'vitest'
import { accountings } from '../../src/connectors/registry.ts'
import { remotes } from './remotes.ts'
import { tryBaskets } from './try-baskets.ts'

tryBaskets(0)

test('every accounting connector has a remote here, which gets every basket', () => {
  const all = remotes.filter(({ oneIn }) => oneIn === 1).map(({ id }) => id)
  expect(new Set(all)).toEqual(new Set(accountings.map(({ id }) => id)))
})
