import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { findWebshop } from '../../connectors/registry.ts'
import type { StoreApp, StoreInstall } from '../../connectors/webshop.ts'
import { stopIntegration } from '../../merchants/integrations.ts'
import { changeLicence } from '../../merchants/licences.ts'
import { calendarDay } from '../../world/calendar-day.ts'
import { sealClaim } from '../../merchants/store-claim.ts'
import { places } from '../../merchants/vault.ts'
import { reason, type Reason } from '../../problems/reason.ts'
import type { House } from '../house.ts'
import { ProblemAnswer } from '../problem-answer.ts'
import { keepBodiesRaw, rawRequestOf } from '../raw-request.ts'

const bodyBytesMax = 16 * 1024

interface Store {
  install: StoreInstall<never>
  app: StoreApp
}

type Params = { Params: { system: string } }

/** The addresses an operator registers with a platform's app store. */
export const storeAddresses = (publicUrl: string, system: string) => ({
  handshakeUrl: `${publicUrl}/store/${system}/handshake`,
  installUrl: `${publicUrl}/store/${system}/install`,
  cancelUrl: `${publicUrl}/store/${system}/cancel`,
  uninstallUrl: `${publicUrl}/store/${system}/uninstall`,
})

/** Calls of app stores: credentials handed over, a merchant at the door, a subscription ended, an app removed. */
export const storeRoutes =
  (house: House) =>
  (server: FastifyInstance): void => {
    keepBodiesRaw(server)
    const { engine, meters } = house

    const storeOf = (system: string): Store => {
      const app = Object.hasOwn(house.storeApps, system) ? house.storeApps[system] : undefined
      const install = app === undefined ? undefined : findWebshop(system).store
      if (app === undefined || install === undefined) {
        throw new ProblemAnswer('STORE_NOT_CONFIGURED', {
          system: app === undefined ? 'store' : system,
        })
      }
      return { install, app }
    }
    const count = (system: string, call: string, result: string) =>
      meters.storeCalls.inc({ system, call, result })
    const rawOf = (request: FastifyRequest) =>
      rawRequestOf(request, house.publicUrl, engine.clock.now())
    const refuse = (system: string, call: string, why: Reason): never => {
      count(system, call, why.code)
      throw new ProblemAnswer(why.code, why.params)
    }

    const options = { bodyLimit: bodyBytesMax, schema: { hide: true } }

    /** What the platform handed over, sealed until a merchant takes the shop. */
    const keep = async (system: string, account: string, credentials: Record<string, string>) => {
      const sealed = engine.vault.seal(
        JSON.stringify(credentials),
        places.handshake(system, account),
      )
      await engine.db
        .insertInto('storeHandshakes')
        .values({ system, account, credentials: sealed, receivedAt: engine.clock.now() })
        .onConflict((conflict) =>
          conflict
            .columns(['system', 'account'])
            .doUpdateSet({ credentials: sealed, receivedAt: engine.clock.now() }),
        )
        .execute()
    }

    server.post<Params>('/store/:system/handshake', options, async (request, reply) => {
      const { system } = request.params
      const { install, app } = storeOf(system)
      if (install.handshake === undefined) throw new ProblemAnswer('NOT_FOUND')
      const answer = install.handshake(rawOf(request), app)
      if (answer.is === 'rejected') return refuse(system, 'handshake', answer.reason)
      await keep(system, answer.account, answer.credentials)
      count(system, 'handshake', 'accepted')
      return reply.type('text/plain').send('OK')
    })

    server.get<Params>('/store/:system/install', options, async (request, reply) => {
      const { system } = request.params
      const { install, app } = storeOf(system)
      const answer = install.open(rawOf(request), app)
      if (answer.is === 'rejected') return refuse(system, 'install', answer.reason)
      if ('credentials' in answer) await keep(system, answer.account, answer.credentials)
      const handshake = await engine.db
        .selectFrom('storeHandshakes')
        .select('account')
        .where('system', '=', system)
        .where('account', '=', answer.account)
        .executeTakeFirst()
      if (handshake === undefined) return refuse(system, 'install', reason('STORE_NO_HANDSHAKE'))
      count(system, 'install', 'accepted')
      // The merchant signs in, then chooses which integration the shop belongs to.
      // What travels with the browser proves that it came from the store, and nothing else can.
      const target = new URL('/install', house.publicUrl)
      target.searchParams.set('claim', sealClaim(engine, { system, account: answer.account }))
      return reply.redirect(target.toString(), 303)
    })

    const integrationsOf = async (system: string, account: string): Promise<string[]> => {
      const connections = await engine.db
        .selectFrom('connections')
        .select('integrationId')
        .where('system', '=', system)
        .where('account', '=', account)
        .execute()
      return connections.map(({ integrationId }) => integrationId)
    }

    // Some platforms call by GET (contracts/seoshop.md §2.2); the connector judges what is signed.
    const method = ['GET', 'POST']

    /** The subscription ends later: the integration books on until `uninstall`, so this is only noted. */
    server.route<Params>({
      ...options,
      method,
      url: '/store/:system/cancel',
      handler: async (request, reply) => {
        const { system } = request.params
        const { install, app } = storeOf(system)
        if (install.cancel === undefined) throw new ProblemAnswer('NOT_FOUND')
        const answer = install.cancel(rawOf(request), app)
        if (answer.is === 'rejected') return refuse(system, 'cancel', answer.reason)
        for (const integrationId of await integrationsOf(system, answer.account)) {
          const storeCancelledOn = calendarDay(engine.clock.now())
          await changeLicence(engine.db, integrationId, { storeCancelledOn })
        }
        count(system, 'cancel', 'accepted')
        return reply.type('text/plain').send('OK')
      },
    })

    const uninstall = async (request: FastifyRequest<Params>, reply: FastifyReply) => {
      const { system } = request.params
      const { install, app } = storeOf(system)
      const answer = install.uninstall(rawOf(request), app)
      if (answer.is === 'rejected') return refuse(system, 'uninstall', answer.reason)
      for (const integrationId of await integrationsOf(system, answer.account)) {
        await stopIntegration(engine, integrationId, 'store')
      }
      await engine.db
        .deleteFrom('storeHandshakes')
        .where('system', '=', system)
        .where('account', '=', answer.account)
        .execute()
      count(system, 'uninstall', 'accepted')
      return reply.type('text/plain').send('OK')
    }
    server.route<Params>({
      ...options,
      method,
      url: '/store/:system/uninstall',
      handler: uninstall,
    })
  }
