import type { Random } from '../world/random.ts'
import type { Database } from '../database/connect.ts'
import { seal, sealedWith, unseal, type KeyRing } from './key-ring.ts'

/** Seals and opens what the database may not hold in the clear. */
export interface Vault {
  seal(text: string, place: string): string
  open(envelope: string, place: string): string
}

export const vaultOf = (ring: KeyRing, random: Random): Vault => ({
  seal: (text, place) => seal(ring, random, text, place),
  open: (envelope, place) => unseal(ring, envelope, place),
})

/** The places of envelopes; each opens only where it was made for. */
export const places = {
  credentials: (integrationId: string, side: string) => `credentials:${integrationId}:${side}`,
  subscriptions: (integrationId: string, side: string) => `subscriptions:${integrationId}:${side}`,
  debtorKey: (integrationId: string) => `debtor-key:${integrationId}`,
  storeClaim: 'store-claim',
  signIn: (state: string) => `sign-in:${state}`,
  mail: (id: string) => `mail:${id}`,
  ticket: (id: string) => `ticket:${id}`,
  ticketMessage: (id: string) => `ticket-message:${id}`,
  ticketAttachment: (ticketId: string) => `ticket-attachment:${ticketId}`,
  unsubscribe: 'unsubscribe',
  handshake: (system: string, account: string) => `handshake:${system}:${account}`,
}

/**
 * Seals everything again that was sealed with an older key, a row at a time, so that the old key can be taken
 * off the ring afterwards. Safe to stop and to run again, and while workers run.
 * @returns how many envelopes were renewed
 */
export const rotate = async (db: Database, ring: KeyRing, random: Random): Promise<number> => {
  let renewed = 0
  const again = (envelope: string | null, place: string): string | null => {
    if (envelope === null || sealedWith(envelope) === ring.current) return null
    renewed += 1
    return seal(ring, random, unseal(ring, envelope, place), place)
  }

  for (const row of await db
    .selectFrom('connections')
    .select(['integrationId', 'side', 'credentials', 'subscriptions'])
    .execute()) {
    const credentials = again(row.credentials, places.credentials(row.integrationId, row.side))
    const subscriptions = again(
      row.subscriptions,
      places.subscriptions(row.integrationId, row.side),
    )
    // The old envelope is part of the condition: what somebody renewed meanwhile stays as it is.
    for (const [column, value, old] of [
      ['credentials', credentials, row.credentials],
      ['subscriptions', subscriptions, row.subscriptions],
    ] as const) {
      if (value === null) continue
      await db
        .updateTable('connections')
        .set({ [column]: value })
        .where('integrationId', '=', row.integrationId)
        .where('side', '=', row.side)
        .where(column, '=', old)
        .execute()
    }
  }
  for (const row of await db.selectFrom('integrations').select(['id', 'debtorKey']).execute()) {
    const debtorKey = again(row.debtorKey, places.debtorKey(row.id))
    if (debtorKey === null) continue
    await db.updateTable('integrations').set({ debtorKey }).where('id', '=', row.id).execute()
  }
  for (const row of await db.selectFrom('storeHandshakes').selectAll().execute()) {
    const credentials = again(row.credentials, places.handshake(row.system, row.account))
    if (credentials === null) continue
    await db
      .updateTable('storeHandshakes')
      .set({ credentials })
      .where('system', '=', row.system)
      .where('account', '=', row.account)
      .where('credentials', '=', row.credentials)
      .execute()
  }
  for (const row of await db.selectFrom('signIns').select(['state', 'sealed']).execute()) {
    const sealed = again(row.sealed, places.signIn(row.state))
    if (sealed === null) continue
    await db.updateTable('signIns').set({ sealed }).where('state', '=', row.state).execute()
  }
  for (const row of await db
    .selectFrom('mails')
    .select(['id', 'sealed'])
    .where('sealed', 'is not', null)
    .execute()) {
    const sealed = again(row.sealed, places.mail(row.id))
    if (sealed === null) continue
    await db
      .updateTable('mails')
      .set({ sealed })
      .where('id', '=', row.id)
      .where('sealed', '=', row.sealed)
      .execute()
  }
  for (const row of await db.selectFrom('tickets').select(['id', 'subject']).execute()) {
    const subject = again(row.subject, places.ticket(row.id))
    if (subject === null) continue
    await db
      .updateTable('tickets')
      .set({ subject })
      .where('id', '=', row.id)
      .where('subject', '=', row.subject)
      .execute()
  }
  for (const row of await db.selectFrom('ticketMessages').select(['id', 'text']).execute()) {
    const text = again(row.text, places.ticketMessage(row.id))
    if (text === null) continue
    await db.updateTable('ticketMessages').set({ text }).where('id', '=', row.id).execute()
  }
  for (const { ticketId, content: old } of await db
    .selectFrom('ticketAttachments')
    .select(['ticketId', 'content'])
    .execute()) {
    const content = again(old, places.ticketAttachment(ticketId))
    if (content === null) continue
    await db
      .updateTable('ticketAttachments')
      .set({ content })
      .where('ticketId', '=', ticketId)
      .execute()
  }
  return renewed
}
