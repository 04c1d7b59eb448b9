import { describe, expect, test } from 'vitest'
import { invoiceOf, openSandbox, relationOf } from './test-client.ts'

const idsOf = (answer: { json: () => Record<string, unknown> }): string[] =>
  Object.keys(answer.json()['relation'] ?? {})

describe('the list', () => {
  test('has a hundred on a page, counts from 0, and ends with an error', async () => {
    const { call } = await openSandbox()
    expect(idsOf(await call('GET', '/v1/relations/'))).toHaveLength(100)
    expect(idsOf(await call('GET', '/v1/relations/?page=1'))).toHaveLength(30)
    const none = await call('GET', '/v1/relations/?page=2')
    expect([none.status, none.json()]).toEqual([200, { error: 'No relation found' }])
    expect(idsOf(await call('GET', '/v1/relations/?records=500'))).toHaveLength(130)
    expect(idsOf(await call('POST', '/v1/relations/'))).toHaveLength(100)
  })
  test('gives no more than the server wants, newest first by switch', async () => {
    const { call, sandbox } = await openSandbox({ switches: { maxRecords: 20 } })
    expect(idsOf(await call('GET', '/v1/relations/?records=500'))[0]).toBe('4410021')
    sandbox.switches.order = 'descending'
    const newest = idsOf(await call('GET', '/v1/relations/?records=500'))
    expect([newest.length, newest.at(-1)]).toEqual([20, '4410150'])
  })
  test('has nothing in it in three ways', async () => {
    const { call, sandbox } = await openSandbox({ isEmpty: true })
    sandbox.switches.emptyList = 'map'
    expect((await call('GET', '/v1/relations/')).json()).toEqual({ relation: {} })
    sandbox.switches.emptyMap = 'list'
    expect((await call('GET', '/v1/relations/')).json()).toEqual({ relation: [] })
    expect((await call('GET', '/v2/relations')).json()).toEqual({
      pagination: { page: 1, records: 20, total: 0, pages: 0 },
      relations: [],
    })
  })
  test('knows what was edited since a day, that day included or not', async () => {
    const { call, control, sandbox } = await openSandbox()
    await control('POST', '/relations', { email: 'a@b.nl', last_edit: '2026-03-13T22:30:00Z' })
    // Half past eleven at night in Amsterdam, still the 13th.
    expect(idsOf(await call('GET', '/v1/relations/?last_edit=2026-03-13'))).toEqual(['4410151'])
    expect((await call('GET', '/v1/relations/?last_edit=2026-03-14')).json()).toHaveProperty(
      'error',
    )
    sandbox.switches.lastEditInclusive = false
    expect((await call('GET', '/v1/relations/?last_edit=2026-03-13')).json()).toHaveProperty(
      'error',
    )
    expect(idsOf(await call('GET', '/v1/relations/?last_edit=2026-03-12'))).toHaveLength(1)
  })
  test('is not searched by e-mail, unless switched on', async () => {
    const { call, sandbox } = await openSandbox()
    const search = () => call('GET', '/v1/relations/?search=noor@example.org')
    expect((await search()).json()).toEqual({ error: 'No relation found' })
    sandbox.switches.searchCoversEmail = true
    expect(idsOf(await search())).toEqual(['4410021', '4410022', '4410023'])
    expect(idsOf(await call('GET', '/v1/relations/?search=10007'))).toEqual(['4410027'])
  })
})

describe('a relation', () => {
  test('is made, and read back as v1 writes it', async () => {
    const { call } = await openSandbox()
    const made = await call('POST', '/v1/relation/', relationOf())
    expect([made.status, made.json()]).toEqual([200, { id: 4410151 }])
    expect((await call('GET', '/v1/relation/4410151/')).json()).toEqual({
      relation: {
        4410151: {
          relation_number: '10131',
          relation_type: '1',
          company_name: '',
          firstname: 'Noor',
          surname_prefix: '',
          surname: 'Dam',
          street: 'Havenweg',
          house_number: '8',
          house_number_suffix: '',
          zip: '3011 AB',
          city: 'Rotterdam',
          country: 'NL',
          phone_number: '',
          fax_number: '',
          web: '',
          email: 'noor@example.org',
          coc: '',
          vat: '',
          iban: '',
          bic: '',
          email_invoice: '',
          sales_invoice_template_id: '51001',
          payment_condition_id: '66001',
          contacts: {},
        },
      },
    })
  })
  test('may be there twice; its number may not', async () => {
    const { call, sandbox } = await openSandbox({ switches: { idEcho: 'text' } })
    await call('POST', '/v1/relation/', relationOf({ relation_number: '7' }))
    expect((await call('POST', '/v1/relation/', relationOf())).json()).toEqual({ id: '4410152' })
    const twin = () => call('POST', '/v1/relation/', relationOf({ relation_number: '7' }))
    expect((await twin()).json()).toHaveProperty('error')
    sandbox.switches.duplicateRelationNumber = 'accept'
    expect((await twin()).json()).toEqual({ id: '4410153' })
  })
  test.each([
    [{ relation_type: undefined }, 'Required field is empty: relation_type'],
    [{ relation_type: '2' }, 'Invalid value: relation_type'],
    [{ relation_type: '0' }, 'Required field is empty: company_name'],
    [{ zip: undefined }, 'Required field is empty: zip'],
    [{ country: 'nl' }, 'Invalid value: country'],
    [{ payment_condition_id: 1 }, 'Invalid value: payment_condition_id'],
    [{ sales_invoice_template_id: 51003 }, 'Invalid value: sales_invoice_template_id'],
  ])('with %j is refused: %s', async (change, text) => {
    const { call, sandbox } = await openSandbox()
    const { status, json } = await call('POST', '/v1/relation/', relationOf(change))
    expect(status).toBe(200)
    expect(Object.values(json()['error'] as object)).toEqual([text])
    expect(sandbox.ledger().relations).toHaveLength(130)
  })
  test('may lack what is required as long as it is there, by switch not', async () => {
    const { call, sandbox } = await openSandbox()
    const bare = relationOf({ surname: '', house_number: '' })
    expect((await call('POST', '/v1/relation/', bare)).json()).toHaveProperty('id')
    sandbox.switches.emptyRequired = 'refuse'
    expect((await call('POST', '/v1/relation/', bare)).json()).toEqual({
      error: { 3000101: 'Required field is empty: surname' },
    })
  })
  test('that is unknown is told with 200, by switch with 400, by v2 with 404', async () => {
    const { call, sandbox } = await openSandbox()
    expect((await call('GET', '/v1/relation/9/')).json()).toEqual({ error: 'Relation not found' })
    sandbox.switches.errorsAs200 = false
    expect((await call('GET', '/v1/relation/9/')).status).toBe(400)
    expect((await call('GET', '/v2/relations/9')).status).toBe(404)
  })
  test('can be changed in part, gets contacts, and is deleted while nothing hangs on it', async () => {
    const { call, sandbox } = await openSandbox()
    await call('PUT', '/v1/relation/4410021/', { city: 'Delft' })
    await call('POST', '/v1/contact/', { relation_id: 4410021, email: 'c@example.org' })
    expect(sandbox.ledger().relations[0]).toMatchObject({
      city: 'Delft',
      street: 'Havenweg',
      contacts: [{ email: 'c@example.org' }],
    })
    await call('POST', '/v1/invoice/sales/', invoiceOf())
    expect((await call('DELETE', '/v1/relation/4410021/')).json()).toHaveProperty('error')
    expect((await call('DELETE', '/v1/relation/4410022/')).json()).toHaveProperty('sucess')
    expect(sandbox.ledger().relations).toHaveLength(129)
  })
  test('made by v2 is answered without an id', async () => {
    const { call, sandbox } = await openSandbox()
    const body = relationOf({ phone: '0101234567' })
    expect((await call('POST', '/v2/relations', body)).json()).toEqual({
      success: 'Relation saved',
    })
    expect(sandbox.ledger().relations.at(-1)).toMatchObject({ phone_number: '0101234567' })
    const invalid = await call('POST', '/v2/relations', relationOf({ country: 'nl' }))
    expect([invalid.status, invalid.json()]).toMatchObject([
      422,
      { error: { country: 'country is verplicht of ongeldig.' }, response_code: 422 },
    ])
  })
})
