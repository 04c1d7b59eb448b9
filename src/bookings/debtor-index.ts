import { sql } from 'kysely'
import { asked } from './commit-errors.ts'
import { emailHash, type FindRoom } from './desk.ts'

/** Asking what changed costs a call; several sales of one drain share it. */
const freshMs = 60_000
/** More pages than any administration has: whatever answers more is not a list of debtors. */
const pagesMax = 1_000

/** What we know of the debtor with this address; undefined when nothing. */
export const debtorRow = ({ db, integrationId }: FindRoom, hash: Buffer) =>
  asked(
    db
      .selectFrom('debtors')
      .select(['remoteId', 'heldUntil'])
      .where('integrationId', '=', integrationId)
      .where('emailHash', '=', hash)
      .executeTakeFirst(),
  )

/**
 * Whether a scan is too old for this address: after a minute, or when it was made before a create of unknown
 * outcome had surely come to its end. One of the future was written down by a clock that has been set since.
 */
const isStale = async (desk: FindRoom, scannedAt: Date, hash: Buffer): Promise<boolean> => {
  const now = desk.clock.now()
  if (Math.abs(now.getTime() - scannedAt.getTime()) >= freshMs) return true
  const heldUntil = (await debtorRow(desk, hash))?.heldUntil ?? null
  return heldUntil !== null && heldUntil <= now && scannedAt < heldUntil
}

/** Reads what changed since the last scan into the index. Only addresses' HMACs are kept. */
const refresh = async (desk: FindRoom, hash: Buffer): Promise<void> => {
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
  if (scan?.scannedAt != null && !(await isStale(desk, scan.scannedAt, hash))) return
  let pages = 0
  for await (const page of connector.changedDebtors?.(session, scan?.cursor ?? null) ?? []) {
    pages += 1
    if (pages > pagesMax) throw new Error('a list of debtors without end')
    const rows = page.debtors.flatMap(({ id, emails }) =>
      emails.map((email) => ({ id, hash: emailHash(desk.debtorKey, email).toString('hex') })),
    )
    const ids = page.debtors.map(({ id }) => id)
    await asked(
      db.transaction().execute(async (trx) => {
        // Whoever has another address now is not to be found by the old one.
        await sql`
          delete from debtors d where d.integration_id = ${integrationId} and d.remote_id = any (${ids}::text[])
            and not exists (
              select 1 from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r (id text, hash text)
              where r.id = d.remote_id and decode(r.hash, 'hex') = d.email_hash)`.execute(trx)
        // Several debtors with one address: always the same one, of those we hear of together the oldest.
        await sql`
          insert into debtors as d (integration_id, email_hash, remote_id)
          select ${integrationId}, decode(r.hash, 'hex'),
            (array_agg(r.id order by length(r.id), r.id collate "C"))[1]
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
export const indexedDebtor = async (desk: FindRoom, email: string): Promise<string | null> => {
  const hash = emailHash(desk.debtorKey, email)
  await desk.inTurn('debtor index', () => refresh(desk, hash))
  return (await debtorRow(desk, hash))?.remoteId ?? null
}
