import { createHmac, timingSafeEqual } from 'node:crypto'
import Fastify from 'fastify'
import pg from 'pg'
import { PgBoss } from 'pg-boss'
import { answerDeeds } from './children.ts'
import { sellerOf, type Roles } from './sale-calls.ts'
import type { Sale } from './sales.ts'
import type { Hook } from './shops-process.ts'

/*
 * (b) The least that loses nothing: a webhook that is verified, written down with one INSERT and put in a
 * queue before it is answered, and a worker that takes twenty jobs at a time and makes the calls. It checks
 * nothing, and after a crash it makes the invoice again: what durability itself costs, and no more.
 */

export interface MinimumOptions extends Roles {
  databaseUrl: string
  roles: readonly ('web' | 'worker')[]
  /** The keys of the webhooks, by integration; their addresses are this process's own. */
  keys: readonly string[]
}

const queue = 'sale'
const batch = 20

const readOrderId = (body: string): number => {
  const { id } = JSON.parse(body) as { id?: unknown }
  if (typeof id !== 'number') throw new Error('no id')
  return id
}

const isSigned = (key: string, address: string, body: string, given: unknown): boolean => {
  if (typeof given !== 'string') return false
  const right = createHmac('sha512', key).update(`${address}|${body}`).digest()
  const hash = Buffer.from(given, 'hex')
  return hash.length === right.length && timingSafeEqual(hash, right)
}

const openWeb = async (
  boss: PgBoss,
  { databaseUrl, keys }: MinimumOptions,
): Promise<readonly Hook[]> => {
  const pool = new pg.Pool({ connectionString: databaseUrl, max: 20, keepAlive: true })
  await pool.query(`create table if not exists sales (
    integration integer not null, order_id bigint not null, seen_at timestamptz not null default now(),
    primary key (integration, order_id))`)
  const server = Fastify({ logger: false })
  server.removeAllContentTypeParsers()
  server.addContentTypeParser('*', { parseAs: 'string' }, (_request, body, done) =>
    done(null, body),
  )
  let root = ''
  server.post<{ Params: { integration: string } }>(
    '/hooks/:integration',
    async (request, reply) => {
      const integration = Number(request.params.integration)
      const body = String(request.body)
      const address = root + request.url
      if (!isSigned(keys[integration] ?? '', address, body, request.headers['x-hash'])) {
        return reply.code(401).send('wrong signature')
      }
      const orderId = readOrderId(body)
      // Answered after both: who dies between them gets the webhook again.
      await pool.query('insert into sales values ($1, $2) on conflict do nothing', [
        integration,
        orderId,
      ])
      await boss.send(queue, { integration, orderId } satisfies Sale)
      return reply.type('text/plain').send('OK')
    },
  )
  root = await server.listen({ host: '127.0.0.1', port: 0 })
  return keys.map((key, integration) => ({ address: `${root}/hooks/${integration}`, key }))
}

const openWorker = async (boss: PgBoss, roles: Roles): Promise<void> => {
  const sell = sellerOf(roles)
  await boss.work<Sale>(
    queue,
    {
      batchSize: batch,
      burstWhenBatchFull: true,
      pollingIntervalSeconds: 2,
      notifyPollingIntervalSeconds: 10,
    },
    async (jobs) => {
      await Promise.all(jobs.map(({ data }) => sell(data)))
    },
  )
}

const deeds = {
  /** @returns where webhooks go, when this process is the web part */
  open: async (options: MinimumOptions): Promise<readonly Hook[]> => {
    const works = options.roles.includes('worker')
    const boss = new PgBoss({
      connectionString: options.databaseUrl,
      max: options.roles.includes('web') ? 20 : 6,
      useListenNotify: works,
      supervise: works,
      schedule: false,
    })
    boss.on('error', (error) => console.error(error))
    await boss.start()
    await boss.createQueue(queue, { notify: true, retryLimit: 3 })
    if (works) await openWorker(boss, options)
    return options.roles.includes('web') ? openWeb(boss, options) : []
  },
}

export type MinimumDeeds = typeof deeds

answerDeeds(deeds)
