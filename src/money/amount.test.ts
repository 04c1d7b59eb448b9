import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  amount,
  Decimal,
  fromCents,
  parseAmount,
  round,
  sum,
  toCents,
  vatOn,
  withoutVat,
  withVat,
} from './amount.ts'

/** Whole cents as a remote writes them: "-12.05". */
const asText = (cents: number) => {
  const digits = String(Math.abs(cents)).padStart(3, '0')
  return `${cents < 0 ? '-' : ''}${digits.slice(0, -2)}.${digits.slice(-2)}`
}

const cents = fc.integer({ min: -1_000_000_000, max: 1_000_000_000 })

describe('parseAmount', () => {
  it.each([
    [12.1, '12.1'],
    ['12.10', '12.1'],
    ['0012', '12'],
    ['+5', '5'],
    ['-0.05', '-0.05'],
    [0, '0'],
    [-0, '0'],
    [1e-7, '1e-7'],
    ['1e2', '100'],
    ['1E+2', '100'],
    ['123456789012345', '123456789012345'],
    ['0.000000000000001', '1e-15'],
  ])('reads %j', (value, text) => {
    expect(parseAmount(value)?.toString()).toBe(text)
  })

  it('overlooks blanks around a number: some remotes pad', () => {
    expect(parseAmount(' 1')?.toString()).toBe('1')
    expect(parseAmount('1.50\n')?.toString()).toBe('1.5')
    expect(parseAmount('1 50')).toBeNull()
  })

  it.each([
    ['no number', NaN],
    ['infinity', Infinity],
    ['infinity below', -Infinity],
    ['a number that overflowed', Number('1e400')],
    ['infinity as text', 'Infinity'],
    ['NaN as text', 'NaN'],
    ['a decimal comma', '1,21'],
    ['thousands', '1.234,56'],
    ['English thousands', '1,234.56'],
    ['nothing', ''],
    ['blanks', '  '],
    ['a currency', '€ 1.00'],
    ['a currency behind it', '1.00 EUR'],
    ['hexadecimal', '0x10'],
    ['binary', '0b11'],
    ['octal', '0o17'],
    ['underscores', '1_000'],
    ['no whole part', '.5'],
    ['no decimals behind the dot', '5.'],
    ['two dots', '1.2.3'],
    ['two signs', '--1'],
    ['a sign alone', '-'],
    ['an exponent alone', 'e5'],
    ['an exponent of three digits', '1e400'],
    ['many zeros behind', '1e16'],
    ['other digits', '١٢'],
    ['full-width digits', '１２'],
    ['a minus that is none', '−5'],
    ['forty digits', '1234567890123456789012345678901234567890'],
    ['sixteen digits', '1234567890123456'],
    ['sixteen digits in a number', 1234567890123456],
    ['an unsafe whole number', Number.MAX_SAFE_INTEGER],
    ['null', null],
    ['nothing at all', undefined],
    ['a switch', true],
    ['a bigint', 12n],
    ['a list', ['1']],
    ['an object', { valueOf: () => 1 }],
    ['a date', new Date(0)],
    ['a symbol', Symbol('1')],
    ['a decimal', new Decimal(1)],
  ])('refuses %s', (_, value) => {
    expect(parseAmount(value)).toBeNull()
  })

  it('never throws, and what it reads is finite', () => {
    fc.assert(
      fc.property(fc.anything({ withBigInt: true, withDate: true }), (value) => {
        expect(parseAmount(value)?.isFinite() ?? true).toBe(true)
      }),
    )
  })

  it('loses nothing of any amount with cents', () => {
    fc.assert(
      fc.property(cents, (value) => {
        const read = parseAmount(asText(value))
        expect(read === null ? null : toCents(read) + 0).toBe(value)
      }),
    )
  })

  it('reads a JSON number of up to eleven digits as it was written', () => {
    fc.assert(
      fc.property(cents, (value) => {
        const text = asText(value)
        expect(parseAmount(JSON.parse(text))?.equals(text)).toBe(true)
      }),
    )
  })
})

describe('amount', () => {
  it('throws on what is no number: that is a bug of ours', () => {
    expect(() => amount('1,21')).toThrow('not an amount: 1,21')
    expect(() => amount(NaN)).toThrow('not an amount')
  })
})

describe('round', () => {
  it.each([
    // The example of the Dutch tax office (contracts/vat.md §6).
    ['20.124', '20.12'],
    ['20.125', '20.13'],
    ['-20.125', '-20.13'],
    ['-20.124', '-20.12'],
    ['0.005', '0.01'],
    ['-0.005', '-0.01'],
    ['2.5', '2.50'],
    ['1.00499999999999', '1.00'],
  ])('rounds %s half away from zero to %s', (value, expected) => {
    expect(round(amount(value)).toFixed(2)).toBe(expected)
  })

  it('rounds to other places', () => {
    expect(round(amount('2.5'), 0).toString()).toBe('3')
    expect(round(amount('-2.5'), 0).toString()).toBe('-3')
    expect(round(amount('0.00005'), 4).toString()).toBe('0.0001')
  })

  it('is never more than half a step away, and symmetrical around zero', () => {
    const thousandths = fc.integer({ min: -100_000_000, max: 100_000_000 })
    fc.assert(
      fc.property(thousandths, (value) => {
        const exact = new Decimal(value).dividedBy(1000)
        expect(round(exact).minus(exact).abs().lessThanOrEqualTo('0.005')).toBe(true)
        expect(round(exact.negated()).equals(round(exact).negated())).toBe(true)
      }),
    )
  })

  it('leaves no minus before nothing', () => {
    expect(round(amount('-0.001')).toFixed(2)).toBe('0.00')
  })
})

describe('toCents', () => {
  it('throws on a fraction of a cent: rounding is a decision', () => {
    expect(() => toCents(amount('20.125'))).toThrow('20.125 is not a whole number of cents')
    expect(() => toCents(amount('0.001'))).toThrow()
  })

  it('and fromCents undo each other', () => {
    fc.assert(
      fc.property(cents, (value) => {
        expect(toCents(fromCents(value)) + 0).toBe(value)
      }),
    )
  })
})

describe('VAT', () => {
  it('adds and takes out the same', () => {
    const rate = fc.constantFrom('0', '5.5', '6', '9', '12', '20', '21')
    fc.assert(
      fc.property(cents, rate, (value, percent) => {
        const net = fromCents(value)
        const gross = withVat(net, amount(percent))
        expect(gross.minus(net).equals(vatOn(net, amount(percent)))).toBe(true)
        expect(round(withoutVat(gross, amount(percent)), 10).equals(net)).toBe(true)
      }),
    )
  })

  it.each([
    ['121', '21', '100.00'],
    ['0.06', '21', '0.05'],
    ['-12.10', '21', '-10.00'],
    ['8.79', '9', '8.06'],
  ])('takes the VAT out of %s at %s %%', (gross, percent, net) => {
    expect(round(withoutVat(amount(gross), amount(percent))).toFixed(2)).toBe(net)
  })
})

describe('sum', () => {
  it('is exact where floats are not', () => {
    expect(sum(Array.from({ length: 100 }, () => amount('0.01'))).toString()).toBe('1')
    expect(sum([amount('0.1'), amount('0.2')]).toString()).toBe('0.3')
    expect(sum([]).toString()).toBe('0')
  })
})
