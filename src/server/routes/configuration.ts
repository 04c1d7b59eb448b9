import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import type { Finding } from '../../connectors/finding.ts'
import { accountings, findAccounting, findWebshop, webshops } from '../../connectors/registry.ts'
import { schemaOf, type Fields } from '../../connectors/settings.ts'
import type { Side } from '../../database/schema.ts'
import { connectAccounting, connectWebshop } from '../../merchants/connect.ts'
import { examine, openConnection, saveSettings } from '../../merchants/connections.ts'
import { readIntegrationSettings } from '../../merchants/integration-settings.ts'
import {
  activateWhenComplete,
  createIntegration,
  stopIntegration,
} from '../../merchants/integrations.ts'
import { seatsOf } from '../../merchants/people.ts'
import { beginSignIn, finishSignIn } from '../../merchants/sign-in-flow.ts'
import type { Language } from '../../problems/problem.ts'
import { Trouble } from '../../problems/reason.ts'
import type { House } from '../house.ts'
import { inWords, ProblemAnswer } from '../problem-answer.ts'
import { addRoute } from '../route.ts'
import { seatAt, visitorOf, workingSeatAt, type Seat } from '../seat.ts'
import { accountingInShape, allSystems, webshopInShape } from '../systems.ts'

const fieldsOf = (side: Side, system: string): { credentials: Fields; settings: Fields } =>
  side === 'webshop' ? findWebshop(system) : findAccounting(system)

/** What a person may see again of what was filled in: no secrets, nothing that signing in brought. */
const visible = (fields: Fields, stored: Record<string, unknown>) =>
  Object.fromEntries(
    Object.entries(stored).filter(([name]) => {
      const field = fields[name]
      return field !== undefined && field.kind !== 'secret' && field.hidden !== true
    }),
  ) as Record<string, string | number | boolean | string[]>

/** Secrets that were left empty stay what they were; everything else is as it was filled in. */
const withKeptSecrets = (
  fields: Fields,
  filledIn: Record<string, unknown>,
  stored: Record<string, unknown>,
): Record<string, unknown> => {
  const kept = Object.entries(fields).filter(
    ([name, field]) => field.kind === 'secret' && (filledIn[name] ?? '') === '' && name in stored,
  )
  return { ...filledIn, ...Object.fromEntries(kept.map(([name]) => [name, stored[name]])) }
}

const findingsInWords = (findings: readonly Finding[], language: Language) =>
  findings.map(({ subject, problem }) => ({
    subject,
    problem: problem === undefined ? null : inWords(problem, language),
  }))

/** A mistake in a form as an answer that names the field; a remote's trouble as what it is. */
const answering = async <T>(work: () => Promise<T>): Promise<T> => {
  try {
    return await work()
  } catch (error) {
    if (error instanceof z.ZodError) {
      const field = error.issues[0]?.path.map(String).join('.') ?? ''
      throw new ProblemAnswer('INPUT_INVALID', { field })
    }
    if (error instanceof Trouble) throw new ProblemAnswer(error.reason.code, error.reason.params)
    throw error
  }
}

/** Installing and configuring an integration. */
export const configurationRoutes =
  (house: House) =>
  (server: FastifyInstance): void => {
    const { engine } = house
    const { db } = engine

    const systemOf = ({ integration }: Seat, side: Side): string =>
      side === 'webshop' ? integration.webshop : integration.accounting

    const stored = async (integrationId: string, side: Side) => {
      const row = await db
        .selectFrom('connections')
        .select(['dot', 'settings', 'choices'])
        .where('integrationId', '=', integrationId)
        .where('side', '=', side)
        .executeTakeFirstOrThrow()
      const opened = await openConnection(engine, integrationId, side).catch(() => null)
      return { ...row, credentials: opened?.credentials ?? {} }
    }

    const endInShape = async (seat: Seat, side: Side) => {
      const system = systemOf(seat, side)
      const fields = fieldsOf(side, system)
      const row = await stored(seat.integration.id, side)
      const settings = schemaOf(fields.settings).safeParse(row.settings)
      return {
        system:
          side === 'webshop'
            ? webshopInShape(findWebshop(system))
            : accountingInShape(findAccounting(system)),
        dot: row.dot,
        credentials: visible(fields.credentials, row.credentials),
        settings: visible(fields.settings, settings.success ? settings.data : row.settings),
        choices: row.choices,
      }
    }

    const connect = async (seat: Seat, side: Side, filledIn: Record<string, unknown>) => {
      const integrationId = seat.integration.id
      const system = systemOf(seat, side)
      const { credentials: before } = await stored(integrationId, side)
      const credentials = withKeptSecrets(fieldsOf(side, system).credentials, filledIn, before)
      const wanted = { integrationId, system, credentials }
      return side === 'webshop'
        ? connectWebshop(engine, engine.http, house.publicUrl, wanted)
        : connectAccounting(engine, engine.http, wanted)
    }

    addRoute(server, 'GET /api/systems', () => Promise.resolve(allSystems()))

    addRoute(server, 'POST /api/integrations', async ({ request, body }) => {
      const visitor = await visitorOf(house, request)
      const seats = await seatsOf(house.pool, visitor.userId)
      const seat = seats.find(({ role }) => role !== 'member')
      if (seat === undefined) throw new ProblemAnswer('READ_ONLY_SEAT')
      const { webshop, accounting, name } = body
      const exist = [webshops, accountings].every((all, index) =>
        all.some(({ id }) => id === [webshop, accounting][index]),
      )
      if (!exist) throw new ProblemAnswer('NOT_FOUND')
      const { id, licenceKey } = await createIntegration(engine, {
        merchantId: seat.merchantId,
        name,
        webshop,
        accounting,
      })
      return { id, licenceKey }
    })

    addRoute(
      server,
      'GET /api/integrations/:integrationId/configuration',
      async ({ request, params }) => {
        const seat = await seatAt(house, request, params.integrationId)
        return {
          webshop: await endInShape(seat, 'webshop'),
          accounting: await endInShape(seat, 'accounting'),
          settings: readIntegrationSettings(seat.integration.settings),
        }
      },
    )

    addRoute(
      server,
      'PUT /api/integrations/:integrationId/settings',
      async ({ request, params, body }) => {
        const seat = await workingSeatAt(house, request, params.integrationId)
        const settings = await answering(() =>
          Promise.resolve(
            readIntegrationSettings({ ...seat.integration.settings, ...body.settings }),
          ),
        )
        await db
          .updateTable('integrations')
          .set({ settings: JSON.stringify(settings) })
          .where('id', '=', seat.integration.id)
          .execute()
        return { settings, active: await activateWhenComplete(engine, seat.integration.id) }
      },
    )

    addRoute(
      server,
      'PUT /api/integrations/:integrationId/connections/:side/credentials',
      async ({ request, params, query, body }) => {
        const seat = await workingSeatAt(house, request, params.integrationId)
        if (seat.integration.state === 'stopped') {
          throw new ProblemAnswer('CONFLICT', { state: seat.integration.state })
        }
        const findings = await answering(() => connect(seat, params.side, body.values))
        return {
          findings: findingsInWords(findings, query.language),
          active: await activateWhenComplete(engine, seat.integration.id),
        }
      },
    )

    addRoute(
      server,
      'PUT /api/integrations/:integrationId/connections/:side/settings',
      async ({ request, params, body }) => {
        const seat = await workingSeatAt(house, request, params.integrationId)
        const system = systemOf(seat, params.side)
        const { id } = seat.integration
        await answering(() => saveSettings(engine, id, params.side, system, body.values))
        const { settings } = await stored(id, params.side)
        return { settings: visible(fieldsOf(params.side, system).settings, settings) }
      },
    )

    addRoute(
      server,
      'POST /api/integrations/:integrationId/connections/:side/check',
      async ({ request, params, query }) => {
        const seat = await workingSeatAt(house, request, params.integrationId)
        const { id } = seat.integration
        const findings = await answering(() => examine(engine, engine.http, id, params.side))
        return {
          findings: findingsInWords(findings, query.language),
          active: await activateWhenComplete(engine, id),
        }
      },
    )

    addRoute(
      server,
      'POST /api/integrations/:integrationId/connections/:side/sign-in',
      async ({ request, params, body }) => {
        const seat = await workingSeatAt(house, request, params.integrationId)
        if (seat.integration.state === 'stopped') {
          throw new ProblemAnswer('CONFLICT', { state: seat.integration.state })
        }
        const { side } = params
        const system = systemOf(seat, side)
        const wanted = {
          integrationId: seat.integration.id,
          side,
          system,
          userId: seat.visitor.userId,
        }
        const begun = await answering(() =>
          beginSignIn(engine, house.publicUrl, wanted, body.values),
        )
        if (begun === null) throw new ProblemAnswer('STORE_NOT_CONFIGURED', { system })
        return begun
      },
    )

    addRoute(server, 'POST /api/integrations/:integrationId/stop', async ({ request, params }) => {
      const seat = await workingSeatAt(house, request, params.integrationId)
      await stopIntegration(engine, seat.integration.id)
      return { state: 'stopped' as const }
    })

    /** The browser comes back from a remote's own sign-in page. */
    server.get<{ Params: { system: string } }>(
      '/connect/:system/return',
      { schema: { hide: true } },
      async (request, reply) => {
        const visitor = await visitorOf(house, request)
        const query = new URL(request.url, house.publicUrl).searchParams
        const { system } = request.params
        const signedIn = await answering(() =>
          finishSignIn(engine, house.publicUrl, system, visitor.userId, query),
        )
        if (signedIn.is === 'unknown') throw new ProblemAnswer('NOT_FOUND')
        const { integrationId } = signedIn
        await seatAt(house, request, integrationId)
        await activateWhenComplete(engine, integrationId)
        return reply.redirect(`${house.publicUrl}/i/${integrationId}/configuration`, 303)
      },
    )
  }
