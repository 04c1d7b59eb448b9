import type { FastifyInstance, FastifyRequest } from 'fastify'
import { wantNoGoAhead } from '../../bookings/decisions.ts'
import { calendarDay } from '../../world/calendar-day.ts'
import type { Finding } from '../../connectors/finding.ts'
import { accountings, findAccounting, findWebshop, webshops } from '../../connectors/registry.ts'
import { schemaOf, type Fields } from '../../connectors/settings.ts'
import type { Side } from '../../database/schema.ts'
import { connectAccounting, connectWebshop, leaveWebshop } from '../../merchants/connect.ts'
import { examine, openConnection, saveSettings } from '../../merchants/connections.ts'
import { withKeptSecrets } from '../../merchants/kept-secrets.ts'
import { nextVersion, saveConfiguration, type Change } from '../../merchants/configuration.ts'
import { readIntegrationSettings } from '../../merchants/integration-settings.ts'
import {
  activateWhenComplete,
  createIntegration,
  stopIntegration,
} from '../../merchants/integrations.ts'
import { seatsOf } from '../../merchants/people.ts'
import { proposeVatTable } from '../../merchants/vat-proposal.ts'
import { beginSignIn, finishSignIn } from '../../merchants/sign-in-flow.ts'
import type { Language } from '../../problems/problem.ts'
import { activationAddresses } from '../activation-addresses.ts'
import type { House } from '../house.ts'
import { answering } from '../answering.ts'
import { inWords, ProblemAnswer } from '../problem-answer.ts'
import { addRoute } from '../route.ts'
import { seatAt, visitorOf, withoutKeys, workingSeatAt, type Seat } from '../seat.ts'
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

const findingsInWords = (findings: readonly Finding[], language: Language) =>
  findings.map(({ subject, problem }) => ({
    subject,
    problem: problem === undefined ? null : inWords(problem, language),
  }))

const signInFirst = (back: string): string =>
  `/sign-in?${new URLSearchParams({ back, expired: 'true' }).toString()}`

/** Whether whoever asks may still change this integration, and it takes changes at all. */
const mayChange = async (
  house: House,
  request: FastifyRequest,
  integrationId: string,
): Promise<boolean> => {
  try {
    const { integration } = await workingSeatAt(house, request, integrationId)
    return integration.state !== 'stopped'
  } catch (error) {
    if (error instanceof ProblemAnswer) return false
    throw error
  }
}

/** How an end can be connected with what the operator has registered. */
const waysOf = (
  { engine, storeApps, publicUrl }: House,
  { integration: { webshop, accounting, licenceKey }, role }: Pick<Seat, 'integration' | 'role'>,
  side: Side,
) => {
  if (side === 'accounting') {
    const { signIn } = findAccounting(accounting)
    const canSignIn = signIn !== undefined && (!signIn.needsApp || accounting in engine.apps)
    return { form: true, signIn: canSignIn, store: false, activation: null }
  }
  const { signIn, store, activation } = findWebshop(webshop)
  return {
    form: signIn === undefined,
    signIn: signIn !== undefined && (!signIn.needsApp || webshop in engine.apps),
    store: store !== undefined && Object.hasOwn(storeApps, webshop),
    activation:
      activation === undefined || role === 'member'
        ? null
        : activationAddresses(publicUrl, webshop, licenceKey),
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
        .select([
          'dot',
          'settings',
          'choices',
          'credentials',
          'problemCode',
          'problemParams',
          'checkedAt',
        ])
        .where('integrationId', '=', integrationId)
        .where('side', '=', side)
        .executeTakeFirstOrThrow()
      const opened = await openConnection(engine, integrationId, side).catch(() => null)
      return {
        ...row,
        credentials: opened?.credentials ?? {},
        hasCredentials: row.credentials !== null,
      }
    }

    const endInShape = async (seat: Seat, side: Side, language: Language) => {
      const system = systemOf(seat, side)
      const fields = fieldsOf(side, system)
      const row = await stored(seat.integration.id, side)
      const settings = schemaOf(fields.settings).safeParse(row.settings)
      return {
        system:
          side === 'webshop'
            ? webshopInShape(findWebshop(system))
            : accountingInShape(findAccounting(system)),
        ways: waysOf(house, seat, side),
        dot: row.dot,
        problem:
          row.problemCode === null
            ? null
            : inWords({ code: row.problemCode, params: row.problemParams ?? {} }, language),
        checkedAt: row.checkedAt?.toISOString() ?? null,
        hasCredentials: row.hasCredentials,
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
      if (credentials === null) throw new ProblemAnswer('SECRETS_FOR_ANOTHER_ADDRESS')
      const wanted = { integrationId, system, credentials }
      return side === 'webshop'
        ? connectWebshop(engine, engine.http, house.publicUrl, wanted)
        : connectAccounting(engine, engine.http, wanted)
    }

    addRoute(server, 'GET /api/systems', () => Promise.resolve(allSystems()))

    addRoute(server, 'POST /api/integrations', async ({ request, body }) => {
      const visitor = await visitorOf(house, request)
      const seats = await seatsOf(house.pool, visitor.userId)
      const { webshop, accounting, name, merchantId } = body
      const own = seats.filter((each) => merchantId === undefined || each.merchantId === merchantId)
      if (merchantId !== undefined && own.length === 0) throw new ProblemAnswer('NOT_FOUND')
      const seat = own.find(({ role }) => role !== 'member')
      if (seat === undefined) throw new ProblemAnswer('READ_ONLY_SEAT')
      const exist = [webshops, accountings].every((all, index) =>
        all.some(({ id }) => id === [webshop, accounting][index]),
      )
      if (!exist) throw new ProblemAnswer('NOT_FOUND')
      const { id, licenceKey } = await createIntegration(engine, {
        merchantId: seat.merchantId,
        name,
        webshop,
        accounting,
        language: visitor.language,
      })
      return { id, licenceKey }
    })

    addRoute(
      server,
      'GET /api/integrations/:integrationId/configuration',
      async ({ request, params, query }) => {
        const seat = withoutKeys(await seatAt(house, request, params.integrationId))
        const { integration } = seat
        const settings = readIntegrationSettings(integration.settings)
        const accounting = await endInShape(seat, 'accounting', query.language)
        const { vatCodes } = findAccounting(integration.accounting).capabilities
        return {
          webshop: await endInShape(seat, 'webshop', query.language),
          accounting,
          settings,
          version: integration.configurationVersion,
          saved: integration.configurationSavedAt !== null,
          licenceKey: seat.role === 'member' ? null : integration.licenceKey,
          vatTable: vatCodes
            ? proposeVatTable(
                accounting.choices,
                settings.homeCountry,
                calendarDay(engine.clock.now()),
              )
            : null,
        }
      },
    )

    const save = async (integrationId: string, change: Change) => {
      const saved = await answering(() => saveConfiguration(engine, integrationId, change))
      if (saved.is === 'changed') throw new ProblemAnswer('CONFIGURATION_CHANGED')
      if (!saved.settings.goAhead) await wantNoGoAhead(engine, integrationId)
      return { ...saved, active: await activateWhenComplete(engine, integrationId) }
    }

    addRoute(
      server,
      'PUT /api/integrations/:integrationId/configuration',
      async ({ request, params, body }) => {
        const { integration } = await workingSeatAt(house, request, params.integrationId)
        const { version, active } = await save(integration.id, body)
        return { version, active }
      },
    )

    addRoute(
      server,
      'PUT /api/integrations/:integrationId/settings',
      async ({ request, params, body }) => {
        const { integration } = await workingSeatAt(house, request, params.integrationId)
        const { settings, active } = await save(integration.id, body)
        return { settings, active }
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
        await nextVersion(engine, id)
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
          ownWindow: body.ownWindow,
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
      await leaveWebshop(engine, engine.http, house.publicUrl, seat.integration.id)
      await stopIntegration(engine, seat.integration.id)
      return { state: 'stopped' as const }
    })

    /** The browser comes back from a remote's own sign-in page. */
    server.get<{ Params: { system: string } }>(
      '/connect/:system/return',
      { schema: { hide: true } },
      async (request, reply) => {
        const visitor = await visitorOf(house, request).catch((error: unknown) => {
          if (error instanceof ProblemAnswer && error.reason.code === 'NOT_SIGNED_IN') return null
          throw error
        })
        // The session ended while the person was away: after signing in they come by here again.
        if (visitor === null) return reply.redirect(signInFirst(request.url), 303)
        const query = new URL(request.url, house.publicUrl).searchParams
        const { system } = request.params
        const { userId } = visitor
        const mayConnect = (id: string) => mayChange(house, request, id)
        const signedIn = await finishSignIn(engine, house.publicUrl, {
          system,
          userId,
          query,
          mayConnect,
        })
        const to = (integrationId: string, facts: Record<string, string>) =>
          reply.redirect(
            `${house.publicUrl}/connected/${integrationId}?${new URLSearchParams(facts).toString()}`,
            303,
          )
        if (signedIn.is === 'unknown') return to('unknown', { failed: 'SIGN_IN_UNKNOWN' })
        const { integrationId, side, ownWindow } = signedIn
        const at = { side, system, ...(ownWindow && { window: 'own' }) }
        if (signedIn.is === 'failed')
          return to(integrationId, { ...at, failed: signedIn.reason.code })
        await activateWhenComplete(engine, integrationId)
        return to(integrationId, at)
      },
    )
  }
