import type { ColumnType, Generated } from 'kysely'

/** The tables of tickets and of the operator's console; `migrations/0007-desk.ts` makes them. */
export interface DeskTables {
  tickets: TicketTable
  ticketMessages: TicketMessageTable
  ticketAttachments: TicketAttachmentTable
  operators: OperatorTable
  operatorLog: OperatorLogTable
  integrationHealth: IntegrationHealthTable
  alarms: AlarmTable
  remotePauses: RemotePauseTable
  merchantViews: MerchantViewTable
}

type Moment = ColumnType<Date, Date, Date>
type Json<T> = ColumnType<T, string, string>
type Params = Record<string, string | number>

/** `asked`: the operator's turn. `answered`: the merchant's. `settled`: done, until somebody writes again. */
export type TicketState = 'asked' | 'answered' | 'settled'

export interface TicketTable {
  integrationId: string
  id: string
  /** What people call it: T-7K3M9Q. */
  reference: string
  askerId: string
  language: 'nl' | 'en'
  topic: 'question' | 'problem'
  state: TicketState
  /** Envelope: people write names into it. */
  subject: string
  /** The problem it is about, for canned remedies and for grouping. */
  code: string | null
  params: Json<Params> | null
  /** The system that the problem came from, where it names one. */
  system: string | null
  bookingId: string | null
  /** About the booking: codes, figures and times, nothing personal. */
  facts: Json<Record<string, unknown>> | null
  assigneeId: string | null
  createdAt: Moment
  changedAt: Moment
  settledAt: Moment | null
}

export interface TicketMessageTable {
  integrationId: string
  id: string
  ticketId: string
  author: 'merchant' | 'operator'
  authorId: string
  /** Envelope. */
  text: string
  at: Moment
}

export interface TicketAttachmentTable {
  integrationId: string
  ticketId: string
  /** Envelope of the figures and calls: the only place where a buyer's data may lie, and not for long. */
  content: string
  expiresAt: Moment
}

export interface OperatorTable {
  userId: string
  addedAt: Moment
  removedAt: Moment | null
}

export interface OperatorLogTable {
  id: string
  at: Moment
  operatorId: string
  operatorName: string
  deed: string
  integrationId: string | null
  params: Json<Params>
  reason: string
}

export interface IntegrationHealthTable {
  integrationId: string
  measuredAt: Moment
  lastSeenAt: Moment | null
  lastBookedAt: Moment | null
  /** How long the oldest work that is due has been waiting. */
  lagSeconds: Generated<number>
  waiting: Generated<number>
  uncertain: Generated<number>
  refused: Generated<number>
  bookedWeek: Generated<number>
  refusedWeek: Generated<number>
  /** 0: both green; 1: one was never connected; 2: one is red. */
  dots: Generated<number>
}

export type AlarmKind = 'quiet' | 'red' | 'uncertain' | 'lag'

export interface AlarmTable {
  id: string
  integrationId: string | null
  kind: AlarmKind
  params: Json<Params>
  raisedAt: Moment
  acknowledgedAt: Moment | null
  acknowledgedBy: string | null
  resolvedAt: Moment | null
}

export interface RemotePauseTable {
  system: string
  /** In the operator's words; merchants see it. */
  reason: string
  pausedBy: string
  pausedAt: Moment
}

export interface MerchantViewTable {
  id: string
  operatorId: string
  integrationId: string
  reason: string
  startedAt: Moment
  endsAt: Moment
  endedAt: Moment | null
  escalatedAt: Moment | null
}
