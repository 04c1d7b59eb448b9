import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { csvRow } from './csv.ts'

const cellOf = (text: string) => csvRow([text]).slice(0, -2)

describe('a cell', () => {
  it.each([
    '=1+1',
    '+1',
    '-1+2',
    '@SUM(A1)',
    '\t=1',
    '\r=1',
    '\n=1',
    '  =1',
    '＝1',
    '＋1',
    '－1',
    '＠SUM(A1)',
    '=HYPERLINK("http://evil.example";"x")',
    "=cmd|' /C calc'!A0",
  ])('is no formula: %j', (text) => {
    expect(cellOf(text).replace(/^"/, '')).toMatch(/^'/)
  })

  it.each(['1,=1+1', 'a,\t@SUM(A1)', 'a\t=1', 'a, +31'])(
    'is none either where a comma or a tab separates cells: %j',
    (text) => {
      for (const part of cellOf(text).split(/[,\t]/)) expect(part).not.toMatch(/^\s*[=+\-@]/)
    },
  )

  it('stays what it is where it is harmless', () => {
    for (const text of ['100000123', 'F-2026-1', 'Mok, rood', '-12.10', 'a=b', 'x@y.example']) {
      expect(cellOf(text)).toBe(text)
    }
    expect(cellOf('a;b')).toBe('"a;b"')
    expect(cellOf('zeg "ja"')).toBe('"zeg ""ja"""')
  })

  it('is one cell of one row, whatever is in it', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (one, other) => {
        const row = csvRow([one, other])
        const outside = row.replace(/"(?:[^"]|"")*"/g, '')
        expect(outside.split(';')).toHaveLength(2)
        expect(outside.replace(/\r\n$/, '')).not.toMatch(/[\r\n]/)
      }),
    )
  })
})
