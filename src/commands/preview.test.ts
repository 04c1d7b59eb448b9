import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { catalogue, isProblemCode } from '../problems/catalogue.ts'
import { previewCommand } from './preview.ts'

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'preview-'))
})
afterAll(() => rm(folder, { recursive: true }))

interface Answer {
  is: string
  reason: { code: string; text: string; remedy: string } | null
  totals: { net: string; vat: string; gross: string } | null
  reasons: string[]
}

/** Nothing is read from standard input here. */
const nothing: AsyncIterable<string> = { [Symbol.asyncIterator]: () => [].values() as never }

const run = async (args: readonly string[]) => {
  const lines = { stdout: '', stderr: '' }
  const outputs = previewCommand(args, nothing)
  for (;;) {
    const next = await outputs.next()
    if (next.done === true) return { exitCode: next.value, ...lines }
    lines[next.value.to] += next.value.line
  }
}

const rates = ['21', '20', '19', '12', '9', '6', '0'].map((value) => ({ value }))
const settings = (change: object = {}) => ({
  integration: { homeCountry: 'NL' },
  choices: { vatRates: rates },
  ...change,
})

let files = 0
/** The preview of a sale as text of a file, which need be no JSON that could be written. */
const previewOf = async (sale: string, given: object = settings()): Promise<Answer> => {
  files += 1
  const [saleFile, settingsFile] = [`sale-${files}.json`, `settings-${files}.json`].map((name) =>
    path.join(folder, name),
  )
  await writeFile(saleFile ?? '', sale)
  await writeFile(settingsFile ?? '', JSON.stringify(given))
  const names = { webshop: 'kmoshops', accounting: 'eenvoudigfactureren' }
  const options = { ...names, sale: saleFile, settings: settingsFile }
  const { exitCode, stdout } = await run(
    Object.entries(options).flatMap(([name, value]) => [`--${name}`, value ?? '']),
  )
  expect(exitCode).toBe(0)
  return JSON.parse(stdout) as Answer
}

const line = { description: 'Mok', amount: '12.10', vatPercent: 21 }
const order = {
  ref: { kind: 'order' },
  date: '2026-11-20',
  lines: [line],
  total: '12.10',
  billing: { countryCode: 'NL', postcode: '3511 AB' },
  buyer: { email: 'an@klant.example' },
}
const told = (change: object, given?: object) =>
  previewOf(JSON.stringify({ ...order, ...change }), given)
const untaxed = (vatNumber: string) => ({
  lines: [{ ...line, vatPercent: 0 }],
  billing: { countryCode: 'BE', postcode: '1000' },
  buyer: { ...order.buyer, company: 'Bakkerij', vatNumber },
})

describe('what a merchant reads', () => {
  const swiss = { billing: { countryCode: 'CH', postcode: '8001' } }
  test.each<[what: string, change: object, given: object, says: string]>([
    ['at home', {}, settings(), '21 % as the shop states, and legal in the Netherlands'],
    [
      'six cents',
      { lines: [{ amount: '0.06', stated: { net: '0.05', tax: '0.01' } }], total: '0.06' },
      settings(),
      '21 %: the only rate of the Netherlands that fits',
    ],
    [
      'two cents beside a mug',
      {
        lines: [
          { amount: '0.02', stated: { net: '0.02', tax: '0.00' } },
          { amount: '12.10', stated: { net: '10.00', tax: '2.10' } },
        ],
        total: '12.12',
      },
      settings(),
      '21 %: the rate of all other lines',
    ],
    [
      'two cents alone',
      { lines: [{ amount: '0.02', stated: { net: '0.02', tax: '0.00' } }], total: '0.02' },
      settings({ integration: { homeCountry: 'NL', defaultRates: { NL: '9' } } }),
      '9 % was assumed: your default rate',
    ],
    ['a supply', untaxed('BE0468561072'), settings({ vies: 'valid' }), 'art. 138'],
    [
      'a distance sale',
      { lines: [{ ...line, vatPercent: 19 }], billing: { countryCode: 'DE', postcode: '10115' } },
      settings(),
      'Distance sale to Germany, with the VAT of that country',
    ],
    ['VAT on an export', swiss, settings(), 'outside the EU, carries 2.10 VAT; it is booked'],
    [
      'a coupon',
      {
        lines: [
          { ...line, amount: '60' },
          { ...line, amount: '40', vatPercent: 9 },
          { kind: 'discount', description: 'Bon', amount: '-10' },
        ],
        total: '90',
      },
      settings(),
      '9 %: the share of the discount on goods with this rate',
    ],
  ])('%s is booked, and says why', async (_, change, given, says) => {
    const { is, reasons, reason } = await told(change, given)
    expect([is, reason]).toEqual(['booked', null])
    expect(reasons.join(' ')).toContain(says)
  })

  test('a sale that hangs on VIES is open', async () => {
    expect(await told(untaxed('BE0468561072'))).toMatchObject({
      is: 'open',
      reason: { code: 'VIES_NO_ANSWER' },
    })
  })
})

describe('bad input', () => {
  const text = JSON.stringify(order)
  test.each<[what: string, sale: string, code: string]>([
    ['NaN', text.replace('"total":"12.10"', '"total":"NaN"'), 'VAT_AMOUNT_UNREADABLE'],
    ['1e400', text.replace('"total":"12.10"', '"total":1e400'), 'VAT_AMOUNT_UNREADABLE'],
    ['a comma', text.replace('"total":"12.10"', '"total":"1,21"'), 'VAT_AMOUNT_UNREADABLE'],
    [
      'forty digits',
      text.replace('"total":"12.10"', `"total":"${'9'.repeat(40)}"`),
      'VAT_AMOUNT_UNREADABLE',
    ],
    ['no lines', '{"ref":{},"lines":[]}', 'INPUT_INVALID'],
    ['nothing', 'null', 'REMOTE_SHAPE'],
    ['a list', '[1]', 'REMOTE_SHAPE'],
    ['an answer of nobody', '{"order":{}}', 'REMOTE_SHAPE'],
  ])('%s is refused with a code and a remedy', async (_, sale, code) => {
    const { is, reason } = await previewOf(sale)
    expect([is, reason?.code]).toEqual(['refused', code])
    expect(isProblemCode(code) && catalogue[code].remedy.nl).toBeTruthy()
    expect(reason?.remedy).not.toBe('')
  })

  test.each<[what: string, change: object, code: string]>([
    ['a quantity below zero', { lines: [{ ...line, quantity: -2 }] }, 'LINE_SIGN_WRONG'],
    ['no country', { billing: {} }, 'COUNTRY_MISSING'],
    ['a country nobody knows', { billing: { countryName: 'Narnia' } }, 'COUNTRY_UNKNOWN'],
    ['a doubled VAT prefix', untaxed('BE BE0468561072'), 'VAT_NUMBER_MALFORMED'],
    ['a KvK number', untaxed('12345678'), 'VAT_NUMBER_MALFORMED'],
  ])('%s is refused with a code and a remedy', async (_, change, code) => {
    const { is, reason } = await told(change)
    expect([is, reason?.code]).toEqual(['refused', code])
    expect(reason?.remedy).not.toBe('')
  })

  test.each<[what: string, billing: object]>([
    ['free text', { countryName: 'België' }],
    ['three letters', { countryCode: 'BEL' }],
  ])('a country as %s is understood', async (_, billing) => {
    expect((await told({ billing })).reasons.join(' ')).toContain('Belgium')
  })
})

describe('a mistake on the command line', () => {
  const good = ['--webshop', 'kmoshops', '--accounting', 'rompslomp']
  test.each<[what: string, args: string[]]>([
    ['no options', []],
    ['an unknown webshop', ['--webshop', 'x', '--accounting', 'rompslomp', '--sale', 'x']],
    ['no sale', good],
    ['a file that is not there', [...good, '--sale', '/nowhere/sale.json']],
    ['a stray word', [...good, '--sale', 'x', 'y']],
  ])('%s ends with 2 and one line', async (_, args) => {
    const { exitCode, stdout, stderr } = await run(args)
    expect([exitCode, stdout]).toEqual([2, ''])
    expect(stderr).not.toBe('')
  })
})
