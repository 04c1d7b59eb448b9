import { describe, expect, it } from 'vitest'
import { openSandbox, type TestClient } from './test-client.ts'

/** Seven invoices of two clients, one a day from 20 February 2026, in odd states. */
async function withInvoices(): Promise<TestClient> {
  const client = await openSandbox()
  await client.control('POST', '/clients', [{}, {}])
  const lines = [{ price: 10, tax_rate: 0 }]
  const invoice = (clientnr: number, date: string, more = {}): unknown => ({
    clientnr,
    date,
    lines,
    ...more,
  })
  await client.control('POST', '/invoices', [
    invoice(1, '2026-02-20', { paymentperiod: 5 }),
    invoice(1, '2026-02-21', { alreadypaid: 'full' }),
    invoice(2, '2026-02-22', { alreadypaid: 4 }),
    invoice(2, '2026-02-24', { alreadypaid: 12 }),
    invoice(1, '2026-02-23', { uncollectible: '2026-03-01' }),
  ])
  return client
}

async function counters({ get }: TestClient, query: string): Promise<number[]> {
  const list = (await get(`/invoices?${query}`)) as { invoicenr: string }[]
  return list.map(({ invoicenr }) => Number(invoicenr.slice(4)))
}

describe('the list of invoices', () => {
  it.each([
    ['', [1, 2, 3, 4, 5]],
    ['since=2026-02-22', [3, 4, 5]],
    ['until=2026-02-21', [1, 2]],
    ['since=2026-02-21&until=2026-02-23', [2, 3, 5]],
    ['client=2', [3, 4]],
    ['client=1&since=2026-02-21', [2, 5]],
    ['client=1&until=2026-02-21', [1, 2]],
    ['client=99', []],
    ['filter=open', [1, 3, 5]],
    ['filter=overdue', [1]],
    ['filter=partly', [3]],
    ['filter=toomuch', [4]],
    ['filter=paid', [2, 4]],
    ['filter=uncollectible', [5]],
    ['filter=sent', [1, 2, 3, 4, 5]],
    ['filter=strange&something=else', [1, 2, 3, 4, 5]],
    ['filter=open&client=1&since=2026-02-21', [5]],
    ['count=2', [1, 2]],
    ['count=2&start=2', [3, 4]],
    ['count=2&offset=4', [5]],
    ['count=-1&start=3', [4, 5]],
    ['count=-1', [1, 2, 3, 4, 5]],
    ['start=100', []],
  ])('?%s', async (query, expected) => {
    expect(await counters(await withInvoices(), query)).toEqual(expected)
  })

  it.each(['since=yesterday', 'until=2026-02-30', 'count=all', 'client=jan', 'start=x'])(
    'refuses ?%s',
    async (query) => {
      const { call } = await withInvoices()
      expect((await call('GET', `/invoices?${query}`)).status).toBe(400)
    },
  )

  it('listens to start or offset as the switch says', async () => {
    const client = await withInvoices()
    client.sandbox.switches.paging = 'start'
    expect(await counters(client, 'start=3')).toEqual([4, 5])
    expect(await counters(client, 'offset=3')).toEqual([1, 2, 3, 4, 5])
    client.sandbox.switches.paging = 'offset'
    expect(await counters(client, 'start=3')).toEqual([1, 2, 3, 4, 5])
    expect(await counters(client, 'offset=3')).toEqual([4, 5])
  })

  it('shows a hundred unless asked for more', async () => {
    const client = await openSandbox()
    await client.control(
      'POST',
      '/invoices',
      Array.from({ length: 120 }, () => ({})),
    )
    expect(await counters(client, '')).toHaveLength(100)
    expect(await counters(client, 'count=-1')).toHaveLength(120)
  })

  it('leaves out a deleted one, whichever way it is asked', async () => {
    const client = await withInvoices()
    await client.call('DELETE', '/invoices/20260003')
    expect(await counters(client, 'client=2')).toEqual([4])
    expect(await counters(client, 'since=2026-02-22')).toEqual([4, 5])
    expect(await counters(client, '')).toEqual([1, 2, 4, 5])
  })

  it('shows empty maps as lists', async () => {
    const client = await openSandbox()
    await client.control('POST', '/invoices', {})
    expect(await client.get('/invoices')).toMatchObject([{ lines: [], taxes: [], history: [] }])
  })
})
