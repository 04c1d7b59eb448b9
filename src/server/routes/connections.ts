import type { FastifyInstance } from 'fastify'
import { activateWhenComplete } from '../../merchants/integrations.ts'
import { openClaim, takeShop } from '../../merchants/store-claim.ts'
import { Trouble } from '../../problems/reason.ts'
import type { House } from '../house.ts'
import { ProblemAnswer } from '../problem-answer.ts'
import { addRoute } from '../route.ts'
import { workingSeatAt } from '../seat.ts'

/** Connecting the two ends of an integration. */
export const connectionRoutes =
  (house: House) =>
  (server: FastifyInstance): void => {
    const { engine } = house

    addRoute(
      server,
      'POST /api/integrations/:integrationId/store-claim',
      async ({ request, params, body }) => {
        const { integration } = await workingSeatAt(house, request, params.integrationId)
        const claim = openClaim(engine, body.claim)
        // A stopped integration keeps no credentials, so it takes none either.
        const stopped = integration.state === 'stopped'
        if (claim === null || stopped || claim.system !== integration.webshop) {
          throw new ProblemAnswer('STORE_NO_HANDSHAKE')
        }
        const taken = await takeShop(
          engine,
          engine.http,
          house.publicUrl,
          params.integrationId,
          claim,
        ).catch((error: unknown) => {
          if (error instanceof Trouble)
            throw new ProblemAnswer(error.reason.code, error.reason.params)
          throw error
        })
        if (taken.is === 'gone') throw new ProblemAnswer('STORE_NO_HANDSHAKE')
        if (taken.is === 'unhealthy') {
          const problem = taken.findings.find((finding) => finding.problem !== undefined)?.problem
          throw new ProblemAnswer(problem?.code ?? 'STORE_MALFORMED', problem?.params)
        }
        await activateWhenComplete(engine, params.integrationId)
        return { returnUrl: taken.returnUrl }
      },
    )
  }
