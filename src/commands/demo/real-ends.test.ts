import { expect, it } from 'vitest'
import type { Remote } from '../remote/remote.ts'
import type { Judgement, JudgedSale } from './judge.ts'
import { nothingBooked } from './in-reality.ts'
import { standardPair } from './pairs.ts'
import { realEndsOf } from './real-ends.ts'

const remote = (side: Remote['side'], system: string): Remote => ({
  side,
  system,
  credentials: {},
  settings: {},
})
const shop = remote('webshop', standardPair.webshop)
const books = remote('accounting', standardPair.accounting)

it('takes the merchant of a real shop for a Dutch one, unless it is told', () => {
  expect(realEndsOf([shop], standardPair, false)).toEqual({
    webshop: shop,
    accounting: null,
    home: 'NL',
  })
  expect(realEndsOf([shop], standardPair, false, 'BE').home).toBe('BE')
})

it('leaves a sandbox shop Belgian, as its orders are', () => {
  expect(realEndsOf([books], standardPair, true)).toMatchObject({ webshop: null, home: 'BE' })
  expect(() => realEndsOf([books], standardPair, true, 'NL')).toThrow('--home goes with --remote')
  expect(() => realEndsOf([shop], standardPair, false, 'DE')).toThrow('--home is NL or BE')
})

const judged = (...sales: Partial<JudgedSale>[]): Judgement => ({
  sales: sales.map((sale) => ({
    ...{ sale: '1', state: 'closed', code: null, remoteNumber: null, total: '1.00', wrong: null },
    ...sale,
  })),
  booked: sales.filter(({ state }) => state === 'booked').length,
  refused: 0,
  open: 0,
  lost: 0,
  doubled: 0,
  agrees: true,
})

it('says why nothing was booked, and nothing when something was', () => {
  const before = { code: 'SALE_BEFORE_START' }
  expect(nothingBooked(judged(before, before, { state: 'open' }))).toEqual({
    code: 'NOTHING_BOOKED',
    params: { count: 3, why: 'SALE_BEFORE_START 2, open 1' },
  })
  expect(nothingBooked(judged())).toMatchObject({ params: { count: 0, why: '-' } })
  expect(nothingBooked(judged(before, { state: 'booked' }))).toBeNull()
})
