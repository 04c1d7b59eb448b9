import { describe, expect, test } from 'vitest'
import { amount } from '../../../money/amount.ts'
import type { Draft, DraftDebtor } from '../../../sale/draft.ts'
import { answer, booksWith, draftOf, factsOf, order6224 } from './fixtures/samples.ts'
import { informer } from './index.ts'

// One test per row of the tables "Field-level specification of the Informer invoice" and "… customer" of the
// manual, in their order. Each looks at the body of the request as it goes over the wire.

const debtor = { id: '5366049', traits: {} }

const bodyOf = (requests: readonly { url: string; body?: string }[], path: string) => {
  const [request, ...others] = requests.filter(({ body }) => body !== undefined)
  expect(others).toEqual([])
  expect(request?.url).toBe(`https://api.informer.eu${path}`)
  return JSON.parse(request?.body ?? '') as Record<string, unknown>
}

const invoice = async (draft: Draft = order6224(), facts = factsOf()) => {
  const composition = informer.compose(draft, debtor, facts)
  if (composition.is === 'refused') throw new Error(composition.reason.code)
  const { books, requests } = booksWith(() => answer({ invoice_id: 7712345 }))
  await informer.create(books, composition.wire)
  return bodyOf(requests, '/v1/invoice/sales/')
}

const firstLine = async (draft?: Draft, facts?: ReturnType<typeof factsOf>) => {
  const { lines } = await invoice(draft, facts)
  return (lines as Record<string, unknown>[])[0] ?? {}
}

describe('Field-level specification of the Informer invoice', () => {
  test('relation_id 5366049: customer-id', async () => {
    expect((await invoice())['relation_id']).toBe(5366049)
  })
  test('contact_name Sophie Fischer: first and last name of customer', async () => {
    expect((await invoice())['contact_name']).toBe('Sophie Fischer')
  })
  test('reference 6224', async () => {
    expect((await invoice())['reference']).toBe('6224')
  })
  test('invoice_date 2022-12-06: order date', async () => {
    expect((await invoice())['invoice_date']).toBe('2022-12-06')
  })
  test('payment_condition_id 564437: as configured on the dashboard', async () => {
    expect((await invoice())['payment_condition_id']).toBe(564437)
    const unset = factsOf({ paymentCondition: '' })
    expect((await invoice(order6224(), unset))['payment_condition_id']).toBe(564436)
  })
  test('currency_id 63152: valuta', async () => {
    expect((await invoice())['currency_id']).toBe(63152)
    expect((await invoice(order6224({ currency: 'GBP' })))['currency_id']).toBe(63153)
  })
  test('vat_option incl: amounts are incl. VAT by default', async () => {
    expect((await invoice())['vat_option']).toBe('incl')
    const excluding = draftOf([{ amount: '100.00', includesVat: false }])
    expect((await invoice(excluding))['vat_option']).toBe('incl')
    expect((await invoice(excluding, factsOf({ prices: 'excl' })))['vat_option']).toBe('excl')
  })
  test('template_id 442206: as set on the dashboard', async () => {
    expect((await invoice())['template_id']).toBe(442206)
    const unset = factsOf({ template: '' })
    expect((await invoice(order6224(), unset))['template_id']).toBe(442205)
  })
  test('comment: remark order', async () => {
    expect((await invoice())['comment']).toBe('')
    expect((await invoice(order6224({ remark: 'Graag bij de buren' })))['comment']).toBe(
      'Graag bij de buren',
    )
  })
  test('footer: empty by default', async () => {
    expect((await invoice())['footer']).toBe('')
  })
  test('lines', async () => {
    const draft = draftOf([{ amount: '200.00' }, { amount: '4.95', kind: 'shipping' }])
    expect((await invoice(draft))['lines']).toHaveLength(2)
  })
  test('quantity 1: amount', async () => {
    expect((await firstLine())['qty']).toBe(1)
    expect((await firstLine(draftOf([{ quantity: '2', amount: '25.00' }])))['qty']).toBe(2)
  })
  test('description 18-month extension', async () => {
    expect((await firstLine())['description']).toBe('18-month extension')
  })
  test('amount 200: unit price', async () => {
    expect((await firstLine())['amount']).toBe(200)
    expect((await firstLine(draftOf([{ quantity: '2', amount: '25.00' }])))['amount']).toBe(12.5)
  })
  test('discount 0: discount is included in the unit price', async () => {
    expect((await firstLine())['discount']).toBe(0)
  })
  test('vat_id 698451: VAT code, as configured on the dashboard', async () => {
    expect((await firstLine())['vat_id']).toBe(698451)
    const low = draftOf([{ amount: '10.90', percent: '9' }])
    expect((await firstLine(low))['vat_id']).toBe(698452)
  })
  test('ledger_id 5621485: ledger account, as configured on the dashboard', async () => {
    expect((await firstLine())['ledger_id']).toBe(5621485)
    const shipping = draftOf([{ amount: '4.95', kind: 'shipping' }])
    expect((await firstLine(shipping))['ledger_id']).toBe(5621486)
  })
  test('product_id 10023', async () => {
    expect((await firstLine())['product_id']).toBe(0)
    const linked = factsOf({ linkProducts: true })
    expect((await firstLine(order6224(), linked))['product_id']).toBe(10023)
    const unknown = draftOf([{ amount: '1.00', sku: 'EXT' }])
    expect((await firstLine(unknown, linked))['product_id']).toBe(0)
  })
  test('costs_id 0: cost centre, empty; there is an option to set a default one', async () => {
    expect((await firstLine())['costs_id']).toBe(0)
    expect((await firstLine(order6224(), factsOf({ costCentre: '61001' })))['costs_id']).toBe(61001)
  })
  test('nothing else is sent', async () => {
    expect(Object.keys(await invoice())).toEqual([
      'relation_id',
      'contact_name',
      'reference',
      'invoice_date',
      'payment_condition_id',
      'currency_id',
      'vat_option',
      'template_id',
      'comment',
      'footer',
      'lines',
    ])
    expect(Object.keys(await firstLine())).toEqual([
      'qty',
      'description',
      'amount',
      'discount',
      'vat_id',
      'ledger_id',
      'product_id',
      'costs_id',
    ])
  })
})

const customer = async (
  change: { buyer?: Partial<DraftDebtor['buyer']>; address?: Partial<DraftDebtor['address']> } = {},
) => {
  const { buyer, address } = order6224().debtor
  const { books, requests } = booksWith(() => answer({ id: 4410087 }))
  const made = await informer.createDebtor(
    books,
    { buyer: { ...buyer, ...change.buyer }, address: { ...address, ...change.address } },
    {},
  )
  expect(made).toMatchObject({ is: 'done', value: { id: '4410087' } })
  return bodyOf(requests, '/v1/relation/')
}

describe('Field-level specification of the Informer customer', () => {
  test('relation number: made by Informer', async () => {
    expect((await customer())['relation_number']).toBe(0)
  })
  test('relation type 1: 0 if a company name is provided', async () => {
    expect((await customer())['relation_type']).toBe('1')
    expect((await customer({ buyer: { company: 'Fischer B.V.' } }))['relation_type']).toBe('0')
  })
  test('company name', async () => {
    expect((await customer())['company_name']).toBe('')
    expect((await customer({ buyer: { company: 'Fischer B.V.' } }))['company_name']).toBe(
      'Fischer B.V.',
    )
    expect((await customer({ address: { company: 'Fischer B.V.' } }))['company_name']).toBe(
      'Fischer B.V.',
    )
  })
  test('first name: empty if not provided', async () => {
    expect((await customer())['firstname']).toBe('Sophie')
    expect((await customer({ buyer: { firstName: '' } }))['firstname']).toBe('')
  })
  test('last name: empty if not provided', async () => {
    expect((await customer())['surname']).toBe('Fischer')
    expect((await customer({ buyer: { lastName: '' } }))['surname']).toBe('')
  })
  test('street: empty if the address is not provided', async () => {
    expect((await customer())['street']).toBe('Havenweg')
    expect((await customer({ address: { street: '' } }))['street']).toBe('')
  })
  test('house number: empty if not provided', async () => {
    expect(await customer()).toMatchObject({ house_number: '8', house_number_suffix: 'b' })
    const without = await customer({ address: { street: 'Rue de la Loi' } })
    expect(without).toMatchObject({ street: 'Rue de la Loi', house_number: '' })
  })
  test('postal code', async () => {
    expect((await customer())['zip']).toBe('3011 AB')
  })
  test('city', async () => {
    expect((await customer())['city']).toBe('Rotterdam')
  })
  test('country: ISO code', async () => {
    expect((await customer())['country']).toBe('NL')
    expect((await customer({ address: { countryCode: 'de' } }))['country']).toBe('DE')
  })
  test('phone number', async () => {
    expect((await customer())['phone_number']).toBe('0101234567')
    const mobile = { phone: '', mobile: '0612345678' }
    expect((await customer({ buyer: mobile }))['phone_number']).toBe('0612345678')
  })
  test('CoC number: empty if not provided', async () => {
    expect((await customer())['coc']).toBe('')
    expect((await customer({ buyer: { companyNumber: '11223344' } }))['coc']).toBe('11223344')
  })
  test('VAT number: empty if not provided', async () => {
    expect((await customer())['vat']).toBe('')
    expect((await customer({ buyer: { vatNumber: 'be 0468.561.072' } }))['vat']).toBe(
      'BE0468561072',
    )
  })
  test('e-mail invoice', async () => {
    expect((await customer())['email_invoice']).toBe('sophie@example.org')
  })
  test('e-mail', async () => {
    expect((await customer())['email']).toBe('sophie@example.org')
  })
  test('payment condition for new debtors, and the layout', async () => {
    expect(await customer()).toMatchObject({
      payment_condition_id: 564437,
      sales_invoice_template_id: 442206,
    })
  })
})

describe('Pre-check', () => {
  test('whether a corresponding VAT code exists in Informer for the VAT in each line', () => {
    const french = draftOf([{ amount: '120.00', percent: '20' }], {
      regime: 'destination',
      destination: 'FR',
    })
    expect(informer.compose(french, debtor, factsOf())).toEqual({
      is: 'refused',
      reason: {
        code: 'VAT_CODE_MISSING',
        params: { system: 'Informer', country: 'FR', rate: '20' },
      },
    })
  })
  test('the total of the invoice is that of the order', () => {
    const composition = informer.compose(order6224(), debtor, factsOf())
    expect(composition).toMatchObject({ predictedTotal: amount('200') })
  })
})

describe('Automatically sending invoices', () => {
  test('does not happen: the invoice is made and read back, nothing else', async () => {
    const composition = informer.compose(order6224(), debtor, factsOf())
    if (composition.is === 'refused') throw new Error(composition.reason.code)
    const { books, requests } = booksWith(() => answer({ invoice_id: 7712345 }))
    await informer.create(books, composition.wire)
    expect(requests.map(({ method, url }) => `${method} ${new URL(url).pathname}`)).toEqual([
      'POST /v1/invoice/sales/',
      'GET /v1/invoice/sales/7712345/',
    ])
  })
})
