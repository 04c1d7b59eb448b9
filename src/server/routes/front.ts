import type { FastifyInstance } from 'fastify'
import { accountings, findWebshop, webshops } from '../../connectors/registry.ts'
import { openClaim, takeShop } from '../../merchants/store-claim.ts'
import { currentVersion, termsOf } from '../../merchants/terms.ts'
import { sendPasswordLink, setPasswordByLink } from '../../support/people/passwords.ts'
import { joinByOffer, openOffer, takeSeat } from '../../support/people/seat-offers.ts'
import { signUp } from '../../support/people/sign-up.ts'
import type { Clock } from '../../world/clock.ts'
import type { House } from '../house.ts'
import { ProblemAnswer } from '../problem-answer.ts'
import { addRoute } from '../route.ts'
import { visitorOf } from '../seat.ts'

/** Longer than the work takes, so that its length tells nobody whether an address is known. */
const alikeMs = 350

/** Answers no sooner than `alikeMs`: a known and an unknown address take the same time. */
const alike = async <T>(clock: Clock, work: () => Promise<T>): Promise<T> => {
  const [done] = await Promise.all([work(), clock.sleep(alikeMs)])
  return done
}

/** The way in, for people who are not signed in. */
export const frontRoutes =
  (house: House) =>
  (server: FastifyInstance): void => {
    const { engine, publicUrl } = house

    const systemsExist = (webshop: string, accounting: string) =>
      webshops.some(({ id }) => id === webshop) && accountings.some(({ id }) => id === accounting)

    /** The shop that a store sent along becomes the new integration's, as well as it goes. */
    const connectClaimed = async (integrationId: string, claim: string) => {
      const opened = openClaim(engine, claim)
      if (opened === null) return
      await takeShop(engine, engine.http, publicUrl, integrationId, opened)
    }

    addRoute(server, 'POST /api/sign-up', async ({ body, request }) => {
      const { claim = null, ...wanted } = body
      if (!systemsExist(wanted.webshop, wanted.accounting))
        throw new ProblemAnswer('SYSTEM_UNKNOWN')
      if (claim !== null && openClaim(engine, claim)?.system !== wanted.webshop) {
        throw new ProblemAnswer('STORE_NO_HANDSHAKE')
      }
      const made = await alike(engine.clock, () => signUp(engine, publicUrl, wanted, claim))
      if (made !== null && claim !== null) {
        // After the answer: how long the shop takes would tell that the address is new.
        void connectClaimed(made, claim).catch((error: unknown) =>
          request.log.warn({ err: error }, 'a shop from a store could not be connected at sign-up'),
        )
      }
      return { mailed: true as const }
    })

    addRoute(server, 'POST /api/password-link', async ({ body }) => {
      await alike(engine.clock, () => sendPasswordLink(engine, publicUrl, body.email))
      return { mailed: true as const }
    })

    addRoute(server, 'POST /api/password', async ({ body }) => {
      const room = { ...engine, signIn: house.signIn }
      const email = await setPasswordByLink(room, publicUrl, body.token, body.password)
      if (email === null) throw new ProblemAnswer('LINK_USED_UP')
      return { email }
    })

    addRoute(server, 'GET /api/terms', ({ query }) => {
      const { version, title, sections } = termsOf(currentVersion(engine.clock), query.language)
      return Promise.resolve({ version, title, sections })
    })

    addRoute(server, 'POST /api/store-claim', ({ body }) => {
      const claim = openClaim(engine, body.claim)
      if (claim === null) return Promise.reject(new ProblemAnswer('STORE_NO_HANDSHAKE'))
      const { id, title } = findWebshop(claim.system)
      return Promise.resolve({ system: id, title })
    })

    addRoute(server, 'POST /api/seat-offer', async ({ body }) => {
      const offer = await openOffer(engine, body.token)
      if (offer === null) throw new ProblemAnswer('INVITATION_USED_UP')
      return offer
    })

    addRoute(server, 'POST /api/seat-offer/join', async ({ body }) => {
      const { token, ...person } = body
      const passwordUrl = await joinByOffer(engine, publicUrl, token, person)
      if (passwordUrl === null) throw new ProblemAnswer('INVITATION_USED_UP')
      return { passwordUrl }
    })

    addRoute(server, 'POST /api/seat-offer/accept', async ({ request, body }) => {
      const { userId } = await visitorOf(house, request)
      const merchantId = await takeSeat(engine, body.token, userId)
      if (merchantId === null) throw new ProblemAnswer('INVITATION_USED_UP')
      return { merchantId }
    })
  }
