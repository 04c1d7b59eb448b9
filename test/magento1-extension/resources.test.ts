import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { startMagento1 } from '../../sandbox/magento1/index.ts'
import { authorization } from '../../sandbox/magento2/testing/client.ts'
import { extensionFiles, extensionRoot } from '../../scripts/magento1-extension-files.ts'
import creditMemo from '../../src/connectors/webshops/magento1/fixtures/creditmemo.json' with { type: 'json' }
import invoice from '../../src/connectors/webshops/magento1/fixtures/invoice.json' with { type: 'json' }
import { documentOf, orderOf } from '../../src/connectors/webshops/magento1/normalise.ts'
import { document as wireDocument } from '../../src/connectors/webshops/magento1/wire.ts'
import { saleOf } from '../../src/connectors/webshops/magento/map.ts'
import { amount, round, sum, vatOn } from '../../src/money/amount.ts'
import { phpMissing, runPhp } from './run-php.ts'

const api2 = readFileSync(
  join(extensionRoot, 'app/code/community/Doorvoer/Invoices/etc/api2.xml'),
  'utf8',
)

/** The names below a node of one resource in api2.xml. */
const namesIn = (resource: string, node: string): string[] => {
  const own = api2.slice(api2.indexOf(`<${resource} `), api2.indexOf(`</${resource}>`))
  const block = own.slice(own.indexOf(`<${node}>`), own.indexOf(`</${node}>`))
  return [...block.matchAll(/<(\w+)>[^<\n]+<\/\1>/g)].map(([, name = '']) => name)
}

const documents = { invoice: [invoice], creditmemo: [creditMemo] }
const ask = (resource: string, query: Record<string, unknown> = {}) => {
  const [answer] = runPhp({ documents, calls: [{ resource, query }] })
  if (answer === undefined) throw new Error('no answer')
  return answer
}
const firstOf = (body: unknown): object => {
  if (!Array.isArray(body)) throw new Error('no list')
  return body[0] as object
}

it('asks for reading only, and only for administrators', () => {
  expect(api2.match(/<privileges>/g)).toHaveLength(5)
  expect(api2).not.toMatch(/<(create|update|delete)>|<customer>|<guest>/)
  const code = extensionFiles().map(({ content }) => content.toString('utf8'))
  expect(code.join('')).not.toMatch(
    /->(save|delete)\(|\bSELECT\b|getSelect|getConnection|->query\(/,
  )
})

describe.skipIf(phpMissing !== null)(
  `with PHP${phpMissing === null ? '' : `: ${phpMissing}`}`,
  () => {
    it('parses every file', () => {
      const files = extensionFiles().filter(({ path }) => path.endsWith('.php'))
      expect(files.length).toBeGreaterThan(10)
      for (const { path } of files) {
        const { status, stdout } = spawnSync('php', ['-l', join(extensionRoot, path)], {
          encoding: 'utf8',
        })
        expect([path, status, stdout]).toEqual([
          path,
          0,
          expect.stringContaining('No syntax errors'),
        ])
      }
    })

    it.each([
      ['Invoice', invoice],
      ['Creditmemo', creditMemo],
    ] as const)('shows the document of the contract: %s', (resource, document) => {
      const { body, headers } = ask(resource)
      expect(body).toEqual([expect.objectContaining({ entity_id: document.entity_id })])
      expect(firstOf(body)).toMatchObject(document)
      expect(headers).toEqual({ 'X-Total-Count': '1' })
      expect(ask(resource, { id: document.entity_id }).body).toEqual(firstOf(body))
    })

    it.each(['Invoice', 'Creditmemo'])('names every attribute in api2.xml: %s', (resource) => {
      const id = `accounting_${resource.toLowerCase()}`
      const known = [...namesIn(id, 'attributes'), ...namesIn(id, 'force_attributes')]
      expect(Object.keys(firstOf(ask(resource).body)).sort()).toEqual(known.sort())
    })

    it('names every attribute of the small resources in api2.xml', () => {
      const keys = (resource: string) => {
        const { body } = ask(resource)
        return Object.keys(Array.isArray(body) ? firstOf(body) : (body as object)).sort()
      }
      expect(keys('Info')).toEqual(namesIn('accounting_info', 'attributes').sort())
      expect(keys('Taxrate')).toEqual(namesIn('accounting_taxrate', 'attributes').sort())
      expect(keys('Paymentmethod')).toEqual(
        namesIn('accounting_paymentmethod', 'attributes').sort(),
      )
    })

    it('shows what the sandbox shows, field by field', async () => {
      const now = new Date('2026-11-20T10:00:00Z')
      const shop = await startMagento1({ now: () => now })
      const { orderId } = shop.place({ lines: [{ name: 'Mok', unitPrice: 12.1 }], shipping: 5 })
      shop.credit(orderId)
      const shapes = async (path: string) => {
        const url = `${shop.url}/api/rest/accounting/${path}`
        const header = authorization(url, shop.fourValues, now.getTime(), { algorithm: 'sha1' })
        const answer = await fetch(url, { headers: { authorization: header } })
        return shapeOf(firstOf(await answer.json()))
      }
      const played = [await shapes('invoices'), await shapes('creditmemos')]
      await shop.close()
      expect(played).toEqual([
        shapeOf(firstOf(ask('Invoice').body)),
        shapeOf(firstOf(ask('Creditmemo').body)),
      ])
    })

    it('tells net and VAT before rounding where the percentage explains the row', () => {
      const rows = (firstOf(ask('Invoice').body) as { items: Record<string, unknown>[] }).items
      expect(
        rows.map((row) => [row['base_row_total4_decimals'], row['tax_amount4_decimals']]),
      ).toEqual([
        ['123.9600', '26.0316'],
        [null, null],
        ['24.7800', '5.2038'],
        ['29.2600', '2.6334'],
        [null, null],
      ])
      const [first] = invoice.items
      const belied = { ...invoice, items: [{ ...first, base_row_total: '120.0000' }] }
      const [answer] = runPhp({
        documents: { invoice: [belied] },
        calls: [{ resource: 'Invoice', query: {} }],
      })
      expect(firstOf(answer?.body)).toMatchObject({ items: [{ base_row_total4_decimals: null }] })
    })

    it('works from gross prices where the shop enters those', () => {
      const [answer] = runPhp({
        documents,
        includesTax: true,
        calls: [{ resource: 'Invoice', query: {} }],
      })
      expect(firstOf(answer?.body)).toMatchObject({
        items: [
          { base_row_total4_decimals: '123.9669', tax_amount4_decimals: '26.0331' },
          {},
          {},
          {},
          {},
        ],
      })
    })

    it('lets only the affiliate number of a payment out', () => {
      expect(JSON.stringify(ask('Invoice'))).not.toContain('never shown')
    })

    it('lets custom work add payment costs', () => {
      const [answer] = runPhp({
        documents,
        extra: { paymethod_costs: '1.2100' },
        calls: [{ resource: 'Invoice', query: {} }],
      })
      expect(firstOf(answer?.body)).toMatchObject({ paymethod_costs: '1.2100', extra_costs: null })
    })

    it('pages, filters and orders, and refuses what it was not made for', () => {
      const many = Array.from({ length: 5 }, (_, index) => ({
        ...invoice,
        entity_id: String(812 + index),
        updated_at: `2026-11-2${index} 10:00:00`,
        items: invoice.items.map((row) => ({ ...row, parent_id: String(812 + index) })),
      }))
      const filter = [{ attribute: 'updated_at', gteq: '2026-11-22 10:00:00' }]
      const query = { order: 'entity_id', dir: 'asc', limit: '2' }
      const answers = runPhp({
        documents: { invoice: many },
        calls: [
          { resource: 'Invoice', query: { ...query, page: '2' } },
          { resource: 'Invoice', query: { ...query, filter } },
          { resource: 'Invoice', query: { order: 'increment_id' } },
          {
            resource: 'Invoice',
            query: { filter: [{ attribute: 'base_grand_total', gteq: '1' }] },
          },
          { resource: 'Invoice', query: { id: '1' } },
        ],
      })
      const ids = ({ body }: { body?: unknown }) =>
        (body as { entity_id: string }[]).map(({ entity_id: id }) => id)
      expect(answers.slice(0, 2).map(ids)).toEqual([
        ['814', '815'],
        ['814', '815'],
      ])
      expect(answers.slice(0, 2).map(({ headers }) => headers)).toEqual([
        { 'X-Total-Count': '5' },
        { 'X-Total-Count': '3' },
      ])
      expect(answers.slice(2).map(({ error }) => error)).toEqual([
        'Resource collection ordering error.',
        'Resource collection filtering error.',
        'Resource not found.',
      ])
    })

    it('is read by the connector to the cent', () => {
      const read = (resource: string, kind: 'invoice' | 'credit') => {
        const wire = wireDocument.parse(firstOf(ask(resource).body))
        const settings = { timeZone: 'Europe/Amsterdam', paymentMethods: [] }
        return saleOf(kind, documentOf(wire), orderOf(wire), 0, settings)
      }
      const sales = [read('Invoice', 'invoice'), read('Creditmemo', 'credit')]
      expect(sales.map(({ total }) => total.toFixed(2))).toEqual(['203.81', '-47.42'])
      // Three hoodies at 50.00 are 149.99: this shop enters its prices without VAT. One shows neither.
      expect(sales.map(({ pricesIncludeVat: gross }) => gross)).toEqual([false, true])
      for (const { lines, total, pricesIncludeVat } of sales) {
        const byRate = Map.groupBy(lines, ({ vatPercent }) => vatPercent?.toString() ?? 'none')
        const gross = [...byRate].map(([percent, group]) => {
          const net = sum(group.map((line) => line.amount))
          return pricesIncludeVat ? net : net.plus(round(vatOn(net, amount(percent))))
        })
        expect(sum(gross).toFixed(2)).toBe(total.toFixed(2))
      }
    })
  },
)

/** The names of an object and of what is in it; of a list, of its first. */
function shapeOf(value: unknown): unknown {
  if (Array.isArray(value)) return value.slice(0, 1).map(shapeOf)
  if (typeof value !== 'object' || value === null) return null
  const names = Object.entries(value).map(([name, item]) => [name, shapeOf(item)] as const)
  // What a payment tells differs from order to order.
  const kept = names.filter(([name]) => name !== 'payment_additional_info')
  return Object.fromEntries(kept.sort(([one], [other]) => (one < other ? -1 : 1)))
}
