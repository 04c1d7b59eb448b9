import { type Counts } from './api.ts'
import { type App } from './app.ts'
import { type Delivery } from './deliveries.ts'
import { type Order } from './order.ts'
import { type Webhook } from './webhooks.ts'

/** What the shop knows and what happened to it: for checkers and for the back office. */
export interface Ledger {
  orders: Order[]
  invoices: { id: number; orderId: number; number: string; type: string; totalCents: number }[]
  webhooks: Webhook[]
  deliveries: Delivery[]
  requests: Counts['requests']
  errors: Counts['errors']
  app: Omit<App, 'secret'>
  installation: { apiPublic: string; isInstalled: boolean } | null
}
