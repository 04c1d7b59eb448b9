import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { copyWhole } from './copy-whole.ts'

const makeFolder = async () => {
  const folder = await mkdtemp(path.join(tmpdir(), 'doorvoer-copy-'))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  return folder
}

test('many at once make one whole copy, and leave nothing behind', async () => {
  const folder = await makeFolder()
  const from = path.join(folder, 'from')
  await mkdir(path.join(from, 'bin'), { recursive: true })
  for (let file = 0; file < 40; file += 1) await writeFile(path.join(from, 'bin', `${file}`), 'x')
  const to = path.join(folder, 'to')
  await Promise.all(Array.from({ length: 8 }, () => copyWhole(from, to)))
  expect(await readdir(folder)).toEqual(['from', 'to'])
  expect(await readdir(path.join(to, 'bin'))).toHaveLength(40)
  expect(await readFile(path.join(to, 'bin', '39'), 'utf8')).toBe('x')
})

test('says so when there is nothing to copy', async () => {
  const folder = await makeFolder()
  await expect(copyWhole(path.join(folder, 'no'), path.join(folder, 'to'))).rejects.toThrow(
    'ENOENT',
  )
  expect(await readdir(folder)).toEqual([])
})
