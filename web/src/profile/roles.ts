import type { Role } from '../api/queries.ts'

/** Which roles somebody may give and take; the server decides (src/merchants/seats.ts). */
export const rolesWithin: Readonly<Record<Role, readonly Role[]>> = {
  owner: ['owner', 'admin', 'member'],
  admin: ['admin', 'member'],
  member: [],
}
