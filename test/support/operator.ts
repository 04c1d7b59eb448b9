import type { TestHouse, Visitor } from './house.ts'

/** Makes a visitor an operator, signed in with or without a second factor. */
export const makeOperator = async (
  { house }: TestHouse,
  visitor: Visitor,
  factor: 'password' | 'totp' | 'passkey',
): Promise<void> => {
  await house.pool.query(
    `insert into operators (user_id, added_at) values ($1, now()) on conflict do nothing`,
    [visitor.userId],
  )
  await house.pool.query(`update session set factor = $2 where "userId" = $1`, [
    visitor.userId,
    factor,
  ])
}
