import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { expect, it } from 'vitest'
import { allSystems } from './systems.ts'

const { webshops, accountings } = allSystems()

const capabilitiesOf = (id: string) =>
  [...webshops, ...accountings].find((system) => system.id === id)?.capabilities

const pageOf = (id: string): Promise<string> =>
  readFile(path.resolve(import.meta.dirname, `../../docs/connectors/${id}.md`), 'utf8')

/** A row of a page's table of capabilities, without the padding. */
const rowOf = async (id: string, name: string): Promise<string> => {
  const rows = (await pageOf(id))
    .split('\n')
    .map((line) => line.split('|').map((cell) => cell.trim()))
  return rows.find((cells) => cells[1] === name)?.[2] ?? ''
}

it('says before booking what Factuursturen can’t take: VAT codes', async () => {
  expect(capabilitiesOf('factuursturen')).toMatchObject({ vatCodes: false })
  expect(await rowOf('factuursturen', 'VAT')).toBe('percentages, passed on')
})

it('says before booking what Rompslomp can’t take: other currencies', async () => {
  expect(capabilitiesOf('rompslomp')).toMatchObject({ currencies: ['EUR'], vatCodes: true })
  expect(await rowOf('rompslomp', 'currencies')).toBe('EUR')
})

it('says before booking what KMO Shops can’t tell: refunds', async () => {
  expect(capabilitiesOf('kmoshops')).toMatchObject({ documents: ['order'] })
  expect(await rowOf('kmoshops', 'money given back')).toContain('booked by hand')
  expect(await rowOf('magento2', 'money given back')).toContain('credit invoices')
})

it('says of every system how it is connected and what it is asked', () => {
  for (const system of [...webshops, ...accountings]) {
    expect([system.id, system.connecting.length]).not.toEqual([system.id, 0])
    expect([system.id, system.credentials.length]).not.toEqual([system.id, 0])
  }
})
