import { readFile } from 'node:fs/promises'
import { describe, expect, it } from 'vitest'
import { faultKinds, type FaultRule } from './fault-rule.ts'
import { createFaults } from './faults.ts'
import { mulberry32 } from './random.ts'

const get = { method: 'GET', rawUrl: '/orders?page=2' }
const post = { method: 'POST', rawUrl: '/orders' }

describe('the switchboard', () => {
  it('hits once unless told otherwise, and keeps the count', () => {
    const faults = createFaults(mulberry32(1))
    faults.add({ fault: 'html' })
    expect(faults.take(get)?.fault).toBe('html')
    expect(faults.take(get)).toBeUndefined()
    expect(faults.list()).toEqual([{ fault: 'html', id: 'fault-1', hits: 1, left: 0 }])
  })

  it('matches by method and by path with query', () => {
    const faults = createFaults(mulberry32(1))
    faults.add({ match: { method: 'post' }, fault: 'html', times: 0 })
    faults.add({ match: { path: 'page=2$' }, fault: 'latency', times: 0 })
    expect(faults.take(post)?.fault).toBe('html')
    expect(faults.take(get)?.fault).toBe('latency')
    expect(faults.take({ method: 'GET', rawUrl: '/orders?page=3' })).toBeUndefined()
  })

  it('lets the first matching rule win and uses up only that one', () => {
    const faults = createFaults(mulberry32(1))
    faults.add({ fault: 'reset-before' })
    faults.add({ fault: 'reset-after' })
    expect([faults.take(get)?.fault, faults.take(get)?.fault]).toEqual([
      'reset-before',
      'reset-after',
    ])
  })

  it('keeps a rule with times 0 until it is removed', () => {
    const faults = createFaults(mulberry32(1))
    const id = faults.add({ fault: 'html', times: 0 })
    for (let index = 0; index < 10; index += 1) faults.take(get)
    expect(faults.list()).toMatchObject([{ hits: 10, left: null }])
    expect(faults.remove(id)).toBe(true)
    expect(faults.remove(id)).toBe(false)
    expect(faults.take(get)).toBeUndefined()
  })

  it('repeats its chances for the same seed', () => {
    const hitsOf = (seed: number): boolean[] => {
      const faults = createFaults(mulberry32(seed))
      faults.add({ fault: 'html', times: 0, probability: 0.3 })
      return Array.from({ length: 1000 }, () => faults.take(get) !== undefined)
    }
    expect(hitsOf(7)).toEqual(hitsOf(7))
    expect(hitsOf(7)).not.toEqual(hitsOf(8))
    const share = hitsOf(7).filter(Boolean).length / 1000
    expect(share).toBeGreaterThan(0.25)
    expect(share).toBeLessThan(0.35)
  })

  it('falls through to the next rule when chance spares a request', () => {
    const faults = createFaults(mulberry32(1))
    faults.add({ fault: 'html', times: 0, probability: 0 })
    faults.add({ fault: 'latency' })
    expect(faults.take(get)?.fault).toBe('latency')
  })

  it.each([
    [{ fault: 'typo' }, /fault must be one of latency/],
    [{ fault: 'html', times: -1 }, /times must be a whole number/],
    [{ fault: 'html', probability: 2 }, /probability must be a number from 0 to 1/],
    [{ fault: 'html', delay: 5 }, /unknown field delay/],
    [{ fault: 'html', match: { path: '(' } }, /regular expression/i],
    ['html', /is an object/],
  ])('refuses %j', (rule, message) => {
    const faults = createFaults(mulberry32(1))
    expect(() => faults.add(rule as FaultRule)).toThrow(message)
    expect(faults.list()).toEqual([])
  })

  it('refuses an id that is taken', () => {
    const faults = createFaults(mulberry32(1))
    faults.add({ id: 'mine', fault: 'html' })
    expect(() => faults.add({ id: 'mine', fault: 'html' })).toThrow('id mine is taken')
  })
})

it('has every fault kind in the README', async () => {
  const readme = await readFile(new URL('README.md', import.meta.url), 'utf8')
  for (const kind of faultKinds) expect(readme).toMatch(new RegExp(`\\| \`${kind}\` +\\|`))
})
