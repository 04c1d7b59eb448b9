import type pg from 'pg'
import { Gauge, Histogram, type Registry } from 'prom-client'
import type { Observe } from '../bookings/measured-http.ts'

/** How long the calls of shops and books take, in this process. */
export const remoteMeter = (registry: Registry): Observe => {
  const calls = new Histogram({
    name: 'doorvoer_remote_call_seconds',
    help: 'Time of calls of webshops and accounting systems, by system and result',
    labelNames: ['system', 'result'] as const,
    buckets: [0.05, 0.1, 0.25, 0.5, 1, 2, 5, 10, 20],
    registers: [registry],
  })
  // Finding the row of two labels costs more than counting in it, and there are few rows.
  const rows = new Map<string, { observe(seconds: number): void }>()
  return (system, result, seconds) => {
    const key = `${system} ${result}`
    const row = rows.get(key) ?? calls.labels({ system, result })
    rows.set(key, row)
    row.observe(seconds)
  }
}

/** The questions behind the figures, each answering rows of labels and a value; asked at every scrape. */
const figures: readonly { name: string; help: string; labels: readonly string[]; sql: string }[] = [
  {
    name: 'doorvoer_bookings',
    help: 'Bookings that are not finished, by state',
    labels: ['state'],
    sql: `select s.state, count(b.id) as value
      from unnest(array['seen', 'open', 'reserved', 'uncertain', 'parked']) s(state)
      left join bookings b on b.state = s.state
        and b.state in ('seen', 'open', 'reserved', 'uncertain', 'parked')
      group by 1`,
  },
  {
    name: 'doorvoer_due_bookings',
    help: 'Bookings that are due and wait for a worker, by lane',
    labels: ['lane'],
    sql: `select case lane when 0 then 'live' else 'migration' end as lane, count(*) as value
      from bookings where due_at is not null and due_at <= now() group by 1`,
  },
  {
    name: 'doorvoer_engine_lag_seconds',
    help: 'How long the live booking that is due longest has been waiting',
    labels: [],
    sql: `select coalesce(extract(epoch from now() - min(b.due_at)), 0) as value
      from bookings b join integrations i on i.id = b.integration_id and i.state = 'active'
      where b.due_at is not null and b.due_at <= now() and b.lane = 0
        and not exists (select 1 from connections c
          where c.integration_id = b.integration_id and c.dot = 'red')
        and not exists (select 1 from mailboxes m
          where m.integration_id = b.integration_id and m.rest_until > now())`,
  },
  {
    name: 'doorvoer_connections',
    help: 'Connections of integrations that book, by system and dot',
    labels: ['system', 'dot'],
    sql: `select c.system, c.dot, count(*) as value from connections c
      join integrations i on i.id = c.integration_id and i.state = 'active' group by 1, 2`,
  },
  {
    name: 'doorvoer_integrations',
    help: 'Integrations by state',
    labels: ['state'],
    sql: `select state, count(*) as value from integrations group by 1`,
  },
  {
    name: 'doorvoer_poll_age_seconds',
    help: 'How long ago the shop that was polled longest ago was polled; beyond 3900 a promise is broken',
    labels: [],
    sql: `select coalesce(extract(epoch from now() - min(coalesce(p.finished_at, i.configured_at))), 0) as value
      from polls p join integrations i on i.id = p.integration_id and i.state = 'active'
      where not exists (select 1 from connections c
        where c.integration_id = p.integration_id and c.dot = 'red')`,
  },
  {
    name: 'doorvoer_surveys',
    help: 'Migrations and reconciliations that are under way, by purpose and state',
    labels: ['purpose', 'state'],
    sql: `select purpose, state, count(*) as value from surveys
      where state in ('listing', 'invoices', 'reading', 'running', 'paused') group by 1, 2`,
  },
]

type Row = Record<string, string | number>

/** Figures of the whole house, the same whichever process is asked. */
export const addHouseFigures = (registry: Registry, pool: pg.Pool): void => {
  for (const { name, help, labels, sql } of figures) {
    const gauge = new Gauge({
      name,
      help,
      labelNames: [...labels],
      registers: [],
      async collect() {
        const { rows } = await pool.query<Row>(sql)
        this.reset()
        for (const { value = 0, ...row } of rows) {
          this.set(
            Object.fromEntries(Object.entries(row).map(([label, text]) => [label, String(text)])),
            Number(value),
          )
        }
      },
    })
    registry.registerMetric(gauge)
  }
}
