import { sql } from 'kysely'
import { asked } from './commit-errors.ts'
import { emailHash, type Desk } from './desk.ts'

/** Asking what changed costs a call; several sales of one drain share it. */
const freshMs = 60_000
/** More pages than any administration has: whatever answers more is not a list of debtors. */
const pagesMax = 1_000

/** Reads what changed since the last scan into the index. Only addresses' HMACs are kept. */
const refresh = async (desk: Desk): Promise<void> => {
  const { db, integrationId, clock, accounting } = desk
  const { connector, session } = accounting
  const scan = await asked(
    db
      .selectFrom('debtorScans')
      .selectAll()
      .where('integrationId', '=', integrationId)
      .executeTakeFirst(),
  )
  const now = clock.now()
  if (scan?.scannedAt != null && now.getTime() - scan.scannedAt.getTime() < freshMs) return
  let pages = 0
  for await (const page of connector.changedDebtors?.(session, scan?.cursor ?? null) ?? []) {
    pages += 1
    if (pages > pagesMax) throw new Error('a list of debtors without end')
    const rows = page.debtors.flatMap(({ id, emails }) =>
      emails.map((email) => ({ id, hash: emailHash(desk.debtorKey, email).toString('hex') })),
    )
    await asked(
      db.transaction().execute(async (trx) => {
        // Several debtors with one address: always the same one, the oldest.
        await sql`
          insert into debtors as d (integration_id, email_hash, remote_id)
          select ${integrationId}, decode(r.hash, 'hex'), min(r.id)
          from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r (id text, hash text)
          group by r.hash
          on conflict (integration_id, email_hash) do update set remote_id = excluded.remote_id, held_until = null
            where d.remote_id is null`.execute(trx)
        await trx
          .insertInto('debtorScans')
          .values({ integrationId, cursor: page.cursor, scannedAt: null })
          .onConflict((conflict) =>
            conflict.column('integrationId').doUpdateSet({ cursor: page.cursor }),
          )
          .execute()
      }),
    )
  }
  await asked(
    db
      .insertInto('debtorScans')
      .values({ integrationId, cursor: scan?.cursor ?? null, scannedAt: now })
      .onConflict((conflict) => conflict.column('integrationId').doUpdateSet({ scannedAt: now }))
      .execute(),
  )
}

/** The remote id of the debtor with this address, by our index; null when there is none. */
export const indexedDebtor = async (desk: Desk, email: string): Promise<string | null> => {
  await desk.inTurn('debtor index', () => refresh(desk))
  const row = await asked(
    desk.db
      .selectFrom('debtors')
      .select('remoteId')
      .where('integrationId', '=', desk.integrationId)
      .where('emailHash', '=', emailHash(desk.debtorKey, email))
      .executeTakeFirst(),
  )
  return row?.remoteId ?? null
}
