import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { withLock } from './start-lock.ts'

const makeFolder = async () => {
  const folder = await mkdtemp(path.join(tmpdir(), 'doorvoer-lock-'))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  return folder
}

test('lets one work at a time, and leaves nothing behind', async () => {
  const folder = await makeFolder()
  const file = path.join(folder, 'starting')
  let inside = 0
  let most = 0
  const work = async () => {
    inside += 1
    most = Math.max(most, inside)
    await new Promise((resolve) => setImmediate(resolve))
    inside -= 1
  }
  await Promise.all([withLock(file, work), withLock(file, work), withLock(file, work)])
  expect(most).toBe(1)
  expect(await readdir(folder)).toEqual([])
})

test('opens after work that fails, and past the lock of a process that died', async () => {
  const folder = await makeFolder()
  const file = path.join(folder, 'starting')
  await expect(withLock(file, () => Promise.reject(new Error('no')))).rejects.toThrow('no')
  // No process has a number as high as this (the largest there can be is 2^22).
  await writeFile(file, '99999999')
  expect(await withLock(file, () => Promise.resolve('done'))).toBe('done')
  expect(await readdir(folder)).toEqual([])
})
