import type pg from 'pg'

export interface OpenSession {
  id: string
  createdAt: Date
  /** The last sign of life, to a day: it is only written when the session is extended. */
  updatedAt: Date
  userAgent: string
  ipAddress: string
}

/** Where a user is signed in, newest first. The keys of the sessions are left out. */
export const sessionsOf = async (
  pool: pg.Pool,
  userId: string,
  now: Date,
): Promise<OpenSession[]> => {
  const found = await pool.query<OpenSession>(
    `select id, "createdAt", "updatedAt", coalesce("userAgent", '') as "userAgent",
       coalesce("ipAddress", '') as "ipAddress"
     from session where "userId" = $1 and "expiresAt" > $2 order by "createdAt" desc limit 200`,
    [userId, now],
  )
  return found.rows
}

/** Which sessions to end: one by its id, all but one, or every one. */
export type Ending = { one: string } | { allBut: string } | 'all'

/** Ends sessions of a user. @returns how many */
export const endSessions = async (
  pool: pg.Pool,
  userId: string,
  ending: Ending,
): Promise<number> => {
  const gone =
    ending === 'all'
      ? await pool.query(`delete from session where "userId" = $1`, [userId])
      : 'one' in ending
        ? await pool.query(`delete from session where "userId" = $1 and id = $2`, [
            userId,
            ending.one,
          ])
        : await pool.query(`delete from session where "userId" = $1 and id <> $2`, [
            userId,
            ending.allBut,
          ])
  return gone.rowCount ?? 0
}
