import { type Amounts, type Both, type Priced } from './amounts.ts'
import {
  type Order as Wish,
  type paymentStatuses,
  type shipmentStatuses,
  type statuses,
  type WebhookMode,
} from './order-spec.ts'

/** One thing that happened, as `events` lists it. */
export interface OrderEvent {
  id: number
  at: Date
  channel: 'auto' | 'backend' | 'api'
  message: string
}

export interface Order {
  id: number
  number: string
  createdAt: Date
  updatedAt: Date
  wish: Wish
  amounts: Amounts
  lineIds: number[]
  customerId: number | null
  status: (typeof statuses)[number]
  paymentStatus: (typeof paymentStatuses)[number]
  shipmentStatus: (typeof shipmentStatuses)[number]
  customStatusId: number | null
  events: OrderEvent[]
  /** Pieces credited, by line. */
  refunded: number[]
}

/** What webhooks are about. */
export type Happening =
  | { group: 'orders'; action: string; order: Order; mode: WebhookMode }
  | { group: 'invoices'; action: string; invoice: Invoice; mode: WebhookMode }

export interface InvoiceItem {
  id: number
  type: 'product' | 'shipment' | 'payment'
  title: string
  variant: string
  /** Index of the order's line; null for costs. */
  line: number | null
  priced: Priced
}

export interface Invoice {
  id: number
  number: string
  createdAt: Date
  updatedAt: Date
  order: Order
  isPaid: boolean
  isCreditNote: boolean
  /** A credit note's original, or an original's credit note. */
  other: Invoice | null
  items: InvoiceItem[]
  total: Both
}
