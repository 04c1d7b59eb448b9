import { describe, expect, it } from 'vitest'
import { openSandbox, type TestClient } from './test-client.ts'

async function withClients(): Promise<TestClient> {
  const client = await openSandbox()
  await client.control('POST', '/clients', [
    { email: 'pete@acme.com', city: 'Utrecht' },
    { email: 'PETE@acme.com', city: 'Zeist' },
    { email: 'jo@example.nl,pete@acme.com' },
    { email: 'pete+shop@acme.com', company: 'A/B' },
    { email: '' },
  ])
  return client
}

async function clientNumbers({ get }: TestClient, path: string): Promise<string[]> {
  const list = (await get(`/search/clients/${path}`)) as { clientnr: string }[]
  return list.map(({ clientnr }) => clientnr)
}

describe('searching clients', () => {
  it.each([
    ['email/pete@acme.com', ['1', '2', '3']],
    ['email/acme', ['1', '2', '3', '4']],
    ['email/pe', ['1', '2', '3', '4']],
    ['email/pete%2Bshop@acme.com', ['4']],
    ['email/nobody@acme.com', []],
    ['city/utrecht', ['1']],
    ['company/A%2FB', ['4']],
    ['all/zeist', ['2']],
    ['colour/red', []],
  ])('%s', async (path, expected) => {
    expect(await clientNumbers(await withClients(), path)).toEqual(expected)
  })

  it('can want the whole value', async () => {
    const client = await withClients()
    client.sandbox.switches.searchMatch = 'exact'
    expect(await clientNumbers(client, 'email/pete@acme.com')).toEqual(['1', '2'])
    expect(await clientNumbers(client, 'email/acme')).toEqual([])
  })

  it('answers nothing with an empty list or 404', async () => {
    const { call, sandbox } = await withClients()
    expect((await call('GET', '/search/clients/city/rome')).text).toBe('[]')
    sandbox.switches.searchNothing = 'not-found'
    expect((await call('GET', '/search/clients/city/rome')).status).toBe(404)
  })

  it('finds among thousands', async () => {
    const client = await openSandbox()
    const many = Array.from({ length: 5000 }, (_, index) => ({ email: `buyer${index}@shop.nl` }))
    await client.control('POST', '/clients', many)
    expect(await clientNumbers(client, 'email/buyer4321@shop.nl')).toEqual(['4322'])
  })
})

describe('searching invoices', () => {
  async function withInvoices(): Promise<TestClient> {
    const client = await openSandbox()
    await client.control('POST', '/invoices', [
      { reference: { line1: '100200' }, lines: [{ price: 10, tax_rate: 21, description: 'Mok' }] },
      { reference: { line1: '100300' }, lines: [{ price: 100.2, tax_rate: 0 }] },
    ])
    return client
  }

  async function numbers({ get }: TestClient, path: string): Promise<string[]> {
    const list = (await get(`/search/${path}`)) as { invoicenr: string }[]
    return list.map(({ invoicenr }) => invoicenr)
  }

  it.each([
    ['invoices/totalintax/12.10', ['20260001']],
    ['invoices/all/100200', ['20260001']],
    ['invoices/reference/100300', ['20260002']],
    ['invoices/all/mok', ['20260001']],
    // A short order number hits amounts too (contract 6).
    ['invoices/all/100', ['20260001', '20260002']],
    ['invoices_saved/all/100', []],
    ['products/all/mok', []],
  ])('%s', async (path, expected) => {
    expect(await numbers(await withInvoices(), path)).toEqual(expected)
  })

  it('may not look at the reference', async () => {
    const client = await withInvoices()
    client.sandbox.switches.searchReference = false
    expect(await numbers(client, 'invoices/all/100200')).toEqual([])
    expect(await numbers(client, 'invoices/reference/100200')).toEqual([])
  })

  it('knows no other area', async () => {
    const { call } = await openSandbox()
    expect((await call('GET', '/search/everything/all/x')).status).toBe(404)
    expect((await call('GET', '/search/clients/email')).status).toBe(404)
  })
})
