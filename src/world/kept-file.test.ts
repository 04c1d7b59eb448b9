import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { readOrMake } from './kept-file.ts'

const newFile = async (): Promise<string> => {
  const folder = await mkdtemp(path.join(tmpdir(), 'doorvoer-kept-'))
  onTestFinished(() => rm(folder, { recursive: true }))
  return path.join(folder, 'secret')
}

test('a file that is not there is made, for its owner only, and read from then on', async () => {
  const file = await newFile()
  expect(await readOrMake(file, () => 'first')).toBe('first')
  expect(await readOrMake(file, () => 'second')).toBe('first')
  expect(await readFile(file, 'utf8')).toBe('first\n')
  expect((await stat(file)).mode & 0o777).toBe(0o600)
})

test('a file that is there is read without what surrounds it', async () => {
  const file = await newFile()
  await writeFile(file, '  kept \n\n')
  expect(await readOrMake(file, () => 'made')).toBe('kept')
})

test('what else goes wrong is told', async () => {
  const file = await newFile()
  await expect(readOrMake(path.dirname(file), () => 'made')).rejects.toThrow('EISDIR')
  await expect(readOrMake(path.join(file, 'below', 'it'), () => 'made')).rejects.toThrow('ENOENT')
})

test('web and worker that start together for the first time have the same', async () => {
  const file = await newFile()
  let made = 0
  const starts = await Promise.allSettled(
    Array.from({ length: 8 }, () =>
      readOrMake(file, () => {
        made += 1
        return `secret ${made}`
      }),
    ),
  )
  const kept = (await readFile(file, 'utf8')).trim()
  expect(starts).toEqual(starts.map(() => ({ status: 'fulfilled', value: kept })))
})
