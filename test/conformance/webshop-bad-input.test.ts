import { describe, expect, it } from 'vitest'
import type { HttpClient } from '../../src/connectors/http.ts'
import { explain } from '../../src/problems/catalogue.ts'
import type { Reason } from '../../src/problems/reason.ts'
import { makeDraft } from '../../src/sale/make-draft.ts'
import { plainPosition } from '../../src/sale/vat-position.ts'
import { altering } from './accounting-answers.ts'
import { webshopSystems } from './webshop-systems.ts'
import { setStage, troubleOf } from './webshop-stage.ts'
import type { Basket, WebshopSystem } from './webshop-system.ts'

/*
 * What nobody should send, as a shop sends it: every case ends in a code with a remedy, or is understood. The same
 * on the command line is in src/commands/preview.test.ts.
 */

type Fields = Record<string, unknown>

/** What a system calls the fields that matter here. */
interface Words {
  total: string
  lineAmount: string
  quantity: string
  vatNumber: string
  /** The fields of every address for a country that is written so. */
  country(written: string): Fields
}

const magento: Words = {
  total: 'base_grand_total',
  lineAmount: 'base_row_total_incl_tax',
  quantity: 'qty',
  vatNumber: 'vat_id',
  country: (written) => ({ country_id: written }),
}
const words: Readonly<Record<string, Words>> = {
  kmoshops: {
    total: 'total_price',
    lineAmount: 'total_price_with_attributes',
    quantity: 'count',
    vatNumber: 'btw',
    country: (written) => ({ country_code: '', country: written }),
  },
  seoshop: {
    total: 'priceIncl',
    lineAmount: 'priceExcl',
    quantity: 'quantityOrdered',
    vatNumber: 'companyVatNumber',
    country: (written) => {
      const country = written === '' ? false : { id: 1, code: '', title: written }
      return { addressBillingCountry: country, addressShippingCountry: country }
    },
  },
  magento1: magento,
  magento2: magento,
}

/** The fields that are there get these values; Magento leaves out a VAT number that nobody gave. */
const change = (values: Fields) => (given: Fields) => {
  const fields = Object.hasOwn(given, 'country_id') ? { vat_id: '', ...given } : given
  return Object.fromEntries(
    Object.entries(fields).map(([name, value]) => [
      name,
      Object.hasOwn(values, name) ? values[name] : value,
    ]),
  )
}

/** A JSON text may hold what a JavaScript value can't: the number 1e400, or the word NaN. */
const written = (http: HttpClient, field: string, raw: string): HttpClient => ({
  send: async (request) => {
    const result = await altering(http, change({ [field]: '@' })).send(request)
    return result.is === 'answer' ? { ...result, body: result.body.replaceAll('"@"', raw) } : result
  },
})

const taxed: Basket = { lines: [{ name: 'Mok', sku: 'MOK-1', unitPrice: 12.1, vatPercent: 21 }] }
const untaxed: Basket = { lines: [{ name: 'Mok', sku: 'MOK-1', unitPrice: 10, vatPercent: 0 }] }

/** Why the sale is not booked; or where it goes when it can be. */
const readThrough = async (
  system: WebshopSystem,
  basket: Basket,
  wrap: (http: HttpClient) => HttpClient,
): Promise<Reason | { destination: string }> => {
  const stage = await setStage(system)
  const { ref } = stage.shop.place(basket)
  const session = stage.session({ settings: system.whenAltered })
  const altered = { ...session, http: wrap(session.http) }
  const read = system.connector.read(altered, ref)
  const trouble = await troubleOf(() => read, stage)
  if (trouble !== null) return trouble.reason
  const sale = await read
  if ('is' in sale) throw new Error('gone')
  const vat = plainPosition(system.home)
  const drafting = makeDraft(sale, { leadingNumber: 'order', vat })
  return drafting.is === 'drafted' ? { destination: drafting.draft.destination } : drafting.reason
}

const expectRefused = (found: Reason | { destination: string }, codes: readonly string[]) => {
  if (!('code' in found)) throw new Error(`goes to ${found.destination}`)
  expect(codes).toContain(found.code)
  for (const language of ['nl', 'en'] as const) {
    const { text, remedy } = explain(found.code, found.params, language)
    expect(text).not.toMatch(/[{}]/)
    expect(remedy).not.toBe('')
  }
}

describe.each(Object.entries(webshopSystems))('%s', (id, system) => {
  const named = words[id]
  if (named === undefined) throw new Error(`no words for ${id}`)

  describe.each(['total', 'lineAmount', 'quantity'] as const)('%s', (field) => {
    it.each([
      ['the word NaN', 'NaN', ['REMOTE_NOT_JSON']],
      ['NaN as a text', '"NaN"', ['REMOTE_SHAPE']],
      ['1e400', '1e400', ['REMOTE_SHAPE']],
      ['1,21', '"1,21"', ['REMOTE_SHAPE']],
      ['forty digits', `"${'9'.repeat(40)}"`, ['REMOTE_SHAPE']],
      ['forty digits as a number', '9'.repeat(40), ['REMOTE_SHAPE', 'VAT_AMOUNT_UNREADABLE']],
    ])('%s', async (_, raw, codes) => {
      const found = await readThrough(system, taxed, (http) => written(http, named[field], raw))
      expectRefused(found, codes)
    })
  })

  it('pieces below zero at a price that is not', async () => {
    const found = await readThrough(system, taxed, (http) => written(http, named.quantity, '-2'))
    expectRefused(found, ['LINE_SIGN_WRONG'])
  })

  const abroad =
    (country: string, change_: Fields = {}) =>
    (http: HttpClient) =>
      altering(http, change({ ...named.country(country), ...change_ }))

  it.each([
    ['no country', '', 'COUNTRY_MISSING'],
    ['a country nobody knows', 'Narnia', 'COUNTRY_UNKNOWN'],
  ])('%s', async (_, country, code) => {
    expectRefused(await readThrough(system, taxed, abroad(country)), [code])
  })

  it.each(['België', 'BEL', 'belgium'])('%s as a country is understood', async (country) => {
    expect(await readThrough(system, taxed, abroad(country))).toEqual({ destination: 'BE' })
  })

  it.each([
    ['a doubled VAT prefix', 'FR FR40303265045', 'VAT_NUMBER_MALFORMED'],
    ['a KvK number in the field of the VAT number', '12345678', 'VAT_NUMBER_MALFORMED'],
    ['n.v.t. in the field of the VAT number', 'n.v.t.', 'VAT_NUMBER_MISSING'],
  ])('%s', async (_, number, code) => {
    const found = await readThrough(
      system,
      untaxed,
      abroad('Frankrijk', { [named.vatNumber]: number }),
    )
    expectRefused(found, [code])
  })
})
