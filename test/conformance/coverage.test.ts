import { readdir, readFile } from 'node:fs/promises'
import path from 'node:path'
import { expect, it } from 'vitest'

/** docs/conformance.md says which tests show which case; this holds it to titles that exist. */
const root = path.resolve(import.meta.dirname, '../..')

const rooms = { conformance: 'test/conformance', bookings: 'src/bookings' } as const

/** Where a suite of the table lives, by the name it has there. */
const fileOf = (suite: string, files: readonly string[]): string => {
  const named = [`${suite}.test.ts`, `accounting-${suite}.test.ts`]
  const inTable = files.filter((file) => named.includes(path.basename(file)))
  // What has the same name in both rooms is the connectors' here.
  return inTable[0] ?? ''
}

it('every test that the table of cases names exists', async () => {
  const listed = Object.values(rooms).map(async (room) =>
    (await readdir(path.join(root, room))).map((file) => path.join(root, room, file)),
  )
  const files = (await Promise.all(listed)).flat()
  const table = await readFile(path.join(root, 'docs/conformance.md'), 'utf8')
  const cells = table
    .split('\n')
    .filter((line) => line.startsWith('|'))
    .flatMap((line) => line.split('|'))
  const named = cells.flatMap((cell) => {
    let suite = ''
    return [...cell.matchAll(/([\w-]+): (?=`)|`([^`]+)`/g)].flatMap(([, name, title]) => {
      suite = name ?? suite
      return title === undefined ? [] : [{ suite, title }]
    })
  })
  expect(named.length).toBeGreaterThan(50)
  for (const { suite, title } of named) {
    const file = fileOf(suite, files)
    const text = file === '' ? '' : await readFile(file, 'utf8')
    expect([suite, title, text.includes(title)]).toEqual([suite, title, true])
  }
})
