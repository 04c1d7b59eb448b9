import { setTimeout as sleep } from 'node:timers/promises'
import { fromKysely, PgBoss, type KyselyTransactionLike } from 'pg-boss'
import { idleMsMax, impatience, sessionLimits, withSessionOption } from '../database/connect.ts'
import { PreparingClient } from '../database/preparing-client.ts'
import { placesFor } from '../world/places.ts'

/**
 * The queues and what travels in them. Rows of the database are the truth, a job is only a bell: if every
 * job vanished, the sweep would ring again (design §3). So no job is ever retried by the queue itself.
 */
export interface JobData {
  /** Work off the due bookings of one integration. */
  drain: { integrationId: string }
  /** Ask one shop what changed. */
  poll: { integrationId: string }
  /** Go on with what is surveyed of one shop: a dry run, a migration, a reconciliation. */
  survey: { integrationId: string }
  /** Hourly: hand out a poll for every active integration. */
  'poll-all': Record<string, never>
  /** Nightly: look again at everything that is still open. */
  'review-all': Record<string, never>
  /** Every ten minutes: measure every integration and raise alarms; removes what tickets may not keep. */
  monitor: Record<string, never>
  /** Hourly: take the steps of licences that are due. */
  licences: Record<string, never>
  /** Every ten minutes: look after payments, and tell what happened to connections. */
  news: Record<string, never>
  /** Every morning: tell what needs attention. */
  digests: Record<string, never>
}

export type QueueName = keyof JobData

interface QueuePlan {
  /** `short`: at most one job per key waits; more of them add nothing. */
  policy: 'short' | 'standard'
  /** How many jobs of this queue one worker process works on at once. */
  concurrency: number
  expireSeconds: number
  cron?: string
}

const plans: Readonly<Record<QueueName, QueuePlan>> = {
  drain: { policy: 'short', concurrency: 32, expireSeconds: 300 },
  poll: { policy: 'short', concurrency: 2, expireSeconds: 1800 },
  survey: { policy: 'short', concurrency: 2, expireSeconds: 600 },
  'poll-all': { policy: 'short', concurrency: 1, expireSeconds: 300, cron: '7 * * * *' },
  'review-all': { policy: 'short', concurrency: 1, expireSeconds: 300, cron: '23 3 * * *' },
  monitor: { policy: 'short', concurrency: 1, expireSeconds: 600, cron: '*/10 * * * *' },
  licences: { policy: 'short', concurrency: 1, expireSeconds: 1800, cron: '41 * * * *' },
  news: { policy: 'short', concurrency: 1, expireSeconds: 540, cron: '*/10 * * * *' },
  digests: { policy: 'short', concurrency: 1, expireSeconds: 1800, cron: '11 5 * * *' },
}

const queueNames = Object.keys(plans) as QueueName[]

export type Handlers = { readonly [Q in QueueName]: (data: JobData[Q]) => Promise<void> }

export interface JobsOptions {
  url: string
  /** Told of everything that goes wrong inside the queue: it recovers by itself. */
  onError: (error: Error) => void
  /** `sender` only rings; `worker` also listens, works and keeps the schedules. */
  role: 'sender' | 'worker'
  /** Whether this user of the database makes the queues and schedules; else they must be there. Default: yes. */
  ownsTables?: boolean
}

export interface Jobs {
  /**
   * Sends one job. With `trx` it becomes visible when that transaction commits, and vanishes with it.
   * A job with the same key that is still waiting makes this one unnecessary.
   */
  send<Q extends QueueName>(
    queue: Q,
    data: JobData[Q],
    key: string,
    trx?: KyselyTransactionLike,
  ): Promise<void>
  /** Starts working; call once. What a handler throws is told to `onError`, and not tried again. */
  work(handlers: Handlers): Promise<void>
  /** Takes no new job, and waits so long for those under way; sending goes on. Again does nothing more. */
  finish(graceMs: number): Promise<void>
  /** Ends: no new job is taken, running ones get `graceMs` to finish. */
  stop(graceMs: number): Promise<void>
}

/** How many bells one fetch takes: few, so that a worker without room keeps few from the others. */
const bellsAtOnce = 4

/** Waits for the work, but not longer than that. */
const within = async (graceMs: number, work: () => Promise<unknown>): Promise<void> => {
  const over = new AbortController()
  await Promise.race([work(), sleep(graceMs, undefined, { signal: over.signal })])
    .catch(() => undefined)
    .finally(() => {
      over.abort()
    })
}

const makeQueues = async (boss: PgBoss): Promise<void> => {
  for (const name of queueNames) {
    const plan = plans[name]
    await boss.createQueue(name, {
      policy: plan.policy,
      notify: true,
      retryLimit: 0,
      expireInSeconds: plan.expireSeconds,
      // Bells that were answered are of no interest to anybody.
      deleteAfterSeconds: 600,
    })
    if (plan.cron !== undefined) await boss.schedule(name, plan.cron)
  }
}

/** Starts pg-boss on the same PostgreSQL as everything else. */
export const startJobs = async (options: JobsOptions): Promise<Jobs> => {
  const works = options.role === 'worker'
  const ownsTables = options.ownsTables ?? true
  // Whoever takes a bell need not wait for the disk: one that a power failure brings back rings twice, and
  // one that it loses the sweep rings again.
  const settings = [...(works ? ['-c synchronous_commit=off'] : []), ...sessionLimits()]
  // What its constructor does not name it hands on to its pool of connections.
  const ofThePool = { Client: PreparingClient, idleTimeoutMillis: idleMsMax }
  const boss = new PgBoss({
    ...ofThePool,
    connectionString: withSessionOption(options.url, settings.join(' ')),
    application_name: `doorvoer-jobs-${options.role}`,
    max: works ? 6 : 2,
    ...impatience,
    useListenNotify: works,
    supervise: works,
    schedule: works,
    migrate: ownsTables,
  })
  boss.on('error', options.onError)
  try {
    await boss.start()
    if (ownsTables) await makeQueues(boss)
  } catch (error) {
    // Whatever of it runs already would keep the process from ending.
    await boss.stop({ graceful: false, close: true }).catch(() => undefined)
    throw error
  }

  const underWay = new Set<Promise<void>>()

  /**
   * One fetch at a time per queue, however many jobs may be under way: every notification makes each of
   * pg-boss's workers ask, and as many of them as there are places asked for one bell. So a job counts as done as
   * soon as it has a place here; what becomes of it stands in the rows.
   */
  const workOn = <Q extends QueueName>(name: Q, handle: Handlers[Q]) => {
    const places = placesFor(plans[name].concurrency)
    const start = async (data: JobData[Q]): Promise<void> => {
      const leave = await places.enter()
      const done = handle(data)
        .catch((error: unknown) => options.onError(error as Error))
        .finally(() => {
          underWay.delete(done)
          leave()
        })
      underWay.add(done)
    }
    return boss.work<JobData[Q]>(
      name,
      {
        batchSize: bellsAtOnce,
        burstWhenBatchFull: true,
        pollingIntervalSeconds: 2,
        notifyPollingIntervalSeconds: 10,
      },
      async (jobs) => {
        for (const job of jobs) await start(job.data)
        // Who is full asks for no more: another worker may have room.
        await places.room()
      },
    )
  }

  let finishing: Promise<void> | undefined
  const finish = (graceMs: number): Promise<void> => {
    finishing ??= within(graceMs, async () => {
      await Promise.all(queueNames.map((name) => boss.offWork(name)))
      await Promise.all(underWay)
    })
    return finishing
  }

  return {
    async send(queue, data, key, trx) {
      await boss.send(queue, data, {
        singletonKey: key,
        ...(trx !== undefined && { db: fromKysely(trx) }),
      })
    },
    async work(handlers) {
      await workOn('drain', handlers.drain)
      await workOn('poll', handlers.poll)
      await workOn('survey', handlers.survey)
      await workOn('poll-all', handlers['poll-all'])
      await workOn('review-all', handlers['review-all'])
      await workOn('monitor', handlers.monitor)
      await workOn('licences', handlers.licences)
      await workOn('news', handlers.news)
      await workOn('digests', handlers.digests)
    },
    finish: (graceMs) => finish(graceMs),
    async stop(graceMs) {
      await finish(graceMs)
      await boss.stop({ graceful: true, timeout: graceMs, close: true })
    },
  }
}
