import { readFile } from 'node:fs/promises'
import path from 'node:path'
import type { Registry } from 'prom-client'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { addHouseFigures, remoteMeter } from '../../src/server/house-figures.ts'
import { createMeters } from '../../src/server/meters.ts'
import { createTestDatabase, type TestDatabase } from '../support/database.ts'

/** What ops/ names must exist: an alarm on a metric that nobody counts never rings. */

let database: TestDatabase
let registry: Registry
beforeAll(async () => {
  database = await createTestDatabase()
  ;({ registry } = createMeters())
  addHouseFigures(registry, database.pool)
  remoteMeter(registry)('kmoshops', '2xx', 0.1)
})
afterAll(() => database.close())

const read = (file: string) =>
  readFile(path.resolve(import.meta.dirname, '../../ops', file), 'utf8')

test.each(['grafana-dashboard.json', 'prometheus-alerts.yml'])(
  'every metric that %s names is counted',
  async (file) => {
    const named = new Set((await read(file)).match(/\bdoorvoer_\w+/g) ?? [])
    expect(named.size).toBeGreaterThan(5)
    const counted = new Set(
      (await registry.getMetricsAsJSON()).flatMap(({ name }) => [
        name,
        `${name}_bucket`,
        `${name}_count`,
      ]),
    )
    expect([...named].filter((name) => !counted.has(name))).toEqual([])
  },
)

test('every alarm says what to do in the manual', async () => {
  const manual = await readFile(
    path.resolve(import.meta.dirname, '../../docs/operate/README.md'),
    'utf8',
  )
  const alarms = [...(await read('prometheus-alerts.yml')).matchAll(/alert: (\w+)/g)].map(
    ([, name = '']) => name,
  )
  expect(alarms.length).toBeGreaterThan(5)
  expect(alarms.filter((name) => !manual.includes(`\`${name}\``))).toEqual([])
})

test('the figures of the house are asked of the database, and none fails', async () => {
  const text = await registry.metrics()
  expect(text).toContain('doorvoer_bookings{state="uncertain"} 0')
  expect(text).toContain('doorvoer_engine_lag_seconds 0')
})
