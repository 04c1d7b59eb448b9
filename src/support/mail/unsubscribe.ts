import { createHash } from 'node:crypto'
import type { Kysely } from 'kysely'
import { z } from 'zod'
import type { Tables } from '../../database/schema.ts'
import { places, type Vault } from '../../merchants/vault.ts'

/** What somebody does not want to get any more: one kind of mail, of one integration (null: of none). */
export interface Unwanted {
  address: string
  kind: string
  integrationId: string | null
}

const unwantedShape = z.object({
  address: z.string(),
  kind: z.string(),
  integrationId: z.uuid().nullable(),
})

/** The path a mail's unsubscribe link leads to (RFC 8058: a POST there does it at one click). */
export const unsubscribePath = '/mail/unsubscribe'

/** The address that ends one kind of mail to one reader. Sealed: it names the reader, and nobody can make one. */
export const unsubscribeUrl = (publicUrl: string, vault: Vault, unwanted: Unwanted): string => {
  const url = new URL(publicUrl + unsubscribePath)
  url.searchParams.set('with', vault.seal(JSON.stringify(unwanted), places.unsubscribe))
  return url.toString()
}

/** @returns null for a link that is not ours, or was changed on its way */
export const readUnsubscribe = (vault: Vault, sealed: string): Unwanted | null => {
  try {
    return unwantedShape.parse(JSON.parse(vault.open(sealed, places.unsubscribe)))
  } catch {
    return null
  }
}

const keyOf = ({ address, kind, integrationId }: Unwanted) => ({
  addressHash: createHash('sha256').update(address.trim().toLowerCase()).digest(),
  kind,
  scope: integrationId ?? '',
})

export const unsubscribe = async (
  db: Kysely<Tables>,
  unwanted: Unwanted,
  at: Date,
): Promise<void> => {
  await db
    .insertInto('mailUnsubscriptions')
    .values({ ...keyOf(unwanted), at })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
}

/** Wanted again. */
export const subscribe = async (db: Kysely<Tables>, unwanted: Unwanted): Promise<void> => {
  const { addressHash, kind, scope } = keyOf(unwanted)
  await db
    .deleteFrom('mailUnsubscriptions')
    .where('addressHash', '=', addressHash)
    .where('kind', '=', kind)
    .where('scope', '=', scope)
    .execute()
}

export const isUnwanted = async (db: Kysely<Tables>, unwanted: Unwanted): Promise<boolean> => {
  const { addressHash, kind, scope } = keyOf(unwanted)
  const row = await db
    .selectFrom('mailUnsubscriptions')
    .select('kind')
    .where('addressHash', '=', addressHash)
    .where('kind', '=', kind)
    .where('scope', '=', scope)
    .executeTakeFirst()
  return row !== undefined
}
