import { describe, expect, it } from 'vitest'
import { accountings, webshops } from '../../connectors/registry.ts'
import { booksEnds } from './books.ts'
import type { Judgement } from './judge.ts'
import { mix } from './mix.ts'
import { allPairs, inMatrix, nameOf, readPair, standardPair, whichPairs } from './pairs.ts'
import { shopEnds } from './shops.ts'

const ids = (systems: readonly { id: string }[]) => systems.map(({ id }) => id).sort()

it('every system of the registry has an end in the demo, and no other has', () => {
  expect(Object.keys(shopEnds).sort()).toEqual(ids(webshops))
  expect(Object.keys(booksEnds).sort()).toEqual(ids(accountings))
})

it('the mix has sixty orders, with each thing that can become of one', () => {
  const wanted = mix()
  expect(wanted).toHaveLength(60)
  const states = new Set(wanted.map(({ expectation }) => expectation.state))
  expect([...states].sort()).toEqual(['booked', 'closed', 'open', 'refused'])
})

describe('a pair', () => {
  it('is read as it is written', () => {
    expect(allPairs).toContainEqual(standardPair)
    for (const pair of allPairs) expect(readPair(nameOf(pair))).toEqual(pair)
    expect(readPair('all')).toBe('all')
  })

  it('may be of any systems that whoever typed another is told of', () => {
    for (const id of [...Object.keys(shopEnds), ...ids(accountings)])
      expect(whichPairs).toContain(id)
  })

  it.each(['', 'kmoshops', 'kmoshops:', ':factuursturen', 'factuursturen:kmoshops', 'a:b:c'])(
    '%j is none',
    (text) => {
      expect(readPair(text)).toBeNull()
    },
  )
})

const judgement = (change: Partial<Judgement> = {}): Judgement => ({
  sales: [],
  booked: 47,
  refused: 7,
  open: 4,
  lost: 0,
  doubled: 0,
  agrees: true,
  ...change,
})

describe('the matrix', () => {
  it('has a cell for each pair that was run', () => {
    const lines = inMatrix(allPairs.map((pair) => ({ pair: nameOf(pair), judgement: judgement() })))
    expect(lines.split('\n')).toHaveLength(Object.keys(shopEnds).length + 1)
    expect(lines.match(/47\/7\/4 0\/0 ok/g)).toHaveLength(allPairs.length)
    expect(lines).not.toContain('WRONG')
  })

  it('names below it what is wrong, and which pair could not be run', () => {
    const sale = {
      sale: 'W-1',
      state: 'open',
      code: 'REMOTE_SILENT',
      remoteNumber: null,
      total: '1.00',
      wrong: 'expected booked, is open',
    }
    const lines = inMatrix([
      {
        pair: 'kmoshops:informer',
        judgement: judgement({ sales: [sale], lost: 1, agrees: false }),
      },
      { pair: 'seoshop:rompslomp', failure: 'it did not start' },
    ]).split('\n')
    expect(lines[1]).toContain('47/7/4 1/0 WRONG')
    expect(lines.slice(-2)).toEqual([
      'kmoshops:informer W-1: expected booked, is open (REMOTE_SILENT)',
      'seoshop:rompslomp: it did not start',
    ])
  })
})
