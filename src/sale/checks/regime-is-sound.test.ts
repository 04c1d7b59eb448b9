import { describe, expect, it } from 'vitest'
import { addressIn, inputOf, saleOf, type SaleSample } from '../../../test/support/sale.ts'
import { regimeIsSound } from './regime-is-sound.ts'

const judge = (country: string, percent: string, change: SaleSample = {}) =>
  regimeIsSound.run(
    inputOf(saleOf([{ amount: '10.00', percent }], { billing: addressIn(country), ...change })),
  )

const withNumber = (vatNumber: string) => ({ buyer: { vatNumber } })

describe('at home and with VAT in the EU', () => {
  it('passes, with or without a VAT number', () => {
    expect(judge('NL', '21')).toBeNull()
    expect(judge('NL', '0')).toBeNull()
    expect(judge('DE', '19')).toBeNull()
    expect(judge('DE', '19', withNumber('nonsense'))).toBeNull()
  })
})

describe('without VAT in another EU country', () => {
  it('passes with a well-formed number, however it is written', () => {
    expect(judge('BE', '0', withNumber('BE0123456749'))).toBeNull()
    expect(judge('BE', '0', withNumber(' be 0123.456.749 '))).toBeNull()
  })

  it.each(['', '   ', 'n.v.t.', 'geen'])('refuses a missing number: %j', (vatNumber) => {
    expect(judge('BE', '0', withNumber(vatNumber))).toEqual({
      code: 'VAT_NUMBER_MISSING',
      params: { country: 'BE' },
    })
  })

  it.each(['BE01234567', 'BE', '12', 'BE BE0123456749', 'XX123456789'])(
    'refuses a number that can’t be one: %j',
    (vatNumber) => {
      expect(judge('BE', '0', withNumber(vatNumber))?.code).toBe('VAT_NUMBER_MALFORMED')
    },
  )

  it('keeps the number out of the reason, which is stored: a sole trader’s is personal', () => {
    const why = judge('BE', '0', withNumber('BE98765'))
    expect(why?.code).toBe('VAT_NUMBER_MALFORMED')
    expect(JSON.stringify(why)).not.toContain('98765')
  })

  it('leaves a wrong check digit to VIES: only that knows which numbers exist', () => {
    expect(judge('BE', '0', withNumber('BE0123456789'))).toBeNull()
  })
})

describe('out of the EU', () => {
  it('passes without VAT, number or not', () => {
    expect(judge('CH', '0')).toBeNull()
    expect(judge('US', '0', withNumber(''))).toBeNull()
  })

  it('refuses VAT, and says how much to which country', () => {
    expect(judge('CH', '21', {})).toEqual({
      code: 'VAT_ON_EXPORT',
      params: { vat: '1.74', country: 'CH' },
    })
  })

  it('has nothing against lines that cancel each other out', () => {
    const lines = [{ amount: '12.10' }, { amount: '-12.10' }]
    const sale = saleOf(lines, { billing: addressIn('CH') })
    expect(regimeIsSound.run(inputOf(sale))).toBeNull()
  })
})

describe('delivered elsewhere than billed', () => {
  it('looks at where the goods go', () => {
    expect(judge('NL', '21', { delivery: addressIn('CH') })?.code).toBe('VAT_ON_EXPORT')
    expect(judge('CH', '21', { delivery: addressIn('NL') })).toBeNull()
  })
})
