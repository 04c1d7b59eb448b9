import type { FastifyInstance } from 'fastify'
import { listCauses } from '../../bookings/listing.ts'
import { pauseRemote, resumeRemote } from '../../bookings/remote-pauses.ts'
import { titleOf } from '../../connectors/registry.ts'
import { acknowledgeAlarm, listAlarms } from '../../operator/alarms.ts'
import { countWaiting } from '../../operator/count-waiting.ts'
import { measure } from '../../operator/health.ts'
import { findHealth, listHealth } from '../../operator/list-health.ts'
import { readLog, writeLog } from '../../operator/log.ts'
import { monitor } from '../../operator/monitor.ts'
import { listOutbox } from '../../operator/outbox.ts'
import { countMailboxes, listQueues } from '../../operator/queues.ts'
import { listRemotes } from '../../operator/remotes.ts'
import { beginView, endView, escalateView } from '../../operator/views.ts'
import { consoleTopic } from '../../support/tickets/ticket-room.ts'
import { listTickets } from '../../support/tickets/read-tickets.ts'
import type { House } from '../house.ts'
import { addOperatorRoute, operatorOf } from '../operator-route.ts'
import { alarmInShape, healthInShape, logInShape } from '../operator-shapes.ts'
import { inWords, ProblemAnswer } from '../problem-answer.ts'
import { ticketInShape } from './support.ts'

/** How much of everything one integration's page shows. */
const briefMax = 20

/** The console: how every integration does, and what an operator can do about it. */
export const operatorRoutes =
  (house: House) =>
  (server: FastifyInstance): void => {
    const { engine } = house
    const { db, clock } = engine

    addOperatorRoute(server, house, 'GET /api/operator/me', async ({ operator }) => ({
      name: operator.name,
      email: operator.email,
      ...(await countWaiting(db)),
    }))

    server.get(
      '/api/operator/events',
      { schema: { hide: true } },
      async (request, reply): Promise<void> => {
        const { userId } = await operatorOf(house, request)
        reply.hijack()
        reply.raw.writeHead(200, {
          'content-type': 'text/event-stream',
          'cache-control': 'no-store',
          'x-accel-buffering': 'no',
        })
        if (!house.watchers.add(consoleTopic, userId, reply.raw)) reply.raw.end()
      },
    )

    addOperatorRoute(server, house, 'GET /api/operator/integrations', async ({ query }) => {
      const page = await listHealth(db, query)
      return { ...page, items: page.items.map(healthInShape) }
    })

    addOperatorRoute(
      server,
      house,
      'GET /api/operator/integrations/:integrationId',
      async ({ params: { integrationId }, query: { language } }) => {
        const line = await findHealth(db, integrationId)
        const [now] = await measure(db, [integrationId], clock.now())
        if (line === undefined || now === undefined) throw new ProblemAnswer('NOT_FOUND')
        const [integration, connections, poll, mailbox, causes, alarms, tickets, log] =
          await Promise.all([
            db
              .selectFrom('integrations')
              .select(['createdAt', 'configuredAt'])
              .where('id', '=', integrationId)
              .executeTakeFirstOrThrow(),
            db
              .selectFrom('connections')
              .select(['side', 'system', 'dot', 'problemCode', 'problemParams', 'checkedAt'])
              .where('integrationId', '=', integrationId)
              .orderBy('side', 'desc')
              .execute(),
            db
              .selectFrom('polls')
              .select(['startedAt', 'finishedAt'])
              .where('integrationId', '=', integrationId)
              .executeTakeFirst(),
            db
              .selectFrom('mailboxes')
              .select('restUntil')
              .where('integrationId', '=', integrationId)
              .executeTakeFirst(),
            listCauses(db, integrationId, {}),
            listAlarms(db, { show: 'all', integrationId, limit: briefMax }),
            listTickets(engine, { integrationId, limit: briefMax }),
            readLog(db, { integrationId, limit: briefMax }),
          ])
        const restUntil = mailbox?.restUntil ?? null
        return {
          health: healthInShape({ ...line, ...now, measuredAt: clock.now() }),
          createdAt: integration.createdAt.toISOString(),
          configuredAt: integration.configuredAt?.toISOString() ?? null,
          connections: connections.map((row) => ({
            side: row.side,
            system: row.system,
            title: titleOf(row.system),
            dot: row.dot,
            problem:
              row.problemCode === null
                ? null
                : inWords({ code: row.problemCode, params: row.problemParams ?? {} }, language),
            checkedAt: row.checkedAt?.toISOString() ?? null,
          })),
          poll: {
            startedAt: poll?.startedAt?.toISOString() ?? null,
            finishedAt: poll?.finishedAt?.toISOString() ?? null,
          },
          restUntil: restUntil !== null && restUntil > clock.now() ? restUntil.toISOString() : null,
          causes: causes.slice(0, briefMax).map(({ code, params, count }) => ({
            problem: inWords({ code, params }, language),
            count,
          })),
          alarms: alarms.items.map(alarmInShape),
          tickets: tickets.items.map((row) => ticketInShape(row, language)),
          log: log.items.map(logInShape),
        }
      },
    )

    addOperatorRoute(
      server,
      house,
      'POST /api/operator/integrations/:integrationId/views',
      async ({ operator, params: { integrationId }, body }) => {
        if ((await findHealth(db, integrationId)) === undefined)
          throw new ProblemAnswer('NOT_FOUND')
        const { id, endsAt } = await beginView(engine, operator, integrationId, body.reason)
        return { id, endsAt: endsAt.toISOString() }
      },
    )

    addOperatorRoute(
      server,
      house,
      'POST /api/operator/views/:viewId/escalate',
      async ({ operator, params, body }) => {
        const view = await escalateView(engine, operator, params.viewId, body.reason)
        if (view === null) throw new ProblemAnswer('NOT_FOUND')
        return { endsAt: view.endsAt.toISOString() }
      },
    )

    addOperatorRoute(
      server,
      house,
      'POST /api/operator/views/:viewId/end',
      async ({ operator, params }) => ({ ended: await endView(engine, operator, params.viewId) }),
    )

    addOperatorRoute(server, house, 'POST /api/operator/monitor', async ({ operator }) => {
      const round = await monitor(engine, house.publicUrl)
      await writeLog(engine, operator, { deed: 'monitor-run', params: { ...round } })
      return round
    })

    addOperatorRoute(server, house, 'GET /api/operator/alarms', async ({ query }) => {
      const page = await listAlarms(db, query)
      return { ...page, items: page.items.map(alarmInShape) }
    })

    addOperatorRoute(
      server,
      house,
      'POST /api/operator/alarms/:alarmId/acknowledge',
      async ({ operator, params, body }) => {
        const done = await acknowledgeAlarm(engine, params.alarmId, operator.name)
        if (done === null) throw new ProblemAnswer('NOT_FOUND')
        await writeLog(engine, operator, {
          deed: 'alarm-acknowledged',
          ...(done.integrationId !== null && { integrationId: done.integrationId }),
          params: { kind: done.kind },
          reason: body.note,
        })
        engine.announce(consoleTopic)
        return { acknowledgedAt: done.at.toISOString() }
      },
    )

    addOperatorRoute(server, house, 'GET /api/operator/remotes', async () =>
      (await listRemotes(db)).map(({ pause, ...remote }) => ({
        ...remote,
        pause: pause && {
          reason: pause.reason,
          by: pause.pausedBy,
          at: pause.pausedAt.toISOString(),
        },
      })),
    )

    const knownSystem = async (system: string): Promise<void> => {
      const remotes = await listRemotes(db)
      if (!remotes.some((each) => each.system === system)) throw new ProblemAnswer('NOT_FOUND')
    }

    addOperatorRoute(
      server,
      house,
      'POST /api/operator/remotes/:system/pause',
      async ({ operator, params: { system }, body: { reason } }) => {
        await knownSystem(system)
        const paused = await pauseRemote(db, {
          system,
          reason,
          pausedBy: operator.name,
          pausedAt: clock.now(),
        })
        if (paused) {
          await writeLog(engine, operator, { deed: 'remote-paused', params: { system }, reason })
          engine.announce(consoleTopic)
        }
        return { paused }
      },
    )

    addOperatorRoute(
      server,
      house,
      'POST /api/operator/remotes/:system/resume',
      async ({ operator, params: { system }, body: { reason } }) => {
        await knownSystem(system)
        const resumed = await resumeRemote(db, system)
        if (resumed) {
          await writeLog(engine, operator, { deed: 'remote-resumed', params: { system }, reason })
          engine.announce(consoleTopic)
        }
        return { resumed }
      },
    )

    addOperatorRoute(server, house, 'GET /api/operator/queues', async () => ({
      queues: await listQueues(db, clock.now()),
      mailboxes: await countMailboxes(db, clock.now()),
    }))

    addOperatorRoute(server, house, 'GET /api/operator/mails', async ({ query }) => {
      const page = await listOutbox(db, query)
      return {
        ...page,
        items: page.items.map((row) => ({
          id: row.id,
          kind: row.kind,
          to: row.toAddress,
          state: row.state,
          trouble: row.trouble,
          createdAt: row.createdAt.toISOString(),
          dueAt: row.dueAt?.toISOString() ?? null,
          sentAt: row.sentAt?.toISOString() ?? null,
        })),
      }
    })

    addOperatorRoute(server, house, 'GET /api/operator/log', async ({ query }) => {
      const page = await readLog(db, query)
      return { ...page, items: page.items.map(logInShape) }
    })
  }
