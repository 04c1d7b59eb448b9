import { describe, expect, test } from 'vitest'
import { accountings, webshops } from '../connectors/registry.ts'
import { systemRandom } from '../world/random.ts'
import { wallClock } from '../world/clock.ts'
import { commitsOn } from './commits.ts'
import { carryOn, crashPoints, dieAt, steps, withCrashPoints } from './crash-points.ts'

describe('the table', () => {
  test('has two points for each step, all of them different', () => {
    expect(crashPoints).toHaveLength(2 * Object.keys(steps).length)
    expect(new Set(crashPoints).size).toBe(crashPoints.length)
    for (const point of crashPoints) expect(point).toMatch(/^(before|after):(commit|call)-[a-z-]+$/)
  })

  test('covers everything that writes to the database on the way of a sale', () => {
    const commits = commitsOn({
      db: undefined as never,
      clock: wallClock,
      random: systemRandom,
      ring: () => Promise.resolve(),
    })
    expect(Object.keys(steps)).toEqual(expect.arrayContaining(Object.keys(commits)))
  })

  test('covers every call of every connector but those that book nothing', () => {
    const bookNothing = new Set([
      ...[
        'administration',
        'check',
        'choices',
        'changes',
        'history',
        'trigger',
        'subscribe',
        'verifyWebhook',
        'unsubscribe',
        'invoices',
      ],
      ...['readDebtor', 'planDebtor', 'compose', 'readAnswer', 'changedDebtors'],
    ])
    for (const connector of [...webshops, ...accountings]) {
      const calls = Object.entries(connector).filter(([, value]) => typeof value === 'function')
      const unnamed = calls.map(([name]) => name).filter((name) => !(name in steps))
      expect(
        unnamed.filter((name) => !bookNothing.has(name)),
        connector.id,
      ).toEqual([])
    }
  })
})

describe('withCrashPoints', () => {
  const target = {
    title: 'a target',
    read: (name: string, mark: string) => Promise.resolve(`${name}${mark}`),
    check: () => Promise.resolve('checked'),
    create: () => Promise.reject(new Error('no')),
  }

  test('passes both points around a step, and waits at them', async () => {
    const passed: string[] = []
    const wrapped = withCrashPoints(target, async (point) => {
      await Promise.resolve()
      passed.push(point)
    })
    expect(await wrapped.read('sale', '!')).toBe('sale!')
    expect(passed).toEqual(['before:call-read-sale', 'after:call-read-sale'])
  })

  test('does nothing of the step when it dies before it', async () => {
    let isDone = false
    const wrapped = withCrashPoints(
      {
        create: () => {
          isDone = true
          return Promise.resolve('done')
        },
      },
      (point) => {
        if (point === 'before:call-create-invoice') throw new Error('died')
      },
    )
    await expect(wrapped.create()).rejects.toThrow('died')
    expect(isDone).toBe(false)
  })

  test('has done the step when it dies after it, and nobody hears the answer', async () => {
    let isDone = false
    const wrapped = withCrashPoints(
      {
        create: () => {
          isDone = true
          return Promise.resolve('done')
        },
      },
      (point) => {
        if (point === 'after:call-create-invoice') throw new Error('died')
      },
    )
    await expect(wrapped.create()).rejects.toThrow('died')
    expect(isDone).toBe(true)
  })

  test('lets an error of the step through', async () => {
    const passed: string[] = []
    const wrapped = withCrashPoints(target, (point) => void passed.push(point))
    await expect(wrapped.create()).rejects.toThrow('no')
    expect(passed).toEqual(['before:call-create-invoice'])
  })

  test('leaves alone what is no step, and everything when nothing can happen', async () => {
    const passed: string[] = []
    const wrapped = withCrashPoints(target, (point) => void passed.push(point))
    expect(await wrapped.check()).toBe('checked')
    expect(wrapped.title).toBe('a target')
    expect(passed).toEqual([])
    expect(withCrashPoints(target, carryOn)).toBe(target)
  })
})

test('dieAt dies at the given passage of the given point, once', () => {
  let deaths = 0
  const at = dieAt('after:commit-settled', 2, () => {
    deaths += 1
  })
  const counted = [
    'after:commit-settled',
    'before:commit-settled',
    'after:commit-settled',
    'after:commit-settled',
  ]
  const seen = (counted as (typeof crashPoints)[number][]).map((point) => {
    void at(point)
    return deaths
  })
  expect(seen).toEqual([0, 0, 1, 1])
})
