import { describe, expect, test } from 'vitest'
import { gate } from '../../test/support/gate.ts'
import { together } from './together.ts'

class Undone extends Error {}

const limits = {
  sizeMax: 3,
  atOnce: 1,
  wasUndone: (error: unknown) => error instanceof Undone,
}

describe('what is asked together', () => {
  test('in the same moment is one batch, and each gets its own result', async () => {
    const batches: number[][] = []
    const double = together((items: readonly number[]) => {
      batches.push([...items])
      return Promise.resolve(items.map((item) => item * 2))
    }, limits)
    expect(await Promise.all([1, 2, 3, 4].map(double))).toEqual([2, 4, 6, 8])
    expect(batches).toEqual([[1, 2, 3], [4]])
    expect(await double(5)).toBe(10)
  })

  test('while a batch is under way waits for it, and goes as one', async () => {
    const batches: number[][] = []
    const held = gate()
    const begun = gate()
    const same = together(async (items: readonly number[]) => {
      batches.push([...items])
      begun.open()
      if (batches.length === 1) await held.opened
      return items
    }, limits)
    const first = same(1)
    await begun.opened
    const others = [same(2), same(3)]
    held.open()
    expect(await Promise.all([first, ...others])).toEqual([1, 2, 3])
    expect(batches).toEqual([[1], [2, 3]])
  })

  test('goes alone when it is too large', async () => {
    const batches: number[] = []
    const size = together(
      (items: readonly string[]) => {
        batches.push(items.length)
        return Promise.resolve(items.map((item) => item.length))
      },
      { ...limits, sizeOf: (item) => item.length },
    )
    expect(await Promise.all(['a', 'bbbbb', 'c', 'd'].map(size))).toEqual([1, 5, 1, 1])
    expect(batches).toEqual([1, 1, 2])
  })

  test('fails only for itself, when the batch was undone', async () => {
    const asked: number[][] = []
    const positive = together((items: readonly number[]) => {
      asked.push([...items])
      if (items.some((item) => item < 0)) return Promise.reject(new Undone('negative'))
      return Promise.resolve(items)
    }, limits)
    const results = await Promise.allSettled([1, -2, 3].map(positive))
    expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled'])
    expect(asked).toEqual([[1, -2, 3], [1], [-2], [3]])
  })

  test('FAULT: is never tried again when it may have been done', async () => {
    const asked: number[][] = []
    const lost = together((items: readonly number[]): Promise<readonly number[]> => {
      asked.push([...items])
      return Promise.reject(new Error('connection lost'))
    }, limits)
    const results = await Promise.allSettled([1, 2].map(lost))
    expect(results.map(({ status }) => status)).toEqual(['rejected', 'rejected'])
    expect(asked).toEqual([[1, 2]])
  })
})
