import type { FastifyInstance, FastifyRequest } from 'fastify'
import { noticed, noticePath } from '../../support/billing/payments.ts'
import {
  readUnsubscribe,
  subscribe,
  unsubscribe,
  unsubscribePath,
  type Unwanted,
} from '../../support/mail/unsubscribe.ts'
import {
  confirmAddress,
  confirmPath,
  readConfirmation,
} from '../../support/mail/confirm-address.ts'
import type { Language } from '../../problems/problem.ts'
import type { House } from '../house.ts'
import { languageOf, ProblemAnswer } from '../problem-answer.ts'
import { showSmallPage, smallPage, type Button } from '../small-page.ts'

const bodyBytesMax = 4 * 1024

const words = {
  nl: {
    title: 'Mails van Doorvoer',
    ask: (address: string) => `Wilt u deze mails op ${address} niet meer ontvangen?`,
    leave: 'Niet meer ontvangen',
    done: (address: string) => `${address} krijgt deze mails niet meer.`,
    again: 'Toch weer ontvangen',
    back: (address: string) => `${address} krijgt deze mails weer.`,
    wrong: 'Deze link is niet volledig. Kopieer haar helemaal uit de mail.',
    wants: (address: string, name: string) =>
      `Wilt u op ${address} de mails over de koppeling ${name} ontvangen?`,
    wanted: 'Ja, stuur ze mij',
    confirmed: (address: string) => `${address} krijgt deze mails voortaan.`,
    gone: 'Dit adres is intussen weer weggehaald; er is niets te doen.',
  },
  en: {
    title: 'Mails from Doorvoer',
    ask: (address: string) => `Should ${address} stop getting these mails?`,
    leave: 'Stop getting them',
    done: (address: string) => `${address} will not get these mails any more.`,
    again: 'Get them again',
    back: (address: string) => `${address} will get these mails again.`,
    wrong: 'This link is not complete. Copy all of it from the mail.',
    wants: (address: string, name: string) =>
      `Should ${address} get the mails about the integration ${name}?`,
    wanted: 'Yes, send them to me',
    confirmed: (address: string) => `${address} gets these mails from now on.`,
    gone: 'This address was taken away again; there is nothing to do.',
  },
} as const

const page = (language: Language, text: string, button: Button | null) =>
  smallPage(language, words[language].title, text, button)

/** What others call that is no part of the dashboard: notices of Mollie, links in mails. */
export const officeRoutes =
  (house: House) =>
  (server: FastifyInstance): void => {
    const { db, vault, clock } = house.engine
    const options = { bodyLimit: bodyBytesMax, schema: { hide: true } }
    server.addContentTypeParser(
      'application/x-www-form-urlencoded',
      { parseAs: 'string', bodyLimit: bodyBytesMax },
      (_request, body, done) => {
        done(null, new URLSearchParams(String(body)))
      },
    )
    const formOf = (request: FastifyRequest): URLSearchParams =>
      request.body instanceof URLSearchParams ? request.body : new URLSearchParams()

    // Unknown ids are answered like known ones: a stranger learns nothing (docs.mollie.com, Webhooks).
    server.post(noticePath, options, async (request, reply) => {
      const { billing } = house
      const result =
        billing === null ? 'unknown' : await noticed(billing, formOf(request).get('id') ?? '')
      if (result === 'silent') throw new ProblemAnswer('PAYMENT_SERVICE_SILENT')
      return reply.type('text/plain').send('OK')
    })

    const unwantedOf = (request: FastifyRequest): Unwanted | null => {
      const { with: sealed } = request.query as { with?: unknown }
      return typeof sealed === 'string' ? readUnsubscribe(vault, sealed) : null
    }
    server.get(unsubscribePath, options, (request, reply) => {
      const language = languageOf(request)
      const { ask, leave, wrong } = words[language]
      const unwanted = unwantedOf(request)
      return unwanted === null
        ? showSmallPage(reply, page(language, wrong, null), 404)
        : showSmallPage(
            reply,
            page(language, ask(unwanted.address), { label: leave, act: 'leave' }),
          )
    })

    // A mail program posts `List-Unsubscribe=One-Click` (RFC 8058), a person the form above.
    server.post(unsubscribePath, options, async (request, reply) => {
      const language = languageOf(request)
      const { done, again, back, leave, wrong } = words[language]
      const unwanted = unwantedOf(request)
      if (unwanted === null) return showSmallPage(reply, page(language, wrong, null), 404)
      if (formOf(request).get('act') === 'return') {
        await subscribe(db, unwanted)
        const button: Button = { label: leave, act: 'leave' }
        return showSmallPage(reply, page(language, back(unwanted.address), button))
      }
      await unsubscribe(db, unwanted, clock.now())
      const button: Button = { label: again, act: 'return' }
      return showSmallPage(reply, page(language, done(unwanted.address), button))
    })

    const confirmationOf = (request: FastifyRequest) => {
      const { with: sealed } = request.query as { with?: unknown }
      return typeof sealed === 'string' ? readConfirmation(vault, sealed) : null
    }

    // Only the button confirms: programs that look into mails open links too.
    server.get(confirmPath, options, (request, reply) => {
      const language = languageOf(request)
      const { wants, wanted, wrong } = words[language]
      const asked = confirmationOf(request)
      return asked === null
        ? showSmallPage(reply, page(language, wrong, null), 404)
        : showSmallPage(
            reply,
            page(language, wants(asked.address, asked.name), { label: wanted, act: 'confirm' }),
          )
    })

    server.post(confirmPath, options, async (request, reply) => {
      const language = languageOf(request)
      const { confirmed, gone, wrong } = words[language]
      const asked = confirmationOf(request)
      if (asked === null) return showSmallPage(reply, page(language, wrong, null), 404)
      const done = await confirmAddress({ db, clock }, asked)
      return showSmallPage(reply, page(language, done ? confirmed(asked.address) : gone, null))
    })
  }
