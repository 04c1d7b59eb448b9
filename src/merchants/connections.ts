import { isHealthy, type Finding } from '../connectors/finding.ts'
import type { HttpClient } from '../connectors/http.ts'
import { findAccounting, findWebshop } from '../connectors/registry.ts'
import type { Session } from '../connectors/session.ts'
import { schemaOf, type Fields } from '../connectors/settings.ts'
import type { Choices, Subscription } from '../connectors/webshop.ts'
import type { Selectable } from 'kysely'
import type { ConnectionTable, Side } from '../database/schema.ts'
import type { ProblemCode } from '../problems/catalogue.ts'
import { reason, Trouble, type Reason } from '../problems/reason.ts'
import { z } from 'zod'
import type { MerchantRoom } from './integrations.ts'
import { places } from './vault.ts'

/** A connection with its secrets opened; lives for one job, never logged. */
export interface OpenConnection {
  integrationId: string
  side: Side
  system: string
  credentials: Record<string, unknown>
  /** The envelope the credentials lie in. */
  sealed: string
  subscriptions: readonly Subscription[]
  settings: Record<string, unknown>
  choices: Choices
  dot: 'new' | 'green' | 'red'
}

const credentialsSchema = z.record(z.string(), z.unknown())

const subscriptionsSchema = z.array(
  z.object({
    event: z.string(),
    remoteId: z.string(),
    key: z.string(),
    facts: z.record(z.string(), z.string()),
  }),
)

const fieldsOf = (side: Side, system: string): { credentials: Fields; settings: Fields } =>
  side === 'webshop' ? findWebshop(system) : findAccounting(system)

/** Settings as stored, with defaults for what a newer version added. @throws Trouble SETTINGS_INVALID */
const readSettings = (fields: Fields, stored: Record<string, unknown>): Record<string, unknown> => {
  const parsed = schemaOf(fields).safeParse(stored)
  if (parsed.success) return parsed.data
  const [issue] = parsed.error.issues
  const unknown = issue?.code === 'unrecognized_keys' ? issue.keys[0] : undefined
  const field = unknown ?? issue?.path.map(String).join('.') ?? ''
  throw new Trouble('never', reason('SETTINGS_INVALID', { field }))
}

export type ConnectionRow = Selectable<ConnectionTable>

/** Both ends as they are stored. */
export const connectionRows = (
  { db }: Pick<MerchantRoom, 'db'>,
  integrationId: string,
): Promise<ConnectionRow[]> =>
  db.selectFrom('connections').selectAll().where('integrationId', '=', integrationId).execute()

/**
 * Opens a stored connection. @returns null when it was never connected or its secrets are gone
 * @throws EnvelopeError, Trouble SETTINGS_INVALID
 */
export const openRow = (
  { vault }: Pick<MerchantRoom, 'vault'>,
  row: ConnectionRow,
): OpenConnection | null => {
  if (row.credentials === null) return null
  const { integrationId, side } = row
  const credentials = credentialsSchema.parse(
    JSON.parse(vault.open(row.credentials, places.credentials(integrationId, side))),
  )
  const subscriptions =
    row.subscriptions === null
      ? []
      : subscriptionsSchema.parse(
          JSON.parse(vault.open(row.subscriptions, places.subscriptions(integrationId, side))),
        )
  return {
    integrationId,
    side,
    system: row.system,
    credentials,
    sealed: row.credentials,
    subscriptions,
    settings: readSettings(fieldsOf(side, row.system).settings, row.settings),
    choices: row.choices,
    dot: row.dot,
  }
}

/** Opens one end of an integration. @returns null when it was never connected or its secrets are gone */
export const openConnection = async (
  { db, vault }: MerchantRoom,
  integrationId: string,
  side: Side,
): Promise<OpenConnection | null> => {
  const row = await db
    .selectFrom('connections')
    .selectAll()
    .where('integrationId', '=', integrationId)
    .where('side', '=', side)
    .executeTakeFirst()
  return row === undefined ? null : openRow({ vault }, row)
}

/** A connection made ready to talk. */
export const sessionOf = (
  connection: OpenConnection,
  http: HttpClient,
  room: Pick<MerchantRoom, 'clock'>,
): Session<never, never> => ({
  credentials: connection.credentials as never,
  settings: connection.settings as never,
  http,
  clock: room.clock,
})

/**
 * Stores credentials, encrypted, and forgets what was known of the old ones. An integration that was stopped,
 * be it at this moment, takes none.
 * @throws z.ZodError
 */
export const saveCredentials = async (
  { db, vault }: MerchantRoom,
  integrationId: string,
  side: Side,
  system: string,
  credentials: Record<string, unknown>,
  account: string | null = null,
): Promise<void> => {
  const valid = schemaOf(fieldsOf(side, system).credentials).parse(credentials)
  const place = places.credentials(integrationId, side)
  await db
    .with('standing', (cte) =>
      cte
        .selectFrom('integrations')
        .select('id')
        .where('id', '=', integrationId)
        .where('state', '<>', 'stopped')
        // Whoever is stopping it is waited for.
        .forShare(),
    )
    .updateTable('connections')
    .set({
      system,
      account,
      credentials: vault.seal(JSON.stringify(valid), place),
      dot: 'new',
      problemCode: null,
      problemParams: null,
    })
    .where('integrationId', 'in', (eb) => eb.selectFrom('standing').select('id'))
    .where('side', '=', side)
    .execute()
}

/** Stores the settings of one end. @throws z.ZodError when they don't fit the connector's fields */
export const saveSettings = async (
  { db }: MerchantRoom,
  integrationId: string,
  side: Side,
  system: string,
  settings: Record<string, unknown>,
): Promise<void> => {
  const valid = schemaOf(fieldsOf(side, system).settings).parse(settings)
  await db
    .updateTable('connections')
    .set({ settings: JSON.stringify(valid) })
    .where('integrationId', '=', integrationId)
    .where('side', '=', side)
    .execute()
}

export const saveSubscriptions = async (
  { db, vault }: MerchantRoom,
  integrationId: string,
  subscriptions: readonly Subscription[],
): Promise<void> => {
  const place = places.subscriptions(integrationId, 'webshop')
  await db
    .updateTable('connections')
    .set({ subscriptions: vault.seal(JSON.stringify(subscriptions), place) })
    .where('integrationId', '=', integrationId)
    .where('side', '=', 'webshop')
    .execute()
}

/**
 * Turns a dot green, or red with its reason.
 * @param sealed the envelope of the credentials this is about; others that came meanwhile are left alone
 */
export const setDot = async (
  { db, clock }: MerchantRoom,
  integrationId: string,
  side: Side,
  problem: Reason | null,
  sealed?: string,
): Promise<void> => {
  await db
    .updateTable('connections')
    .$if(sealed !== undefined, (query) => query.where('credentials', '=', sealed ?? ''))
    .set({
      dot: problem === null ? 'green' : 'red',
      problemCode: problem?.code ?? null,
      problemParams: problem === null ? null : JSON.stringify(problem.params),
      checkedAt: clock.now(),
    })
    .where('integrationId', '=', integrationId)
    .where('side', '=', side)
    .execute()
}

/** Problems that the merchant mends by choosing from the lists, so that these must be read all the same. */
const mendedByChoosing = new Set<ProblemCode>([
  'ADMINISTRATION_NOT_CHOSEN',
  'ADMINISTRATION_CLOSED',
])

/**
 * The doctor's visit: tries every right, reads the choices again when all is well or when only a choice is
 * missing, and sets the dot.
 * @returns what was found; empty when the connection has no credentials
 */
export const examine = async (
  room: MerchantRoom,
  http: HttpClient,
  integrationId: string,
  side: Side,
): Promise<Finding[]> => {
  const connection = await openConnection(room, integrationId, side)
  if (connection === null) return []
  const session = sessionOf(connection, http, room)
  const connector =
    side === 'webshop' ? findWebshop(connection.system) : findAccounting(connection.system)
  const findings = await connector.check(session)
  const problem = findings.find((finding) => finding.problem !== undefined)?.problem ?? null
  if (isHealthy(findings) || (problem !== null && mendedByChoosing.has(problem.code))) {
    const choices = await connector.choices(session)
    await room.db
      .updateTable('connections')
      .set({ choices: JSON.stringify(choices) })
      .where('integrationId', '=', integrationId)
      .where('side', '=', side)
      .execute()
  }
  await setDot(room, integrationId, side, problem)
  return findings
}
