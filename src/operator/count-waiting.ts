import { sql } from 'kysely'
import type { Database } from '../database/connect.ts'

/** What waits for operators at this moment. */
export const countWaiting = async (
  db: Database,
): Promise<{ alarms: number; tickets: number; pauses: number }> => {
  const found = await sql<{ alarms: number; tickets: number; pauses: number }>`
    select
      (select count(*)::int from alarms where resolved_at is null and acknowledged_at is null)
        as alarms,
      (select count(*)::int from tickets where state = 'asked') as tickets,
      (select count(*)::int from remote_pauses) as pauses`.execute(db)
  return found.rows[0] ?? { alarms: 0, tickets: 0, pauses: 0 }
}
