import type { Kysely, Selectable, Transaction } from 'kysely'
import { countHeldBack } from '../../bookings/held-back.ts'
import { findAccounting, findWebshop } from '../../connectors/registry.ts'
import { inPages } from '../../database/in-pages.ts'
import type { StoppedBy } from '../../database/licence-tables.ts'
import type { IntegrationTable, Tables } from '../../database/schema.ts'
import { stopWithin } from '../../merchants/integrations.ts'
import {
  comesUnannounced,
  nextStepOn,
  noticeDays,
  stepOn,
  stopsBookingOn,
  stopsCollectingOn,
  type LicenceFacts,
  type LicenceStep,
} from '../../merchants/licence.ts'
import { changeLicence, lockedLicence, type Licence } from '../../merchants/licences.ts'
import { addDays, calendarDay, type Day } from '../../world/calendar-day.ts'
import type { ToldStep } from '../mail/kinds/licence-step.ts'
import { queueMail } from '../mail/queue-mail.ts'
import { managersOf, payersOf } from '../recipients.ts'
import { payUrl, type BillingRoom } from './billing-room.ts'
import { offerForTerm, quoteOf } from './offers.ts'

type Integration = Pick<
  Selectable<IntegrationTable>,
  'id' | 'merchantId' | 'name' | 'webshop' | 'accounting' | 'licenceKey'
>

const integrationOf = (db: Kysely<Tables>, id: string): Promise<Integration> =>
  db
    .selectFrom('integrations')
    .select(['id', 'merchantId', 'name', 'webshop', 'accounting', 'licenceKey'])
    .where('id', '=', id)
    .executeTakeFirstOrThrow()

/** Tells that an integration was stopped, whoever stopped it. */
const tellStopped = async (
  db: Kysely<Tables>,
  room: BillingRoom,
  integration: Integration,
  by: StoppedBy,
): Promise<void> => {
  for (const { email, language } of await managersOf(db, integration.merchantId)) {
    await queueMail(db, room, {
      kind: 'integration-stopped',
      to: email,
      language,
      integrationId: integration.id,
      onceKey: `stopped:${integration.id}:${email}`,
      params: {
        integration: integration.name,
        licenceKey: integration.licenceKey,
        by,
        webshop: findWebshop(integration.webshop).title,
        accounting: findAccounting(integration.accounting).title,
        newUrl: `${room.publicUrl}/`,
      },
    })
  }
}

/** Tells of a step, with the offer that would change it. */
const tellStep = async (
  db: Kysely<Tables>,
  room: BillingRoom,
  integration: Integration,
  licence: Licence,
  step: ToldStep,
): Promise<void> => {
  const offer = await offerForTerm(db, room, licence, integration.merchantId)
  const { price, vat } = await quoteOf(db, room, offer)
  const waiting = await countHeldBack(db, integration.id)
  for (const { email, language } of await payersOf(db, integration.merchantId)) {
    await queueMail(db, room, {
      kind: 'licence-step',
      to: email,
      language,
      integrationId: integration.id,
      onceKey: `licence:${integration.id}:${licence.endsOn}:${step}:${email}`,
      params: {
        ...price,
        step,
        term: licence.term,
        integration: integration.name,
        endsOn: licence.endsOn,
        stopsBookingOn: stopsBookingOn(licence),
        stopsCollectingOn: stopsCollectingOn(licence),
        waiting,
        payUrl: payUrl(room.publicUrl, offer.token),
        vatPercent: vat.percent,
      },
    })
  }
}

const takeStep = async (
  trx: Transaction<Tables>,
  room: BillingRoom,
  licence: Licence,
  step: LicenceStep,
): Promise<void> => {
  const integration = await integrationOf(trx, licence.integrationId)
  if (step === 'lapsed') {
    await stopWithin(trx, licence.integrationId, 'lapse', room.clock.now())
    await tellStopped(trx, room, integration, 'lapse')
    await changeLicence(trx, licence.integrationId, { lookOn: null })
    return
  }
  await tellStep(trx, room, integration, licence, step)
}

/** Whoever was never warned is given notice first: the end moves, and the warning goes out. */
const withNotice = async (db: Kysely<Tables>, licence: Licence, today: Day): Promise<Licence> => {
  const due = stepOn(licence, today)
  if (due === null || !comesUnannounced(licence, due)) return licence
  const endsOn = addDays(today, noticeDays)
  await changeLicence(db, licence.integrationId, { endsOn })
  return { ...licence, endsOn }
}

/** Looks at one licence: takes the step that is due, once, with its mails and its offer, or nothing of it. */
const lookAtLicence = (room: BillingRoom, integrationId: string): Promise<void> =>
  room.db.transaction().execute(async (trx) => {
    const today = calendarDay(room.clock.now())
    const stored = await lockedLicence(trx, integrationId)
    if (stored?.lookOn == null || stored.lookOn > today) return
    if (stored.stoppedOn !== null) {
      const integration = await integrationOf(trx, integrationId)
      await tellStopped(trx, room, integration, stored.stoppedBy ?? 'merchant')
      await changeLicence(trx, integrationId, { lookOn: null })
      return
    }
    const licence = await withNotice(trx, stored, today)
    const facts: LicenceFacts = licence
    await changeLicence(trx, integrationId, { lookOn: nextStepOn(facts, today) })
    const due = stepOn(facts, today)
    if (due === null || (due === licence.step && licence.stepFor === licence.endsOn)) return
    await changeLicence(trx, integrationId, { step: due, stepFor: licence.endsOn })
    await takeStep(trx, room, licence, due)
  })

const pageMax = 200

/**
 * Looks at every licence whose day has come. One that fails stops nothing: it is told and looked at again at
 * the next run, and its integration books on meanwhile.
 * @returns how many were looked at
 */
export const lookAtLicences = async (
  room: BillingRoom,
  onFault: (error: unknown, integrationId: string) => void,
): Promise<number> => {
  const today = calendarDay(room.clock.now())
  let looked = 0
  const due = inPages<{ integrationId: string }>(pageMax, (after) =>
    room.db
      .selectFrom('licences')
      .select('integrationId')
      .where('lookOn', '<=', today)
      .$if(after !== null, (query) => query.where('integrationId', '>', after?.integrationId ?? ''))
      .orderBy('integrationId')
      .limit(pageMax)
      .execute(),
  )
  for await (const { integrationId } of due) {
    await lookAtLicence(room, integrationId).catch((error: unknown) =>
      onFault(error, integrationId),
    )
    looked += 1
  }
  return looked
}
