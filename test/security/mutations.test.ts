import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { mutations } from './mutations/all.ts'

const root = path.resolve(import.meta.dirname, '../..')
const read = (file: string) => readFileSync(path.join(root, file), 'utf8')

describe('every guard that `npm run prove:security` takes away', () => {
  it.each(mutations.map((mutation) => [mutation.against, mutation.file, mutation] as const))(
    '%s: still stands in %s, once',
    (_against, file, { edits, test }) => {
      const text = read(file)
      expect(edits.length).toBeGreaterThan(0)
      for (const [from] of edits) expect(text.split(from)).toHaveLength(2)
      expect(existsSync(path.join(root, test))).toBe(true)
    },
  )
})

describe('the threat model', () => {
  const model = read('docs/security/threat-model.md')

  it('names no file that is not there', () => {
    const named = [...model.matchAll(/`((?:src|test|web|scripts|docs|ops)\/[\w./-]+)`/g)]
    expect(named.length).toBeGreaterThan(40)
    const gone = named
      .map(([, file = '']) => file)
      .filter((file) => !existsSync(path.join(root, file)))
    expect(gone).toEqual([])
  })

  it('has a row for every case whose guard is shown to be one', () => {
    const cases = new Set(mutations.map(({ against }) => against.split(',')[0] ?? ''))
    expect([...cases].filter((name) => !model.includes(name))).toEqual([])
  })
})
