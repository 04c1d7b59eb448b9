import type { z } from 'zod'
import { titleOf } from '../connectors/registry.ts'
import type { Alarm } from '../operator/alarms.ts'
import type { Health } from '../operator/health.ts'
import type { HealthLine } from '../operator/list-health.ts'
import type { LogLine } from '../operator/log.ts'
import type { LicenceLine } from '../operator/list-licences.ts'
import type { OfferLine } from '../operator/list-offers.ts'
import { phaseOn, stopsBookingOn } from '../merchants/licence.ts'
import { offerNumber } from '../support/billing/payments.ts'
import type { Day } from '../world/calendar-day.ts'
import type { alarm, health, logEntry } from './api/operator.ts'
import type { licenceLine, offerLine } from './api/operator-billing.ts'

const moment = (date: Date | null): string | null => date?.toISOString() ?? null

/** Share of the outcomes of a week that were refusals; null without outcomes. */
const errorRateOf = ({ bookedWeek, refusedWeek }: Health): number | null =>
  bookedWeek + refusedWeek === 0 ? null : refusedWeek / (bookedWeek + refusedWeek)

export const healthInShape = (line: HealthLine): z.input<typeof health> => ({
  id: line.integrationId,
  name: line.name,
  merchant: line.merchant,
  state: line.state,
  webshop: { title: titleOf(line.webshop), dot: line.webshopDot },
  accounting: { title: titleOf(line.accounting), dot: line.accountingDot },
  lastSeenAt: moment(line.lastSeenAt),
  lastBookedAt: moment(line.lastBookedAt),
  lagSeconds: line.lagSeconds,
  waiting: line.waiting,
  uncertain: line.uncertain,
  refused: line.refused,
  bookedWeek: line.bookedWeek,
  refusedWeek: line.refusedWeek,
  errorRate: errorRateOf(line),
  alarms: line.alarms,
  measuredAt: moment(line.measuredAt),
})

export const alarmInShape = (row: Alarm): z.input<typeof alarm> => ({
  id: row.id,
  kind: row.kind,
  params: row.params,
  integration:
    row.integrationId === null
      ? null
      : { id: row.integrationId, name: row.integrationName ?? '', merchant: row.merchant ?? '' },
  raisedAt: row.raisedAt.toISOString(),
  acknowledgedAt: moment(row.acknowledgedAt),
  acknowledgedBy: row.acknowledgedBy,
  resolvedAt: moment(row.resolvedAt),
})

export const logInShape = (line: LogLine): z.input<typeof logEntry> => ({
  id: line.id,
  at: line.at.toISOString(),
  operator: line.operatorName,
  deed: line.deed,
  integration:
    line.integrationId === null
      ? null
      : { id: line.integrationId, name: line.integrationName ?? '' },
  params: line.params,
  reason: line.reason,
})

export const licenceInShape = (row: LicenceLine, today: Day): z.input<typeof licenceLine> => ({
  integration: { id: row.integrationId, name: row.name, merchant: row.merchant },
  phase: phaseOn(row, today),
  endsOn: row.endsOn,
  stopsBookingOn: stopsBookingOn(row),
  stoppedOn: row.stoppedOn,
  stoppedBy: row.stoppedBy,
  storeCancelledOn: row.storeCancelledOn,
  waiting: row.waiting,
  offer: row.offerId === null ? null : offerNumber(row.offerId),
})

export const offerInShape = (row: OfferLine): z.input<typeof offerLine> => ({
  id: row.id,
  number: offerNumber(row.id),
  integration: { id: row.integrationId, name: row.name, merchant: row.merchant },
  service: row.service,
  quantity: row.quantity,
  netCents: row.unitCents * row.quantity,
  state: row.state,
  payPath: `/pay/${row.token}`,
  payment:
    row.paymentId === null || row.way === null
      ? null
      : { id: row.paymentId, way: row.way, keptCents: row.keptCents ?? 0 },
  madeAt: row.madeAt.toISOString(),
  changedAt: row.changedAt.toISOString(),
})
