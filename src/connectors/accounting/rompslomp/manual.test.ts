import { describe, expect, test } from 'vitest'
import type { Draft, DraftDebtor } from '../../../sale/draft.ts'
import { answer, booksWith, draftOf, factsOf, order298 } from './fixtures/samples.ts'
import { writeDebtor, type WireDebtor } from './debtor.ts'
import { rompslomp } from './index.ts'
import type { WireInvoice } from './map.ts'

// One test per row of the tables in the chapter "To Rompslomp" of the manual, in their order.

const debtor = { id: '4556686965', traits: {} }

const composed = (draft: Draft = order298(), facts = factsOf()): WireInvoice => {
  const composition = rompslomp.compose(draft, debtor, facts)
  if (composition.is === 'refused') throw new Error(composition.reason.code)
  return composition.wire
}

const lineOf = (draft?: Draft, facts?: ReturnType<typeof factsOf>) =>
  composed(draft, facts).invoice_lines[0]

const credit = (change: Partial<Draft> = {}): Draft =>
  draftOf([{ quantity: '-1', amount: '-12.40', includesVat: false }], {
    ref: { kind: 'credit', id: '19' },
    reference: 'C_298',
    ...change,
  })

describe('Field-level specification of the Rompslomp invoice', () => {
  test('date 2023-01-02: invoice date', () => expect(composed().date).toBe('2023-01-02'))
  test('due_date 2023-01-16: two weeks after the invoice date', () => {
    expect(composed().due_date).toBe('2023-01-16')
    expect(composed(order298({ date: '2024-02-20' })).due_date).toBe('2024-03-05')
    expect(composed(order298({ date: '2025-12-25' })).due_date).toBe('2026-01-08')
  })
  test('contact_id 4556686965: customer number from Rompslomp', () => {
    expect(composed().contact_id).toBe(4556686965)
  })
  test('valuta eur', () => expect(composed().currency).toBe('eur'))
  test('description 298: order number', () => expect(composed().description).toBe('298'))
  test('description: invoice number, on request', () => {
    const byInvoice = order298({ reference: '100000298', leadingNumber: 'invoice' })
    expect(composed(byInvoice).description).toBe('100000298')
  })
  test('description with a negative order: Credit order number', () => {
    expect(composed(credit()).description).toBe('Credit 298')
    const negative = draftOf([{ amount: '-12.40', includesVat: false }])
    expect(composed(negative).description).toBe('Credit 298')
  })
  test('description with a negative order: Credit invoice number, on request', () => {
    const byInvoice = credit({
      reference: '100000017',
      leadingNumber: 'invoice',
      invoiceNumber: '100000017',
    })
    expect(composed(byInvoice).description).toBe('Credit 100000017')
  })
  test('product_id 4970548064: product id from Rompslomp', () => {
    expect(lineOf()?.product_id).toBe(4970548064)
  })
  test('quantity 1', () => expect(lineOf()?.quantity).toBe('1'))
  test('vat_rate 0.21: VAT percentage', () => expect(lineOf()?.vat_rate).toBe('0.21'))
  test('vat_type_id 701184043: VAT code', () => expect(lineOf()?.vat_type_id).toBe(701184043))
  test('account_id 5464900859', () => expect(lineOf()?.account_id).toBe(5464900859))
  test('price_per_unit 12.40: unit price excl. VAT', () => {
    expect(lineOf()?.price_per_unit).toBe('12.4')
    const including = draftOf([{ quantity: '2', amount: '25.00' }])
    expect(lineOf(including)?.price_per_unit).toBe('10.33058')
  })
  test('description 14 days extension', () => {
    expect(lineOf()?.description).toBe('14 days extension')
  })
  test('template_id 4460540845', () => {
    expect(composed().template_id).toBe(4460540845)
    expect(composed(order298(), factsOf({ template: '' }))).not.toHaveProperty('template_id')
  })
  test('validates_vat_number: false', () => {
    expect(composed().validates_vat_number).toBe(false)
  })
  test('nothing else is sent but the reference and that it is final', () => {
    expect(Object.keys(composed()).sort()).toEqual([
      '_publish',
      'api_reference',
      'contact_id',
      'currency',
      'date',
      'description',
      'due_date',
      'invoice_lines',
      'template_id',
      'validates_vat_number',
    ])
    expect(Object.keys(lineOf() ?? {}).sort()).toEqual([
      'account_id',
      'description',
      'price_per_unit',
      'product_id',
      'quantity',
      'vat_rate',
      'vat_type_id',
    ])
  })
})

const body = (
  change: { buyer?: Partial<DraftDebtor['buyer']>; address?: Partial<DraftDebtor['address']> } = {},
): WireDebtor => {
  const { buyer, address } = order298().debtor
  const written = writeDebtor({
    buyer: { ...buyer, ...change.buyer },
    address: { ...address, ...change.address },
  })
  if (written.is === 'refused') throw new Error(written.reason.code)
  return written.body
}

describe('Field-level specification of the Rompslomp customer', () => {
  test('is individual: true', () => expect(body().is_individual).toBe(true))
  test('address: street and house number', () => expect(body().address).toBe('Havenweg 8b'))
  test('postal code', () => expect(body().zipcode).toBe('3011 AB'))
  test('city', () => expect(body().city).toBe('Rotterdam'))
  test('country: ISO code, left out when there is none', () => {
    expect(body().country_code).toBe('NL')
    expect(body({ address: { countryCode: 'de' } }).country_code).toBe('DE')
    expect(body({ address: { countryCode: '' } })).not.toHaveProperty('country_code')
  })
  test('CoC number', () => {
    expect(body({ buyer: { companyNumber: '11223344' } }).kvk_number).toBe('11223344')
  })
  test('VAT number: empty by default', () => {
    expect(body().vat_number).toBe('')
    expect(body({ buyer: { vatNumber: 'BE0468561072' } }).vat_number).toBe('BE0468561072')
  })
  test('contact person name: first and last name', () => {
    expect(body().contact_person_name).toBe('Noor van Dam')
    const nameless = { firstName: '', lastName: '' }
    expect(body({ buyer: nameless, address: { name: 'N. Dam' } }).contact_person_name).toBe(
      'N. Dam',
    )
    // A person must have one.
    expect(body({ buyer: nameless, address: { name: '' } }).contact_person_name).toBe(
      'noor@example.org',
    )
  })
  test('e-mail', () => expect(body().contact_person_email_address).toBe('noor@example.org'))
  test('phone number, or the mobile one', () => {
    expect(body().phone).toBe('0101234567')
    expect(body({ buyer: { phone: '', mobile: '0612345678' } }).phone).toBe('0612345678')
  })
  test('company name: then is_individual is false', () => {
    expect(body().company_name).toBe('')
    const company = { company_name: 'Van Dam B.V.', is_individual: false }
    expect(body({ buyer: { company: 'Van Dam B.V.' } })).toMatchObject(company)
    expect(body({ address: { company: 'Van Dam B.V.' } })).toMatchObject(company)
  })
})

describe('Field-level specification of the Rompslomp product', () => {
  const sent = async (draft: Draft = order298()): Promise<unknown> => {
    const { books, requests } = booksWith(() =>
      answer({ product: { id: 1, invoice_line: { product_code: 'x' } } }, 201),
    )
    const [plan] = rompslomp.products?.wanted(draft, factsOf()) ?? []
    if (plan === undefined) throw new Error('nothing wanted')
    expect(await rompslomp.products?.createProduct(books, plan)).toEqual({ is: 'done', value: '1' })
    const [request] = requests
    expect(request?.url).toMatch(/\/companies\/418223901\/products$/)
    return JSON.parse(request?.body ?? '')
  }
  const lineSent = async (draft?: Draft) =>
    (await sent(draft)) as {
      product: { has_stock: boolean; invoice_line: Record<string, unknown> }
    }

  test('in stock: true', async () => {
    expect((await lineSent()).product.has_stock).toBe(true)
    const shipping = draftOf([{ amount: '4.95', kind: 'shipping' }])
    expect((await lineSent(shipping)).product.has_stock).toBe(false)
  })
  test('description: product name', async () => {
    expect((await lineSent()).product.invoice_line['description']).toBe('14 days extension')
  })
  test('VAT percentage', async () => {
    expect((await lineSent()).product.invoice_line['vat_rate']).toBe('0.21')
  })
  test('VAT type id', async () => {
    expect((await lineSent()).product.invoice_line['vat_type_id']).toBe(701184043)
  })
  test('price per piece, excl. VAT', async () => {
    expect((await lineSent()).product.invoice_line['price_per_unit']).toBe('12.4')
    const including = draftOf([{ quantity: '2', amount: '25.00' }])
    expect((await lineSent(including)).product.invoice_line['price_per_unit']).toBe('10.33058')
    expect((await lineSent(credit())).product.invoice_line['price_per_unit']).toBe('12.4')
  })
  test('product code: the SKU, of letters and digits only', async () => {
    expect((await lineSent()).product.invoice_line['product_code']).toBe('EXT14')
  })
  test('nothing else is sent', async () => {
    const { product } = await lineSent()
    expect(Object.keys(product).sort()).toEqual(['has_stock', 'invoice_line'])
    expect(Object.keys(product.invoice_line).sort()).toEqual([
      'description',
      'price_per_unit',
      'product_code',
      'vat_rate',
      'vat_type_id',
    ])
  })
})

describe('Create products', () => {
  test.each([
    ['shipping', 'Verzendkosten'],
    ['payment', 'Betaalkosten'],
    ['surcharge', 'Toeslag'],
    ['discount', 'Korting'],
  ] as const)('%s costs have a product of their own', (kind, description) => {
    const [plan, ...others] =
      rompslomp.products?.wanted(
        draftOf([{ amount: '1.00', kind, description: 'x' }]),
        factsOf(),
      ) ?? []
    expect(others).toEqual([])
    expect(plan?.facts['description']).toBe(description)
  })
  test('the invoice uses the VAT percentage of the shop, whatever the product has', () => {
    const low = draftOf([{ amount: '10.90', percent: '9' }])
    expect(lineOf(low)).toMatchObject({ vat_rate: '0.09', vat_type_id: 701184044 })
  })
})

describe('Automatically sending invoices', () => {
  test('does not happen', () => {
    expect(composed()).not.toHaveProperty('sends_copy_by_email_on_publish')
  })
  test('happens on request, and only for an invoice that is final', () => {
    const mailed = composed(order298(), factsOf({ mailInvoice: true }))
    expect(mailed).toMatchObject({ _publish: true, sends_copy_by_email_on_publish: true })
    const concept = composed(order298(), factsOf({ mailInvoice: true, publish: false }))
    expect(concept).not.toHaveProperty('_publish')
    expect(concept).not.toHaveProperty('sends_copy_by_email_on_publish')
  })
})
