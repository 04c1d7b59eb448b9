import type { Kysely, Selectable } from 'kysely'
import type { Service, TariffTable } from '../database/licence-tables.ts'
import type { Tables } from '../database/schema.ts'
import type { Day } from '../world/calendar-day.ts'

/** What the operator asks, excl. VAT, in cents, from a day on. `migration` is per started 1000 sales. */
export type Tariff = Selectable<TariffTable>

/**
 * The price of a service on a day, excl. VAT.
 * @returns null before the first one begins
 */
export const tariffOn = async (
  db: Kysely<Tables>,
  service: Service,
  day: Day,
): Promise<number | null> => {
  const row = await db
    .selectFrom('tariffs')
    .select('cents')
    .where('service', '=', service)
    .where('fromOn', '<=', day)
    .orderBy('fromOn', 'desc')
    .limit(1)
    .executeTakeFirst()
  return row?.cents ?? null
}

/** Every price there was, is and will be, newest first. */
export const listTariffs = (db: Kysely<Tables>): Promise<Tariff[]> =>
  db.selectFrom('tariffs').selectAll().orderBy('service').orderBy('fromOn', 'desc').execute()

/**
 * Sets a price from a day on; offers that were made keep theirs. What counted in the past stays.
 * @returns false for a day before today, or a year that costs nothing: then nobody could pay for it
 */
export const setTariff = async (
  db: Kysely<Tables>,
  tariff: Tariff,
  today: Day,
): Promise<boolean> => {
  if (tariff.fromOn < today || (tariff.service === 'year' && tariff.cents === 0)) return false
  await db
    .insertInto('tariffs')
    .values(tariff)
    .onConflict((conflict) =>
      conflict.columns(['service', 'fromOn']).doUpdateSet({ cents: tariff.cents }),
    )
    .execute()
  return true
}

/**
 * What a migration costs: the tariff for every thousand sales that is begun, in cents excl. VAT.
 * @returns null while there is no tariff
 */
export const migrationPrice = (sales: number, tariffCents: number | null): number | null =>
  tariffCents === null ? null : Math.ceil(sales / 1000) * tariffCents
