import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import { countHeldBack } from '../../bookings/held-back.ts'
import { phaseOn, stopsBookingOn, stopsCollectingOn } from '../../merchants/licence.ts'
import { licenceOf, lockedLicence } from '../../merchants/licences.ts'
import { fromCents } from '../../money/amount.ts'
import { isComplete, saveBillingDetails } from '../../support/billing/billing-details.ts'
import type { BillingRoom } from '../../support/billing/billing-room.ts'
import { offerByToken, offerForTerm, openOfferOf, quoteOf } from '../../support/billing/offers.ts'
import type { Quote } from '../../support/billing/offers.ts'
import type { OwnInvoice } from '../../support/billing/own-invoice.ts'
import { invoicePdf, listInvoices } from '../../support/billing/own-invoices.ts'
import { offerNumber, startPayment } from '../../support/billing/payments.ts'
import { billingDetailsOf } from '../../support/billing/billing-details.ts'
import { calendarDay } from '../../world/calendar-day.ts'
import type { House } from '../house.ts'
import { ProblemAnswer } from '../problem-answer.ts'
import { addRoute, securityOf } from '../route.ts'
import { seatAt, workingSeatAt } from '../seat.ts'

const invoicesMax = 100

const euros = (cents: number): string => fromCents(cents).toFixed(2)

const priceInShape = ({ price, vat }: Quote) => ({
  net: euros(price.netCents),
  vat: euros(price.vatCents),
  gross: euros(price.grossCents),
  vatPercent: vat.percent,
  vatTreatment: vat.treatment,
})

const offerInShape = (quote: Quote) => ({
  number: offerNumber(quote.offer.id),
  service: quote.offer.service,
  quantity: quote.offer.quantity,
  price: priceInShape(quote),
  payPath: `/pay/${quote.offer.token}`,
})

const invoiceInShape = (invoice: OwnInvoice) => ({
  id: invoice.id,
  number: invoice.number,
  credits: invoice.credits,
  issuedOn: invoice.issuedOn,
  service: invoice.service,
  net: euros(invoice.netCents),
  vat: euros(invoice.vatCents),
  gross: euros(invoice.grossCents),
})

/** Licences: how they stand, what they cost, how they are paid, and the invoices of it. */
export const licenceRoutes =
  (house: House) =>
  (server: FastifyInstance): void => {
    const { db, clock } = house.engine
    const { billing } = house
    const paymentWay = billing?.mollie == null ? ('transfer' as const) : ('online' as const)
    const selling = (): BillingRoom => {
      if (billing === null) throw new ProblemAnswer('LICENCES_NOT_SOLD')
      return billing
    }

    addRoute(
      server,
      'GET /api/integrations/:integrationId/licence',
      async ({ request, params }) => {
        const { integration } = await seatAt(house, request, params.integrationId)
        const { id, merchantId } = integration
        const stored = await licenceOf(db, id)
        if (stored === undefined) throw new ProblemAnswer('NOT_FOUND')
        const home = billing?.seller.country ?? 'NL'
        const details = await billingDetailsOf(db, merchantId, home)
        const open = billing === null ? undefined : await openOfferOf(db, id)
        const invoices = await listInvoices(db, id, invoicesMax)
        return {
          sold: billing !== null,
          phase: phaseOn(stored, calendarDay(clock.now())),
          endsOn: stored.endsOn,
          stopsBookingOn: stopsBookingOn(stored),
          stopsCollectingOn: stopsCollectingOn(stored),
          stoppedOn: stored.stoppedOn,
          storeCancelledOn: stored.storeCancelledOn,
          waiting: await countHeldBack(db, id),
          payment: paymentWay,
          offer:
            open === undefined || billing === null
              ? null
              : offerInShape(await quoteOf(db, billing, open)),
          details: {
            company: details.company,
            attention: details.attention,
            street: details.street,
            postcode: details.postcode,
            city: details.city,
            country: details.country,
            vatNumber: details.vatNumber,
            email: details.email,
            vatVerdict: details.vatVerdict,
            complete: isComplete(details),
          },
          invoices: invoices.map(invoiceInShape),
        }
      },
    )

    addRoute(
      server,
      'PUT /api/integrations/:integrationId/billing-details',
      async ({ request, params, body }) => {
        const { integration } = await workingSeatAt(house, request, params.integrationId)
        const { was, ...given } = body
        const saved = await saveBillingDetails(selling(), integration.merchantId, given, was)
        if (saved === 'wrong-number') throw new ProblemAnswer('BILLING_VAT_NUMBER_WRONG')
        if (saved === 'changed') throw new ProblemAnswer('CONFIGURATION_CHANGED')
        return { vatVerdict: saved.vatVerdict }
      },
    )

    addRoute(server, 'POST /api/integrations/:integrationId/offer', async ({ request, params }) => {
      const { integration } = await workingSeatAt(house, request, params.integrationId)
      const room = selling()
      const offer = await db.transaction().execute(async (trx) => {
        const licence = await lockedLicence(trx, integration.id)
        if (licence === undefined) throw new ProblemAnswer('NOT_FOUND')
        if (licence.stoppedOn !== null) throw new ProblemAnswer('OFFER_CLOSED')
        if (licence.billing === 'store') throw new ProblemAnswer('STORE_BILLS')
        return offerForTerm(trx, room, licence, integration.merchantId)
      })
      return offerInShape(await quoteOf(db, room, offer))
    })

    const pdfParams = z.object({ integrationId: z.uuid(), invoiceId: z.uuid() })
    server.get(
      '/api/integrations/:integrationId/invoices/:invoiceId.pdf',
      {
        config: { access: 'read' },
        schema: {
          params: pdfParams,
          summary: 'An invoice of ours as PDF',
          tags: ['licence'],
          security: securityOf('read'),
        },
      },
      async (request, reply) => {
        const { integrationId, invoiceId } = pdfParams.parse(request.params)
        await seatAt(house, request, integrationId)
        const mine = await db
          .selectFrom('invoices')
          .select('id')
          .where('id', '=', invoiceId)
          .where('integrationId', '=', integrationId)
          .executeTakeFirst()
        const found = mine === undefined ? null : await invoicePdf(db, invoiceId)
        if (found === null) throw new ProblemAnswer('NOT_FOUND')
        return reply
          .type('application/pdf')
          .header('content-disposition', `attachment; filename="${found.number}.pdf"`)
          .send(found.pdf)
      },
    )

    addRoute(server, 'GET /api/offers/:token', async ({ params }) => {
      const room = selling()
      const offer = await offerByToken(db, params.token)
      if (offer === undefined) throw new ProblemAnswer('NOT_FOUND')
      const quote = await quoteOf(db, room, offer)
      const { name } = await db
        .selectFrom('integrations')
        .select('name')
        .where('id', '=', offer.integrationId)
        .executeTakeFirstOrThrow()
      const payments = await db
        .selectFrom('payments')
        .selectAll()
        .where('offerId', '=', offer.id)
        .orderBy('id', 'desc')
        .limit(1)
        .execute()
      const [last] = payments
      // What was paid is shown as it was paid, not as it would cost today.
      const paid =
        offer.state === 'paid' && last !== undefined
          ? {
              net: euros(last.netCents),
              vat: euros(last.vatCents),
              gross: euros(last.grossCents),
              vatPercent: last.vatPercent,
              vatTreatment: quote.vat.treatment,
            }
          : null
      const { seller } = room
      return {
        number: offerNumber(offer.id),
        state: offer.state,
        underWay: last?.state === 'open' || last?.state === 'creating',
        service: offer.service,
        quantity: offer.quantity,
        integration: name,
        company: quote.details.company,
        price: paid ?? priceInShape(quote),
        payment: paymentWay,
        complete: isComplete(quote.details),
        seller: { name: seller.name, iban: seller.iban, email: seller.email },
        profilePath: `/i/${offer.integrationId}/profile`,
      }
    })

    addRoute(server, 'POST /api/offers/:token/pay', async ({ params, query }) => {
      const started = await startPayment(selling(), params.token, query.language)
      if (started.is === 'refused') {
        throw new ProblemAnswer(started.reason.code, started.reason.params)
      }
      return { goTo: started.goTo }
    })
  }
