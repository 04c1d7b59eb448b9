import { describe, expect, it } from 'vitest'
import { virtualClock } from '../../../test/support/virtual-clock.ts'
import { createGate } from './gate.ts'

const stage = (limits = { inside: 2, waiting: 3 }) => {
  const clock = virtualClock()
  const gate = createGate(limits, clock)
  const log: string[] = []
  const enter = (number: string, waitMs = 1_000) => {
    void gate.enter(number, waitMs).then((isIn) => log.push(`${number} ${isIn ? 'in' : 'out'}`))
  }
  return { clock, gate, log, enter }
}

describe('the gate', () => {
  it('lets in as many as there is room for, first come, first served', async () => {
    const { clock, gate, log, enter } = stage()
    for (const number of ['a', 'b', 'c', 'd']) enter(number)
    await clock.advance(0)
    expect(log).toEqual(['a in', 'b in'])
    gate.leave('b')
    gate.leave('a')
    await clock.advance(0)
    expect(log).toEqual(['a in', 'b in', 'c in', 'd in'])
  })

  it('lets a number in only once, and others past it meanwhile', async () => {
    const { clock, gate, log, enter } = stage()
    for (const number of ['a', 'a', 'b']) enter(number)
    await clock.advance(0)
    expect(log).toEqual(['a in', 'b in'])
    gate.leave('a')
    await clock.advance(0)
    expect(log).toEqual(['a in', 'b in', 'a in'])
  })

  it('sends away who waited long enough, and leaves no sleeper behind', async () => {
    const { clock, gate, log, enter } = stage({ inside: 1, waiting: 3 })
    enter('a')
    enter('b', 500)
    enter('c', 2_000)
    await clock.advance(500)
    expect(log).toEqual(['a in', 'b out'])
    gate.leave('a')
    await clock.advance(0)
    expect(log).toEqual(['a in', 'b out', 'c in'])
    expect(clock.sleepers()).toBe(0)
  })

  it('sends away at once when too many wait', async () => {
    const { clock, log, enter } = stage({ inside: 1, waiting: 2 })
    for (const number of ['a', 'b', 'c', 'd']) enter(number)
    await clock.advance(0)
    expect(log.sort()).toEqual(['a in', 'd out'])
  })
})
