import type { Subscription } from '../../webshop.ts'
import type { Api } from './api.ts'
import * as wire from './wire.ts'

const orderEvents = ['orders/created', 'orders/updated', 'orders/paid']

export const eventsOf = (creditInvoices: boolean): readonly string[] =>
  creditInvoices ? [...orderEvents, 'invoices/created'] : orderEvents

/** Ours: at our address or below it, or known from before under an address we no longer have. */
const isOurs = (webhook: wire.WireWebhook, address: string, knownIds: ReadonlySet<string>) =>
  webhook.address === address ||
  webhook.address.startsWith(`${address}/`) ||
  webhook.address.startsWith(`${address}?`) ||
  knownIds.has(webhook.id)

/** The one to keep for `event`: in use, at our address, in JSON. The oldest, so that it stays the same. */
const chosen = (webhooks: readonly wire.WireWebhook[], event: string, address: string) =>
  webhooks.find(
    (webhook) =>
      `${webhook.itemGroup}/${webhook.itemAction}` === event &&
      webhook.address === address &&
      webhook.isActive &&
      webhook.format === 'json',
  )

const create = (api: Api, event: string, address: string): Promise<wire.WireWebhook> => {
  const [itemGroup, itemAction] = event.split('/')
  const { language } = api.access.credentials
  const webhook = { isActive: true, itemGroup, itemAction, language, format: 'json', address }
  return api.create('webhooks', { webhook }, wire.webhook)
}

/**
 * Leaves exactly one active webhook of ours per event at `address`. The platform refuses no doubles
 * (contract §7), so it lists before it makes anything, and a repeat changes nothing. Webhooks of others, also
 * of another integration with the same shop, are left alone.
 *
 * @param known what an earlier call returned: finds ours after our address changed
 */
export const subscribe = async (
  api: Api,
  address: string,
  known: readonly Subscription[],
  creditInvoices: boolean,
): Promise<Subscription[]> => {
  const shop = await api.get('shop', wire.shop)
  const knownIds = new Set(known.map(({ remoteId }) => remoteId))
  const listed = await api.all('webhooks', wire.webhook)
  const ours = listed
    .filter((webhook) => isOurs(webhook, address, knownIds))
    .sort((a, b) => (BigInt(a.id) < BigInt(b.id) ? -1 : 1))
  const events = eventsOf(creditInvoices)
  const kept = events.map((event) => chosen(ours, event, address))
  for (const webhook of ours)
    if (!kept.includes(webhook)) await api.remove(`webhooks/${webhook.id}`)

  // Verifying happens without a session; it needs the secret, and whose shop it is.
  const { signingSecret, apiSecret } = api.access.credentials
  const key = signingSecret || apiSecret
  const facts = { shopId: shop.id }
  const subscriptions: Subscription[] = []
  for (const [index, event] of events.entries()) {
    const webhook = kept[index] ?? (await create(api, event, address))
    subscriptions.push({ event, remoteId: webhook.id, key, facts })
  }
  return subscriptions
}
