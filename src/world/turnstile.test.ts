import { describe, expect, test } from 'vitest'
import { turnstile } from './turnstile.ts'

describe('the turnstile', () => {
  test('lets work of one key through one by one in its order, other work beside it', async () => {
    const inTurn = turnstile()
    const log: string[] = []
    const gates = new Map<string, () => void>()
    const work = (key: string, name: string) =>
      inTurn(key, async () => {
        log.push(`${name} begins`)
        await new Promise<void>((resolve) => gates.set(name, resolve))
        log.push(`${name} ends`)
        return name
      })
    const turns = async () => {
      for (let count = 0; count < 10; count += 1) await Promise.resolve()
    }
    const all = [work('a', 'a1'), work('a', 'a2'), work('b', 'b1'), work('a', 'a3')]
    await turns()
    expect(log).toEqual(['a1 begins', 'b1 begins'])
    for (const name of ['b1', 'a1', 'a2', 'a3']) {
      gates.get(name)?.()
      await turns()
    }
    expect(log.slice(2)).toEqual([
      'b1 ends',
      'a1 ends',
      'a2 begins',
      'a2 ends',
      'a3 begins',
      'a3 ends',
    ])
    expect(await Promise.all(all)).toEqual(['a1', 'a2', 'b1', 'a3'])
  })

  test('goes on after work that failed, and gives each its own outcome', async () => {
    const inTurn = turnstile()
    const failing = inTurn('a', () => Promise.reject(new Error('no')))
    const next = inTurn('a', () => Promise.resolve('yes'))
    await expect(failing).rejects.toThrow('no')
    expect(await next).toBe('yes')
    expect(await inTurn('a', () => Promise.resolve('again'))).toBe('again')
  })
})
