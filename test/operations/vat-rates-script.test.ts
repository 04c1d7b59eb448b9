import { execFile } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { ratesOn, standardRateOn } from '../../src/vat/rates.ts'
import { euCountries, territoryOf } from '../../src/vat/territory.ts'

/* scripts/vat-rates/compare.ts as a person runs it on a newer data file. */

const script = path.resolve(import.meta.dirname, '../../scripts/vat-rates/compare.ts')
let folder: string
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'rates-'))
})
afterAll(() => rm(folder, { recursive: true }))

interface Country {
  standard: number
  reduced: number[]
  super_reduced: number | null
  parking: number | null
}

const day = '2026-11-20'

/** A data file that says what our table says on that day. */
const ours = (): Record<string, Country> =>
  Object.fromEntries(
    euCountries.map((code) => {
      const territory = territoryOf(code, '')
      if (territory === null) throw new Error(code)
      const standard = Number(standardRateOn(territory, day)?.percent)
      const reduced = ratesOn(territory, day)
        .map(({ percent }) => Number(percent))
        .filter((percent) => percent !== standard)
      const livestock = code === 'IE' ? 4.8 : null
      return [code, { standard, reduced, super_reduced: livestock, parking: null }]
    }),
  )

let files = 0
const compare = async (content: string | null) => {
  files += 1
  const file = path.join(folder, `data-${files}.json`)
  if (content !== null) await writeFile(file, content)
  return new Promise<{ code: number; stdout: string; stderr: string }>((resolve) => {
    execFile(process.execPath, [script, file], (error, stdout, stderr) => {
      resolve({ code: error === null ? 0 : Number(error.code), stdout, stderr })
    })
  })
}

const withRates = (change: (rates: Record<string, Country>) => void, version = day) => {
  const rates = ours()
  change(rates)
  return compare(JSON.stringify({ version, rates }))
}

const dutch = (change: Partial<Country>) =>
  withRates((rates) => {
    rates['NL'] = { standard: 21, reduced: [9], super_reduced: null, parking: null, ...change }
  })

test('a file that says the same has no differences', async () => {
  const { code, stdout } = await dutch({})
  expect([code, stdout]).toEqual([0, `0 differences on ${day}\n`])
})

test('a rate that was added', async () => {
  const { code, stdout } = await dutch({ reduced: [5, 9] })
  expect(code).toBe(1)
  expect(stdout).toBe(
    `NL: reduced 5 % is in the file and not in our table\n1 differences on ${day}\n`,
  )
})

test('a rate that changed', async () => {
  expect((await dutch({ standard: 22 })).stdout).toContain(
    'NL: standard is 21 % in our table and 22 % in the file',
  )
  const reduced = (await dutch({ reduced: [10] })).stdout
  expect(reduced).toContain('NL: reduced 10 % is in the file and not in our table')
  expect(reduced).toContain('NL: reduced 9 % is in our table and not in the file')
})

test('a rate that ended', async () => {
  expect((await dutch({ reduced: [] })).stdout).toBe(
    `NL: reduced 9 % is in our table and not in the file\n1 differences on ${day}\n`,
  )
})

test('a rate that ended in our table by the day of the file is no difference', async () => {
  const { stdout } = await withRates((rates) => {
    for (const code of Object.keys(rates)) if (code !== 'DE') Reflect.deleteProperty(rates, code)
    rates['DE'] = { standard: 16, reduced: [5], super_reduced: null, parking: null }
  }, '2020-08-01')
  expect(stdout).toBe('0 differences on 2020-08-01\n')
})

test('rows that overlap, the same rate twice or as two classes, are told once', async () => {
  expect((await dutch({ reduced: [9, 9] })).code).toBe(0)
  expect((await dutch({ reduced: [9], parking: 9 })).code).toBe(0)
  expect((await dutch({ reduced: [5, 9, 5], super_reduced: 5 })).stdout).toContain('1 differences')
})

test.each<[what: string, content: string | null]>([
  ['a file that is not there', null],
  ['no JSON', '{"version":'],
  ['a list', '[]'],
  ['no version', '{"rates":{}}'],
  ['a day that is none', '{"version":"2026-02-30","rates":{}}'],
  ['a rate as a word', '{"version":"2026-01-01","rates":{"NL":{"standard":"21"}}}'],
  ['a web page', '<html></html>'],
])('%s has a code and a remedy', async (_, content) => {
  const { code, stdout, stderr } = await compare(content)
  expect([code, stdout]).toEqual([2, ''])
  expect(stderr).toMatch(/^INPUT_INVALID: .+\n.+/)
})
