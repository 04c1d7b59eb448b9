import { describe, expect, it } from 'vitest'
import { invoiceOf, openSandbox } from './test-client.ts'

const sanne = {
  contact: 'Sanne Vermeer',
  showcontact: true,
  address: 'Kerkstraat 9',
  zipcode: '3511 AB',
  city: 'Utrecht',
  country: 146,
  phone: '0301234567',
  email: 'sanne@example.nl',
  sendmethod: 'email',
  top: 14,
  mailintro: 'Beste Sanne,',
  tax_type: 'intax',
}

// The example of contract 2.3, byte for byte.
const sanneOnTheWire =
  '{"client":{"clientnr":"17","contact":"Sanne Vermeer","showcontact":"true","company":"",' +
  '"address":"Kerkstraat 9","zipcode":"3511 AB","city":"Utrecht","country":"146",' +
  '"phone":"0301234567","mobile":"","email":"sanne@example.nl","bankcode":"","biccode":"",' +
  '"taxnumber":"","tax_shifted":"false","lastinvoice":"2026-03-02","sendmethod":"email",' +
  '"paymentmethod":"bank","top":"14","stddiscount":"0","mailintro":"Beste Sanne,",' +
  '"reference":{"line1":"","line2":"","line3":""},"notes":"","notes_on_invoice":"false",' +
  '"active":"true","default_doclang":"","default_email":"0","currency":"EUR","mandate_id":"",' +
  '"mandate_date":"","collecttype":"FRST","tax_type":"intax","default_category":"0"}}'

describe('creating a client', () => {
  it('answers the bare number and shows everything as text', async () => {
    const { post, call } = await openSandbox({ account: { firstClientNumber: 17 } })
    const created = await post('/clients', sanne)
    expect([created.status, created.text]).toEqual([201, '17'])
    await post('/invoices', invoiceOf(17))
    expect((await call('GET', '/clients/17')).text).toBe(sanneOnTheWire)
  })

  it('needs next to nothing', async () => {
    const { post, get } = await openSandbox()
    await post('/clients', { contact: 'Jo' })
    expect(await get('/clients/1')).toMatchObject({
      client: { country: '146', sendmethod: 'mail', tax_type: 'extax', top: '14', email: '' },
    })
  })

  it('ignores what stands behind /clients/ and a number of the caller', async () => {
    const { post } = await openSandbox()
    expect((await post('/clients/undefined', { contact: 'Jo' })).text).toBe('1')
    expect((await post('/clients/', { contact: 'Jo', clientnr: 99 })).text).toBe('2')
  })

  it('takes one object in a list', async () => {
    const { post, get } = await openSandbox()
    await post('/clients', [{ contact: 'Jo' }])
    expect(await get('/clients/1')).toMatchObject({ client: { contact: 'Jo' } })
  })

  it('takes a form as PHP writes it', async () => {
    const { call, get } = await openSandbox()
    const form = 'contact=Zo%C3%AB+D&reference%5Bline2%5D=x&tax_shifted=true&showcontact=false'
    const headers = { 'content-type': 'application/x-www-form-urlencoded' }
    expect((await call('POST', '/clients', form, headers)).status).toBe(201)
    expect(await get('/clients/1')).toMatchObject({
      client: {
        contact: 'Zoë D',
        reference: { line1: '', line2: 'x', line3: '' },
        tax_shifted: 'true',
        showcontact: 'false',
      },
    })
  })

  it('finds a country by its name in any of the five languages', async () => {
    const { post, get } = await openSandbox()
    for (const country of ['Duitsland', 'germany', 'Deutschland', 'Allemagne', 'Alemania', '50']) {
      const { text } = await post('/clients', { country })
      expect(await get(`/clients/${text}`)).toMatchObject({ client: { country: '50' } })
    }
  })

  it('does not know ISO codes, or takes them for home', async () => {
    const { post, get, sandbox } = await openSandbox()
    expect(await post('/clients', { country: 'DE' })).toMatchObject({
      status: 400,
      text: 'country DE is not known',
    })
    sandbox.switches.unknownCountry = 'home'
    await post('/clients', { country: 'DE' })
    expect(await get('/clients/1')).toMatchObject({ client: { country: '146' } })
  })

  it('refuses a value that is too long, or cuts it', async () => {
    const { post, get, sandbox } = await openSandbox()
    expect(await post('/clients', { zipcode: 'SW1A 1AA' })).toMatchObject({
      status: 400,
      text: 'zipcode is longer than 7 characters',
    })
    sandbox.switches.tooLong = 'cut'
    await post('/clients', { zipcode: 'SW1A 1AA', city: '🌷'.repeat(51) })
    expect(await get('/clients/1')).toMatchObject({
      client: { zipcode: 'SW1A 1A', city: '🌷'.repeat(50) },
    })
  })

  it.each([{ sendmethod: 'fax' }, { top: 'soon' }, { tax_type: 'both' }])(
    'refuses %j',
    async (field) => {
      const { post, sandbox } = await openSandbox()
      expect((await post('/clients', field)).status).toBe(400)
      expect(sandbox.ledger().clients).toEqual([])
    },
  )
})

describe('reading clients', () => {
  it('lists all of them bare', async () => {
    const { post, get } = await openSandbox()
    await post('/clients', { contact: 'A/B' })
    await post('/clients', { contact: 'C' })
    expect(await get('/clients')).toMatchObject([{ clientnr: '1' }, { clientnr: '2' }])
  })

  it('escapes slashes as PHP does', async () => {
    const { post, call } = await openSandbox()
    await post('/clients', { contact: 'A/B é' })
    expect((await call('GET', '/clients/1')).text).toMatch('"contact":"A\\/B é"')
  })

  it('answers an unknown id by the switch', async () => {
    const { call, sandbox } = await openSandbox()
    const statuses = async (): Promise<number[]> => [
      (await call('GET', '/clients/99')).status,
      (await call('GET', '/clients/bogus')).status,
    ]
    expect(await statuses()).toEqual([404, 200])
    expect((await call('GET', '/clients/bogus')).json()).toEqual([])
    sandbox.switches.unknownId = 'not-found'
    expect(await statuses()).toEqual([404, 404])
    sandbox.switches.unknownId = 'list'
    expect(await statuses()).toEqual([200, 200])
  })

  it('shows the newer fields only when switched on', async () => {
    const { post, get, sandbox } = await openSandbox()
    await post('/clients', { address_addon: '3 hoog' })
    expect(await get('/clients/1')).not.toHaveProperty('client.address_addon')
    sandbox.switches.newerClientFields = true
    expect(await get('/clients/1')).toMatchObject({
      client: { address_addon: '3 hoog', timestamp: '2026-03-02 09:56:00' },
    })
  })
})

it('changes and deletes a client', async () => {
  const { post, call, get } = await openSandbox()
  await post('/clients', { contact: 'Jo', email: 'jo@example.nl' })
  expect((await call('PUT', '/clients/1', { email: 'jo@example.be' })).status).toBe(200)
  expect(await get('/clients/1')).toMatchObject({
    client: { contact: 'Jo', email: 'jo@example.be' },
  })
  expect(await get('/search/clients/email/jo@example.nl')).toEqual([])
  expect((await call('DELETE', '/clients/1')).status).toBe(200)
  expect((await call('DELETE', '/clients/1')).status).toBe(404)
  expect(await get('/search/clients/email/jo@example.be')).toEqual([])
})
