import { describe, expect, test } from 'vitest'
import type { Command } from './answer.ts'
import { vatInferCommand } from './infer.ts'
import { vatNumberCommand } from './number.ts'
import { vatRatesCommand } from './rates.ts'
import { vatTerritoryCommand } from './territory.ts'

async function* linesOf(lines: readonly string[]): AsyncGenerator<string> {
  for (const line of lines) yield await Promise.resolve(line)
}

const run = async (command: Command, args: readonly string[], stdin: readonly string[] = []) => {
  const [stdout, stderr]: [unknown[], string[]] = [[], []]
  const outputs = command(args, linesOf(stdin))
  for (;;) {
    const next = await outputs.next()
    if (next.done === true) return { exitCode: next.value, stdout, stderr }
    if (next.value.to === 'stdout') stdout.push(JSON.parse(next.value.line))
    else stderr.push(next.value.line)
  }
}

/** A mistake: exit code 2, nothing on stdout, one line on stderr. */
const mistake = async (command: Command, args: readonly string[]): Promise<string> => {
  const { exitCode, stdout, stderr } = await run(command, args)
  expect({ exitCode, stdout, lines: stderr.length }).toEqual({ exitCode: 2, stdout: [], lines: 1 })
  expect(stderr[0]).not.toContain('\n')
  return stderr[0] ?? ''
}

const infer = (text: string) => `--territory NL --date 2026-11-20 ${text}`.split(' ')

describe('vat infer', () => {
  test.each([
    ['--net 0.05 --tax 0.01 --gross 0.06', { status: 'proved', rate: 21, compatible: [21] }],
    ['--net 0.12 --tax 0.01', { status: 'proved', rate: 9, compatible: [9] }],
    ['--net 0.02 --tax 0.00', { status: 'undecided', rate: null, compatible: [0, 9, 21] }],
    ['--net 100.00 --tax 21.01', { status: 'impossible', rate: null, compatible: [] }],
    ['--net 100.00 --tax 21.01 --rounding total', { status: 'proved', rate: 21, compatible: [21] }],
    ['--net 37 --tax 8 --quantity 100 --rounding unit', { status: 'proved', rate: 21 }],
    ['--net 0.0200 --tax 0.0042 --decimals 4', { status: 'proved', rate: 21, compatible: [21] }],
    ['--net -100.00 --tax -21.00', { status: 'proved', rate: 21, compatible: [21] }],
    ['--net=-100.00 --tax=-21.00 --gross=-121.00', { status: 'proved', rate: 21 }],
    ['--net 10 --tax 0', { status: 'proved', rate: 0, compatible: [0] }],
  ])('%s', async (text, expected) => {
    const { exitCode, stdout, stderr } = await run(vatInferCommand, infer(text))
    expect(exitCode).toBe(0)
    expect(stderr).toEqual([])
    expect(stdout).toHaveLength(1)
    expect(stdout[0]).toMatchObject(expected)
  })

  test('impossible amounts say what they come to and where that exists', async () => {
    const { stdout } = await run(vatInferCommand, infer('--net 100 --tax 19'))
    expect(stdout).toEqual([
      {
        status: 'impossible',
        rate: null,
        compatible: [],
        territory: 'NL',
        date: '2026-11-20',
        rounding: 'row',
        rawPercent: 19,
        wouldFit: [{ rate: 19, countries: ['CY', 'DE', 'SK'] }],
      },
    ])
  })

  test.each([
    ['--net NaN --tax 1', /^VAT_AMOUNT_UNREADABLE: .*net.*1\.21/],
    ['--net 1 --tax 1,21', /^VAT_AMOUNT_UNREADABLE: .*tax/],
    ['--net 1e400 --tax 1', /^VAT_AMOUNT_UNREADABLE/],
    [`--net ${'9'.repeat(40)} --tax 1`, /^VAT_AMOUNT_UNREADABLE/],
    ['--net 1 --tax 1 --gross x', /^VAT_AMOUNT_UNREADABLE: .*gross/],
    ['--net 1 --tax 1 --quantity -3', /^QUANTITY_NOT_POSITIVE: .*-3/],
    ['--net 1 --tax 1 --quantity 0', /^QUANTITY_NOT_POSITIVE/],
    ['--net 1 --tax 1 --quantity many', /^VAT_AMOUNT_UNREADABLE: .*quantity/],
    ['--net 1', /--tax is missing.*Usage/],
    ['--net 1 --tax', /Usage/],
    ['--net 1 --tax 1 --rounding cents', /--rounding is "cents" but must be row or unit or total/],
    ['--net 1 --tax 1 --decimals 3', /--decimals is "3" but must be 2 or 4/],
    ['--net 1 --tax 1 --bogus 1', /bogus.*Usage/],
    ['--net 1 --tax 1 stray', /stray/],
  ])('%s is a mistake', async (text, expected) => {
    expect(await mistake(vatInferCommand, infer(text))).toMatch(expected)
  })
})

describe('vat number', () => {
  test('one number', async () => {
    const { exitCode, stdout } = await run(vatNumberCommand, ['BE (0)468.561.072'])
    expect(exitCode).toBe(0)
    expect(stdout).toEqual([
      {
        input: 'BE (0)468.561.072',
        normalised: 'BE0468561072',
        form: 'ok',
        checkDigit: 'ok',
        country: 'BE',
        why: null,
        problem: null,
      },
    ])
  })

  test('one a line from standard input, wrong ones too', async () => {
    const lines = [
      'NL4495445B01',
      '',
      'n.v.t.',
      'NL NL8186.83.480.B01',
      '12345678',
      'BE0468561073\r',
    ]
    const { exitCode, stdout } = await run(vatNumberCommand, ['-', '--country', 'België'], lines)
    expect(exitCode).toBe(0)
    expect(stdout).toMatchObject([
      { input: 'NL4495445B01', normalised: 'NL004495445B01', form: 'ok', checkDigit: 'ok' },
      { input: '', normalised: null, form: 'wrong', checkDigit: 'none', why: 'empty' },
      { input: 'n.v.t.', form: 'wrong', why: 'empty' },
      { form: 'wrong', checkDigit: 'none', why: 'doubled-prefix' },
      { input: '12345678', form: 'wrong', why: 'shape' },
      { input: 'BE0468561073', form: 'ok', checkDigit: 'failed' },
    ])
  })

  test.each([
    ['a doubled prefix', 'NL NL8186.83.480.B01', 'VAT_NUMBER_MALFORMED'],
    ['a KvK number', '12345678', 'VAT_NUMBER_MALFORMED'],
    ['a one-stop-shop number', 'EU528003646', 'VAT_NUMBER_MALFORMED'],
    ['a word for nothing', 'n.v.t.', 'VAT_NUMBER_MISSING'],
    ['a wrong check digit', 'BE0468561073', 'VAT_NUMBER_CHECK_DIGIT'],
  ])('%s has a code and a remedy', async (_, number, code) => {
    const { stdout } = await run(vatNumberCommand, [number, '--country', 'NL'])
    expect(stdout).toMatchObject([{ problem: { code } }])
    expect(JSON.stringify(stdout)).toMatch(/"remedy":"[A-Z][^"]{20,}/)
  })

  test('the country is for numbers without prefix', async () => {
    const { stdout } = await run(vatNumberCommand, ['0468.561.072', '--country', 'bel'])
    expect(stdout).toMatchObject([{ normalised: 'BE0468561072' }])
  })

  test('mistakes', async () => {
    expect(await mistake(vatNumberCommand, [])).toMatch(/Usage/)
    expect(await mistake(vatNumberCommand, ['BE', '0468561072'])).toMatch(/quotes/)
    expect(await mistake(vatNumberCommand, ['1', '--country', 'Atlantis'])).toMatch(
      /^COUNTRY_UNKNOWN/,
    )
  })
})

describe('vat rates', () => {
  test('of a country on a day', async () => {
    const { stdout } = await run(vatRatesCommand, ['--territory', 'FI', '--date', '2026-11-20'])
    expect(stdout).toMatchObject([
      { territory: 'FI', date: '2026-11-20', standard: 25.5, rates: [10, 13.5, 25.5] },
    ])
  })

  test('of a part of a country, and of a place without rates', async () => {
    const madeira = await run(vatRatesCommand, ['--territory', 'pt-30', '--date', '2026-11-20'])
    expect(madeira.stdout).toMatchObject([{ territory: 'PT-30', standard: 22, rates: [4, 12, 22] }])
    const canaries = await run(vatRatesCommand, ['--territory', 'ES-CN', '--date', '2026-11-20'])
    expect(canaries.stdout).toMatchObject([{ standard: null, rates: [], rows: [] }])
  })

  test('mistakes', async () => {
    const rates = (text: string) => mistake(vatRatesCommand, text.split(' '))
    expect(await rates('--territory XX --date 2026-11-20')).toMatch(/^COUNTRY_UNKNOWN: .*"XX"/)
    expect(await rates('--territory= --date 2026-11-20')).toMatch(/^COUNTRY_MISSING/)
    expect(await rates('--territory NL --date 2018-12-31')).toMatch(
      /^VAT_RATES_UNKNOWN: .*31 December 2018/,
    )
    expect(await rates('--territory NL --date 2026-02-30')).toMatch(/--date is "2026-02-30"/)
    expect(await rates('--territory NL --date today')).toMatch(/must be a day/)
    expect(await rates('--territory NL')).toMatch(/--date is missing/)
    expect(await rates('--date 2026-11-20')).toMatch(/--territory is missing/)
    expect(await rates('--territory NL --date 2026-11-20 more')).toMatch(/more/)
  })
})

describe('vat territory', () => {
  test('of a country and postcode', async () => {
    const { stdout } = await run(vatTerritoryCommand, ['--country', 'uk', '--postcode', 'BT1 1AA'])
    expect(stdout).toEqual([
      { code: 'XI', countryCode: 'GB', inEuVatArea: true, vatPrefix: 'XI', assumed: null },
    ])
  })

  test('without postcode', async () => {
    const { stdout } = await run(vatTerritoryCommand, ['--country', 'España'])
    expect(stdout).toMatchObject([{ code: 'ES', assumed: 'no-postcode' }])
  })

  test('mistakes', async () => {
    expect(await mistake(vatTerritoryCommand, [])).toMatch(/--country is missing/)
    expect(await mistake(vatTerritoryCommand, ['--country', 'Belgi'])).toMatch(/^COUNTRY_UNKNOWN/)
    expect(await mistake(vatTerritoryCommand, ['--country', ' '])).toMatch(/^COUNTRY_MISSING/)
    expect(await mistake(vatTerritoryCommand, ['BE'])).toMatch(/too much/)
  })
})
