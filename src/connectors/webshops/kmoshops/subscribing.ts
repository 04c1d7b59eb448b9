import { reason, Trouble } from '../../../problems/reason.ts'
import type { Subscription } from '../../webshop.ts'
import { system, type Api } from './api.ts'
import * as wire from './wire.ts'

/** There is no catch-all "order updated" (contract §7): editing an order fires nothing. */
const events = ['orders.created', 'orders.updated.status', 'orders.updated.ispaid']

/** A webhook with the key it signs with, wherever that was found. */
type Keyed = wire.WireWebhook & { key: string }

/** Ours: at our address or below it, or known from before under an address we no longer have. */
const isOurs = (webhook: wire.WireWebhook, address: string, knownIds: ReadonlySet<string>) =>
  webhook.address === address ||
  webhook.address.startsWith(`${address}/`) ||
  webhook.address.startsWith(`${address}?`) ||
  knownIds.has(webhook.id)

/** The one to keep for `event`: in use, at our address, with a key. The oldest, so that it stays the same. */
const chosen = (webhooks: readonly Keyed[], event: string, address: string): Keyed | undefined =>
  webhooks.find(
    (webhook) =>
      webhook.event === event &&
      webhook.address === address &&
      webhook.is_active !== false &&
      webhook.key !== '',
  )

const create = async (api: Api, event: string, address: string): Promise<Keyed> => {
  const value = { event, address, is_active: true }
  const made = await api.create('webhooks', value, wire.webhook)
  // Created but answered with nothing (contract §5): then the list has it, and its key "by schema" (§7).
  const webhook = made ?? chosen(await api.all('webhooks', wire.webhook), event, address)
  if (webhook !== undefined && webhook.key !== '') return webhook
  throw new Trouble('never', reason('REMOTE_SHAPE', { system, field: 'key' }))
}

/**
 * Leaves exactly one active webhook of ours per event at `address` and hands over their keys. Lists before it
 * makes anything, so a repeat changes nothing. Webhooks of others, also of another integration with the same
 * shop, are left alone.
 *
 * @param known what an earlier call returned: finds ours after our address changed, and keys that the list
 *   does not show
 */
export const subscribe = async (
  api: Api,
  address: string,
  known: readonly Subscription[],
  signedOver: string,
): Promise<Subscription[]> => {
  const keys = new Map(known.map(({ remoteId, key }) => [remoteId, key]))
  const listed = await api.all('webhooks', wire.webhook)
  const ours = listed
    .filter((webhook) => isOurs(webhook, address, new Set(keys.keys())))
    .map((webhook) => ({ ...webhook, key: webhook.key || (keys.get(webhook.id) ?? '') }))
  const kept = events.map((event) => chosen(ours, event, address))
  // Removing first: a second webhook of the same event and address may be refused.
  for (const webhook of ours)
    if (!kept.includes(webhook)) await api.remove(`webhooks/${webhook.id}`)

  // Verifying happens without a session; it needs the shop's host and the pinned form.
  const facts = { host: new URL(api.root).host, signedOver }
  const subscriptions: Subscription[] = []
  for (const [index, event] of events.entries()) {
    const webhook = kept[index] ?? (await create(api, event, address))
    subscriptions.push({ event, remoteId: webhook.id, key: webhook.key, facts })
  }
  return subscriptions
}

/** Leaves no webhook of ours in the shop. Those of others are left alone. */
export const unsubscribe = async (
  api: Api,
  address: string,
  known: readonly Subscription[],
): Promise<void> => {
  const knownIds = new Set(known.map(({ remoteId }) => remoteId))
  for (const webhook of await api.all('webhooks', wire.webhook)) {
    if (isOurs(webhook, address, knownIds)) await api.remove(`webhooks/${webhook.id}`)
  }
}
