import { z } from 'zod'
import { schemaOf } from '../connectors/settings.ts'
import { findAccounting, findWebshop } from '../connectors/registry.ts'
import type { Finding } from '../connectors/finding.ts'
import type { Side } from '../database/schema.ts'
import { Trouble, type Reason } from '../problems/reason.ts'
import { later } from '../world/clock.ts'
import { examine, saveCredentials } from './connections.ts'
import { remoteOf, signInOf, type RenewalRoom } from './renewal.ts'
import { places } from './vault.ts'

/** As long as somebody may take at the remote's own pages. */
const patienceMs = 30 * 60_000

const beginning = z.object({
  integrationId: z.string(),
  side: z.enum(['webshop', 'accounting']),
  userId: z.string(),
  credentials: z.record(z.string(), z.unknown()),
  kept: z.record(z.string(), z.string()),
  /** Whether the remote is shown in a window of its own. */
  ownWindow: z.boolean().default(false),
  until: z.iso.datetime(),
})

type Beginning = z.output<typeof beginning>

/** Where a remote sends the browser back to; registered with it. */
const returnAddressOf = (publicUrl: string, system: string): string =>
  `${publicUrl}/connect/${system}/return`

/**
 * Begins to sign in at a remote. What has to be known when the browser comes back is kept by us, sealed; only
 * a random name of it travels.
 * @throws Trouble of the remote; z.ZodError when the form is not filled in
 */
export const beginSignIn = async (
  room: RenewalRoom,
  publicUrl: string,
  wanted: {
    integrationId: string
    side: Side
    system: string
    userId: string
    ownWindow: boolean
  },
  filledIn: Record<string, unknown>,
): Promise<{ goTo: string } | null> => {
  const { integrationId, side, system, userId, ownWindow } = wanted
  const signIn = signInOf({ side, system })
  const remote = remoteOf(room, system)
  if (signIn === undefined || (signIn.needsApp && remote.app === null)) return null
  const fields = side === 'webshop' ? findWebshop(system) : findAccounting(system)
  const credentials = schemaOf(fields.credentials).parse(filledIn)
  const state = Buffer.from(room.random.bytes(24)).toString('base64url')
  const { goTo, kept } = await signIn.begin(remote, {
    credentials: credentials as never,
    returnAddress: returnAddressOf(publicUrl, system),
    state,
  })
  const until = later(room.clock.now(), patienceMs).toISOString()
  // Whoever never came back left credentials behind; the next one that begins sweeps them up.
  await room.db
    .deleteFrom('signIns')
    .where('startedAt', '<', later(room.clock.now(), -patienceMs))
    .execute()
  const begun: Beginning = { integrationId, side, userId, credentials, kept, ownWindow, until }
  await room.db
    .insertInto('signIns')
    .values({
      state,
      sealed: room.vault.seal(JSON.stringify(begun), places.signIn(state)),
      startedAt: room.clock.now(),
    })
    .execute()
  return { goTo }
}

interface Begun {
  integrationId: string
  side: Side
  ownWindow: boolean
}

export type SignedIn =
  | (Begun & { is: 'connected'; findings: Finding[] })
  /** The remote or the person said no: what was connected before stays as it is. */
  | (Begun & { is: 'failed'; reason: Reason })
  /** Nothing was begun under this name by this person, or too long ago. */
  | { is: 'unknown' }

/** Who came back, with what, and what they may at this moment. */
export interface Return {
  system: string
  userId: string
  query: URLSearchParams
  /** Asked now, not when they began: a seat may have been taken away meanwhile. */
  mayConnect: (integrationId: string) => Promise<boolean>
}

/** The browser came back: finishes what this person began, once. */
export const finishSignIn = async (
  room: RenewalRoom,
  publicUrl: string,
  { system, userId, query, mayConnect }: Return,
): Promise<SignedIn> => {
  const state = query.get('state') ?? ''
  // Taken out before anything is asked of the remote: a second return finds nothing.
  const row = await room.db
    .deleteFrom('signIns')
    .where('state', '=', state)
    .returning('sealed')
    .executeTakeFirst()
  if (row === undefined) return { is: 'unknown' }
  const begun = beginning.parse(JSON.parse(room.vault.open(row.sealed, places.signIn(state))))
  if (begun.userId !== userId || new Date(begun.until) < room.clock.now()) return { is: 'unknown' }
  const { integrationId, side } = begun
  if (!(await mayConnect(integrationId))) return { is: 'unknown' }
  const signIn = signInOf({ side, system })
  if (signIn === undefined) return { is: 'unknown' }
  const at: Begun = { integrationId, side, ownWindow: begun.ownWindow }
  try {
    const credentials = await signIn.finish(remoteOf(room, system), {
      credentials: begun.credentials as never,
      returnAddress: returnAddressOf(publicUrl, system),
      kept: begun.kept,
      query,
    })
    await saveCredentials(room, integrationId, side, system, credentials)
    const findings = await examine(room, room.http, integrationId, side)
    return { ...at, is: 'connected', findings }
  } catch (error) {
    if (error instanceof Trouble) return { ...at, is: 'failed', reason: error.reason }
    throw error
  }
}
