import { fullNumber, type OrderRecord, settle } from './order.ts'
import { createRowNumbers, type OrderRow, type RowNumbers } from './order-rows.ts'
import { type OrderEdit, type OrderSpec, type WebhookMode } from './order-spec.ts'
import { type World } from './world.ts'

/** Something a webhook may tell (section 7). */
export interface OrderEvent {
  name: string
  order: OrderRecord
  /** The members after the common head. */
  details: Record<string, unknown>
  mode: WebhookMode
}

/** What may happen to an order. Several at once happen in the order of these lines. */
export interface OrderChange {
  /** Amounts, address, anything: fires nothing known (section 7; switch `webhookOnEdit`). */
  edit?: OrderEdit
  /** Turns an abandoned checkout into an order; fires orders.created. */
  complete?: true
  paid?: boolean
  status?: number
  /** Status 8. */
  cancel?: true
  invoiceNumber?: number | null
  trackAndTrace?: { code: string; carrier: string }
  webhook?: WebhookMode
}

export interface Orders {
  /** Throws when the id is taken. */
  place(spec: OrderSpec): OrderRecord
  /** Throws when there is no such order. */
  change(id: number, change: OrderChange): OrderRecord
  find(id: number): OrderRecord | undefined
  findRow(id: number): OrderRow | undefined
  /** All, by id ascending. */
  all(): readonly OrderRecord[]
  clear(): void
  numbers: RowNumbers
}

const cancelled = 8

export function createOrders(
  world: World,
  listeners: { happened: (event: OrderEvent) => void; changed: (order: OrderRecord) => void },
): Orders {
  let sorted: OrderRecord[] = []
  const byId = new Map<number, OrderRecord>()
  const rows = new Map<number, OrderRow>()
  const numbers = createRowNumbers()
  let nextId = 500_001
  let nextNumber = 1_001

  function place(spec: OrderSpec): OrderRecord {
    const id = spec.id ?? nextId
    if (byId.has(id)) throw new Error(`there is an order ${id} already`)
    const completed = spec.completed ?? true
    const paid = spec.paid ?? completed
    const order: OrderRecord = {
      id,
      number: completed ? takeNumber(spec.number) : null,
      status: completed ? checkStatus(spec.status ?? (paid ? 2 : 4)) : null,
      paid,
      completed,
      createdAtMs: createdAt(world, spec),
      invoiceNumber: spec.invoiceNumber ?? null,
      trackAndTrace: null,
      ...settle(world, numbers, { id, spec }),
    }
    nextId = Math.max(nextId, id + 1)
    keep(order)
    if (completed) tell('orders.created', order, {}, spec.webhook)
    return order
  }

  function change(id: number, wish: OrderChange): OrderRecord {
    const order = byId.get(id)
    if (order === undefined) throw new Error(`there is no order ${id}`)
    if (wish.edit !== undefined) edit(order, wish.edit, wish.webhook)
    if (wish.complete === true) complete(order, wish.webhook)
    if (wish.paid !== undefined) setPaid(order, wish.paid, wish.webhook)
    if (wish.status !== undefined) setStatus(order, wish.status, wish.webhook)
    if (wish.cancel === true) setStatus(order, cancelled, wish.webhook)
    if (wish.invoiceNumber !== undefined) order.invoiceNumber = wish.invoiceNumber
    if (wish.trackAndTrace !== undefined) setTrack(order, wish.trackAndTrace, wish.webhook)
    listeners.changed(order)
    return order
  }

  function edit(order: OrderRecord, wish: OrderEdit, mode?: WebhookMode): void {
    const spec = { ...order.spec, ...wish }
    for (const row of order.rows) rows.delete(row.id)
    Object.assign(order, settle(world, numbers, { id: order.id, spec, before: order.rows }))
    if (wish.createdAt !== undefined) order.createdAtMs = createdAt(world, spec)
    for (const row of order.rows) rows.set(row.id, row)
    const { webhookOnEdit } = world.switches
    if (webhookOnEdit === 'orders.updated.status') tellStatus(order, order.status, mode)
    else if (webhookOnEdit !== 'none') tell(webhookOnEdit, order, {}, mode)
  }

  function complete(order: OrderRecord, mode?: WebhookMode): void {
    if (order.completed) return
    order.completed = true
    order.number = takeNumber(order.spec.number)
    order.status = order.paid ? 2 : 4
    tell('orders.created', order, {}, mode)
  }

  function setPaid(order: OrderRecord, paid: boolean, mode?: WebhookMode): void {
    if (order.paid === paid) return
    order.paid = paid
    tell('orders.updated.ispaid', order, { paid }, mode)
  }

  function setStatus(order: OrderRecord, status: number, mode?: WebhookMode): void {
    const previous = order.status
    if (previous === status) return
    if (previous === null) throw new Error(`order ${order.id} is an abandoned checkout`)
    order.status = checkStatus(status)
    tellStatus(order, previous, mode)
  }

  function setTrack(
    order: OrderRecord,
    track: { code: string; carrier: string },
    mode?: WebhookMode,
  ): void {
    order.trackAndTrace = track
    const details = { track_and_trace_code: track.code, track_and_trace_carrier: track.carrier }
    tell('orders.updated.trackandtrace', order, details, mode)
  }

  function tellStatus(order: OrderRecord, previous: number | null, mode?: WebhookMode): void {
    const details = { previous_status: previous, status: order.status }
    tell('orders.updated.status', order, details, mode)
  }

  function tell(
    name: string,
    order: OrderRecord,
    details: Record<string, unknown>,
    mode: WebhookMode = 'send',
  ): void {
    listeners.happened({ name, order, details, mode })
  }

  function keep(order: OrderRecord): void {
    byId.set(order.id, order)
    for (const row of order.rows) rows.set(row.id, row)
    const last = sorted.at(-1)
    if (last === undefined || last.id < order.id) sorted.push(order)
    // Only an order with an id of its own choosing lands between the others.
    else sorted = [...sorted, order].sort((left, right) => left.id - right.id)
  }

  function takeNumber(wanted: number | undefined): number {
    const number = wanted ?? nextNumber
    nextNumber = Math.max(nextNumber, number + 1)
    return number
  }

  return {
    place,
    change,
    find: (id) => byId.get(id),
    findRow: (id) => rows.get(id),
    all: () => sorted,
    clear: () => {
      sorted = []
      byId.clear()
      rows.clear()
      numbers.clear()
      nextId = 500_001
      nextNumber = 1_001
    },
    numbers,
  }
}

/** The members every recorded webhook body starts with (section 7). */
export function eventHead(order: OrderRecord): Record<string, unknown> {
  return {
    id: order.id,
    order_number: order.number,
    ordernumber_prefix: order.spec.numberPrefix ?? 'W',
    ordernumber_full: fullNumber(order),
    total_price: order.totalCents / 100,
  }
}

function createdAt(world: World, spec: OrderSpec): number {
  const time = spec.createdAt === undefined ? world.now().getTime() : Date.parse(spec.createdAt)
  if (Number.isNaN(time)) throw new Error(`createdAt is not a date: ${spec.createdAt ?? ''}`)
  // The API shows whole seconds, so a filter must not see more than that.
  return Math.floor(time / 1_000) * 1_000
}

function checkStatus(status: number): number {
  if (Number.isInteger(status) && status >= 1 && status <= 14) return status
  throw new Error(`status must be 1 to 14, not ${status}`)
}
