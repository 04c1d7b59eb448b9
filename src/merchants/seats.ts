import { sql, type Kysely } from 'kysely'
import type { Tables } from '../database/schema.ts'
import type { Role } from './people.ts'

export interface SeatHolder {
  userId: string
  name: string
  email: string
  role: Role
  since: Date
  /** Whether they can show more than a password. */
  secondFactor: boolean
}

/** Who has a seat at a merchant, owners first. */
export const holdersOf = async (db: Kysely<Tables>, merchantId: string): Promise<SeatHolder[]> => {
  const found = await sql<SeatHolder>`
    select u.id as "userId", u.name, u.email, s.role, s."createdAt" as since,
      (u."twoFactorEnabled" is true
        or exists (select 1 from passkey p where p."userId" = u.id)) as "secondFactor"
    from seat s join "user" u on u.id = s."userId"
    where s."organizationId" = ${merchantId}
    order by array_position(array['owner', 'admin', 'member'], s.role), u.name, u.id`.execute(db)
  return found.rows
}

/** Which roles somebody may give, take and change: nobody gives more than they have. */
const within: Readonly<Record<Role, readonly Role[]>> = {
  owner: ['owner', 'admin', 'member'],
  admin: ['admin', 'member'],
  member: [],
}

/** Whether `actor` may give somebody with `now` (null: no seat yet) the role `wanted` (null: none). Pure. */
export const mayChangeSeat = (actor: Role, now: Role | null, wanted: Role | null): boolean =>
  [now, wanted].every((role) => role === null || within[actor].includes(role))

export type SeatChange = 'changed' | 'no-seat' | 'not-allowed' | 'last-owner'

/**
 * Changes a role, or takes the seat away with `null`. The merchant's seats are locked meanwhile, so that two
 * owners who remove each other at the same moment leave one.
 * @param actor `null` leaves the seat by their own wish, which everybody may
 */
export const changeSeat = (
  db: Kysely<Tables>,
  change: { merchantId: string; userId: string; actor: Role | null; wanted: Role | null },
): Promise<SeatChange> =>
  db.transaction().execute(async (trx) => {
    const { merchantId, userId, actor, wanted } = change
    const { rows } = await sql<{ userId: string; role: Role }>`
      select "userId", role from seat where "organizationId" = ${merchantId}
      order by id for update`.execute(trx)
    const now = rows.find((row) => row.userId === userId)?.role
    if (now === undefined) return 'no-seat'
    if (actor !== null && !mayChangeSeat(actor, now, wanted)) return 'not-allowed'
    const owners = rows.filter(({ role }) => role === 'owner')
    if (now === 'owner' && wanted !== 'owner' && owners.length === 1) return 'last-owner'
    await (
      wanted === null
        ? sql`delete from seat where "organizationId" = ${merchantId} and "userId" = ${userId}`
        : sql`update seat set role = ${wanted}
          where "organizationId" = ${merchantId} and "userId" = ${userId}`
    ).execute(trx)
    return 'changed'
  })
