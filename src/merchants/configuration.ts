import { z } from 'zod'
import { findAccounting, findWebshop } from '../connectors/registry.ts'
import { schemaOf } from '../connectors/settings.ts'
import type { Side } from '../database/schema.ts'
import { readIntegrationSettings, type IntegrationSettings } from './integration-settings.ts'
import type { MerchantRoom } from './integrations.ts'

/** What a merchant fills in on the configuration tab; absent parts stay as they are. */
export interface Change {
  /** The saving it starts from; absent: whatever there is. */
  version?: number | undefined
  settings?: Record<string, unknown> | undefined
  webshop?: Record<string, unknown> | undefined
  accounting?: Record<string, unknown> | undefined
}

export type Saved =
  | { is: 'saved'; version: number; settings: IntegrationSettings }
  /** Somebody else saved meanwhile: nothing was changed. */
  | { is: 'changed'; version: number }

/** Mistakes with the part they are in before the name of the field: `accounting.template`. */
const inPart = <T>(part: string, parse: () => T): T => {
  try {
    return parse()
  } catch (error) {
    if (!(error instanceof z.ZodError)) throw error
    throw new z.ZodError(
      error.issues.map((issue) => ({
        ...issue,
        path: [
          part,
          ...issue.path,
          ...(issue.code === 'unrecognized_keys' ? issue.keys.slice(0, 1) : []),
        ],
      })),
    )
  }
}

const fieldsOf = (side: Side, system: string) =>
  (side === 'webshop' ? findWebshop(system) : findAccounting(system)).settings

/** The settings of one end, valid. @throws z.ZodError with `webshop.…` or `accounting.…` as path */
export const validSettings = (
  side: Side,
  system: string,
  values: Record<string, unknown>,
): Record<string, unknown> => inPart(side, () => schemaOf(fieldsOf(side, system)).parse(values))

/** The integration's own settings with a change of some of them. @throws z.ZodError with `settings.…` as path */
export const changedSettings = (
  stored: Record<string, unknown>,
  change: Record<string, unknown>,
): IntegrationSettings =>
  inPart('settings', () => readIntegrationSettings({ ...stored, ...change }))

/**
 * Saves the configuration, all of it or nothing. Who started from an older one is told, so that the last
 * of two windows does not silently win.
 * @throws z.ZodError
 */
export const saveConfiguration = (
  { db, clock }: Pick<MerchantRoom, 'db' | 'clock'>,
  integrationId: string,
  change: Change,
): Promise<Saved> =>
  db.transaction().execute(async (trx) => {
    const row = await trx
      .selectFrom('integrations')
      .selectAll()
      .where('id', '=', integrationId)
      .forUpdate()
      .executeTakeFirstOrThrow()
    if (change.version !== undefined && change.version !== row.configurationVersion) {
      return { is: 'changed', version: row.configurationVersion }
    }
    const settings = changedSettings(row.settings, change.settings ?? {})
    for (const side of ['webshop', 'accounting'] as const) {
      const values = change[side]
      if (values === undefined) continue
      await trx
        .updateTable('connections')
        .set({ settings: JSON.stringify(validSettings(side, row[side], values)) })
        .where('integrationId', '=', integrationId)
        .where('side', '=', side)
        .execute()
    }
    const version = row.configurationVersion + 1
    await trx
      .updateTable('integrations')
      .set({
        settings: JSON.stringify(settings),
        configurationVersion: version,
        configurationSavedAt: row.configurationSavedAt ?? clock.now(),
      })
      .where('id', '=', integrationId)
      .execute()
    return { is: 'saved', version, settings }
  })

/** Something of the configuration was saved by itself: who has it on the screen has an older one now. */
export const nextVersion = async (
  { db }: Pick<MerchantRoom, 'db'>,
  integrationId: string,
): Promise<void> => {
  await db
    .updateTable('integrations')
    .set((eb) => ({ configurationVersion: eb('configurationVersion', '+', 1) }))
    .where('id', '=', integrationId)
    .execute()
}
