import { describe, expect, test } from 'vitest'
import { accountings } from '../../src/connectors/registry.ts'
import { nothing, type PartResult } from './part.ts'
import { parts } from './parts.ts'
import { inWords, reportOf } from './report.ts'

const part = (name: string, more: Partial<PartResult>): PartResult => ({
  part: name,
  ...nothing,
  tookMs: 1_500,
  ...more,
})

const sound = [
  part('crash', {
    kills: 3,
    sales: 48,
    invoices: 48,
    longestRecoveryMs: 31_600,
    figures: ['48 of 48 cases'],
  }),
  part('simulate', { seeds: 20, sales: 1_200, invoices: 1_180 }),
]

test('there is a part for every kind of proof', () => {
  expect(parts.map(({ name }) => name)).toEqual([
    'simulate',
    'crash',
    'pause',
    'kills',
    'recover',
    'ambiguous',
    'halfopen',
    'disk',
    'clock',
    'upgrade',
    'model',
    'money',
    'fuzz',
  ])
})

describe('the report', () => {
  test('adds up what the parts say, and names the commit', () => {
    expect(reportOf('abc123', sound)).toMatchObject({
      commit: 'abc123',
      ok: true,
      seeds: 20,
      kills: 3,
      sales: 1_248,
      invoices: 1_228,
      lost: 0,
      doubled: 0,
      stuck: 0,
      longestRecoveryMs: 31_600,
    })
  })

  test('says of all books how well they can be searched, and promises no more than that', () => {
    const { connectors } = reportOf('abc123', sound)
    expect(Object.keys(connectors)).toEqual(accountings.map(({ id }) => id))
    for (const { searchableByReference, promise } of Object.values(connectors)) {
      expect(promise.includes('a person decides')).toBe(searchableByReference === 'scan')
    }
  })

  test.each([{ lost: 1 }, { doubled: 1 }, { stuck: 1 }, { faults: ['a wrong total'] }])(
    'is not sound with %o in one part',
    (wrong) => {
      const report = reportOf('abc123', [...sound, part('kills', wrong)])
      expect(report.ok).toBe(false)
      expect(inWords(report)).toContain('kills: NOT SOUND')
      expect(inWords(report)).toContain('crash: sound')
    },
  )

  test('has no recovery where nothing died', () => {
    expect(reportOf('abc123', [part('money', {})]).longestRecoveryMs).toBeNull()
  })

  test('tells a person every figure and fault', () => {
    const words = inWords(reportOf('abc123', [...sound, part('kills', { faults: ['it is gone'] })]))
    for (const each of [
      '48 of 48 cases',
      'FAULT it is gone',
      'longest recovery 31.6 s',
      'abc123',
    ]) {
      expect(words).toContain(each)
    }
  })
})
