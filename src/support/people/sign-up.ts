import type { Kysely } from 'kysely'
import { findAccounting, findWebshop } from '../../connectors/registry.ts'
import type { Tables } from '../../database/schema.ts'
import { insertIntegration, type MerchantRoom } from '../../merchants/integrations.ts'
import { mayKnock } from '../../merchants/knocks.ts'
import { makePasswordLink } from '../../merchants/password-links.ts'
import { insertMerchant, insertUser, userByEmail, type User } from '../../merchants/people.ts'
import { newIdentifier } from '../../world/identifier.ts'
import { queueMail } from '../mail/queue-mail.ts'

export interface WantedAccount {
  name: string
  company: string
  email: string
  homeCountry: 'NL' | 'BE'
  language: 'nl' | 'en'
  webshop: string
  accounting: string
}

/** Long enough for a weekend. */
const passwordHours = 72

/** Makes user, merchant and integration, and writes the mail that lets them in: all of it or nothing. */
const welcome = async (
  trx: Kysely<Tables>,
  room: MerchantRoom,
  publicUrl: string,
  user: User,
  wanted: WantedAccount,
): Promise<string> => {
  const merchantId = await insertMerchant(trx, room, { company: wanted.company, userId: user.id })
  const { id, licenceKey } = await insertIntegration(trx, room, {
    merchantId,
    name: wanted.company,
    webshop: wanted.webshop,
    accounting: wanted.accounting,
    settings: { homeCountry: wanted.homeCountry },
    language: wanted.language,
  })
  await queueMail(trx, room, {
    kind: 'registration',
    to: user.email,
    language: wanted.language,
    integrationId: id,
    onceKey: `registration:${id}`,
    params: {
      name: wanted.name,
      userName: user.email,
      webshop: findWebshop(wanted.webshop).title,
      accounting: findAccounting(wanted.accounting).title,
      licenceKey,
      installUrl: `${publicUrl}/i/${id}/install?key=${licenceKey}`,
      passwordUrl: await makePasswordLink(trx, room, publicUrl, user.id, passwordHours),
      passwordHours,
    },
  })
  return id
}

/** Tells somebody who has an account that it was asked for again, and how to go on. */
const remind = async (
  trx: Kysely<Tables>,
  room: MerchantRoom,
  publicUrl: string,
  user: User,
  { webshop, accounting, claim }: WantedAccount & { claim: string | null },
): Promise<void> => {
  const pair = new URLSearchParams({ webshop, accounting, ...(claim !== null && { claim }) })
  await queueMail(trx, room, {
    kind: 'known-address',
    to: user.email,
    language: user.language,
    integrationId: null,
    onceKey: `known-address:${newIdentifier(room.clock, room.random)}`,
    params: {
      name: user.name,
      webshop: findWebshop(webshop).title,
      accounting: findAccounting(accounting).title,
      newUrl: `${publicUrl}/new?${pair.toString()}`,
      forgottenUrl: `${publicUrl}/forgotten`,
    },
  })
}

/**
 * Somebody at the door asks for an account. What happened is told to the mailbox and to nobody else: a new
 * address gets its way in, a known one a reminder, and one that was asked for too often gets nothing.
 * @param claim of an app store that sent this browser, or null
 * @returns the new integration; null for an address that was known, or knocked too often
 */
export const signUp = async (
  room: MerchantRoom,
  publicUrl: string,
  wanted: WantedAccount,
  claim: string | null,
): Promise<string | null> => {
  if (!(await mayKnock(room.db, room.clock, 'sign-up', wanted.email))) return null
  return room.db.transaction().execute(async (trx) => {
    const user = await insertUser(trx, room, wanted)
    if (user !== null) return welcome(trx, room, publicUrl, user, wanted)
    const known = await userByEmail(trx, wanted.email)
    if (known !== null) await remind(trx, room, publicUrl, known, { ...wanted, claim })
    return null
  })
}
