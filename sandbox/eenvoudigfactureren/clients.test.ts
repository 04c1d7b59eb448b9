import { describe, expect, it } from 'vitest'
import { openSandbox } from './test-client.ts'

describe('making a client', () => {
  it('answers 201 with the id and no more', async () => {
    const { post } = await openSandbox()
    const made = await post('/clients', { name: 'Lien Maes' })
    expect(made.status).toBe(201)
    expect(made.json()).toMatchObject({
      success: 'client created',
      client_id: expect.stringMatching(/^\d+$/) as string,
      uri: expect.stringMatching(/\/api\/v1\/clients\/\d+$/) as string,
    })
  })
  it.each([
    [{}, 'name is required'],
    [{ name: 'x'.repeat(76) }, 'name too long'],
    [{ name: 'x', postal_code: '12345678901' }, 'postal_code too long'],
    [{ name: 'x', phone_number: '1'.repeat(21) }, 'phone_number too long'],
    [{ name: 'x', country_code: 'be' }, 'country_code unknown'],
    [{ name: 'x', details: [{ detail_id: 4 }] }, 'detail_id unknown'],
  ])('refuses %j', async (body, error) => {
    const { post, sandbox } = await openSandbox()
    const refused = await post('/clients', body)
    expect(refused.status).toBe(400)
    expect(refused.json()).toEqual({ error })
    expect(sandbox.ledger().clients).toEqual([])
  })
  it('takes contacts inline, and gives them ids', async () => {
    const { client, get } = await openSandbox()
    const id = await client({ contacts: [{ contact_name: 'Lien', email_address: 'l@x.be' }] })
    expect(await get(`/clients/${id}`)).toMatchObject({
      country: 'België',
      contacts: [{ contact_name: 'Lien', contact_id: expect.stringMatching(/^\d+$/) as string }],
    })
  })
})

describe('changing one', () => {
  it('POST changes what is named, PUT wipes the rest', async () => {
    const { client, get, post, call } = await openSandbox()
    const id = await client({ city: 'Gent' })
    expect((await post(`/clients/${id}`, { street: 'Lindenstraat 4' })).json()).toEqual({
      success: 'client updated',
    })
    expect(await get(`/clients/${id}`)).toMatchObject({ city: 'Gent', street: 'Lindenstraat 4' })
    await call('PUT', `/clients/${id}`, { name: 'Lien' })
    expect(await get(`/clients/${id}`)).toMatchObject({ city: '', street: '', name: 'Lien' })
    await call('DELETE', `/clients/${id}`)
    expect((await call('GET', `/clients/${id}`)).json()).toEqual({ error: 'client_id unknown' })
  })
})

describe('finding', () => {
  it('both spellings of a filter, encoded or not', async () => {
    const { client, get } = await openSandbox()
    await client({ email_address: 'lien+shop@example.be', number: '46' })
    await client({ email_address: 'jan@example.be', number: '47' })
    const found = async (query: string) => ((await get(`/clients?${query}`)) as unknown[]).length
    expect(await found('filter=email_address__eq__lien%2Bshop%40example.be')).toBe(1)
    expect(await found('filter=email_address__eq__LIEN%2BSHOP%40example.be')).toBe(1)
    // A plus that is not encoded is a blank.
    expect(await found('filter=email_address__eq__lien+shop%40example.be')).toBe(0)
    expect(await found('filter=number=46')).toBe(1)
    expect(await found('filter=number%3D46,name%3D%7ELien')).toBe(1)
    expect(await found('filter=number__ge__46,number__le__46')).toBe(1)
    expect(await found('filter=number%21%3D46')).toBe(1)
    expect(await found('search=JAN')).toBe(1)
  })
  it('an unknown parameter is ignored: the whole list comes back', async () => {
    const { client, get } = await openSandbox()
    await client()
    await client()
    expect(await get('/clients?email_address=nobody@example.be')).toHaveLength(2)
  })
  it('a filter can be ignored or refused by a switch; an unknown field is refused', async () => {
    const { client, call, get, sandbox } = await openSandbox()
    await client()
    sandbox.switches.ignoredFilters = ['email_address']
    expect(await get('/clients?filter=email_address__eq__nobody')).toHaveLength(1)
    sandbox.switches.refusedFilters = ['name']
    for (const field of ['name', 'nothing']) {
      const refused = await call('GET', `/clients?filter=${field}__eq__x`)
      expect(refused.status).toBe(400)
      expect(refused.json()).toEqual({ error: 'filter unknown' })
    }
  })
  it('pages, sorts and picks fields', async () => {
    const { client, call, get } = await openSandbox()
    for (const name of ['C', 'A', 'B']) await client({ name })
    expect(await get('/clients?sort=name&skip=1&take=1&fields=name')).toEqual([{ name: 'B' }])
    expect(await get('/clients?sort=-name&take=1&fields=name')).toEqual([{ name: 'C' }])
    expect((await call('GET', '/clients?sort=website')).status).toBe(400)
  })
  it('text may carry blanks, or come as HTML', async () => {
    const { client, get, sandbox } = await openSandbox()
    const id = await client({ name: 'A&B' })
    Object.assign(sandbox.switches, { trailingBlanks: true, htmlEntities: true })
    expect(await get(`/clients/${id}`)).toMatchObject({
      name: 'A&amp;B'.padEnd(80),
      email_address: ' '.repeat(80),
    })
  })
})
