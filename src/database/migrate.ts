import type { Kysely } from 'kysely'
import { Migrator, type Migration } from 'kysely/migration'
import * as engine from './migrations/0001-engine.ts'
import * as vatAndProducts from './migrations/0002-vat-and-products.ts'
import * as mails from './migrations/0003-mails.ts'
import * as licences from './migrations/0006-licences.ts'
import * as desk from './migrations/0007-desk.ts'
import * as surveys from './migrations/0008-migrations.ts'
import * as vatDecisions from './migrations/0009-vat-decisions.ts'

/** All migrations by name, in order; a list and no folder scan, so that nothing is run that nobody named. */
export const migrations: Readonly<Record<string, Migration>> = {
  '0001-engine': engine,
  '0002-vat-and-products': vatAndProducts,
  '0003-mails': mails,
  '0006-licences': licences,
  '0007-desk': desk,
  '0008-migrations': surveys,
  '0009-vat-decisions': vatDecisions,
}

/**
 * Brings the tables up to date. Safe to call from several processes at once: Kysely locks.
 * @returns the names of the migrations that ran
 * @throws the first error; what ran before it stays
 */
export const migrate = async (db: Kysely<never>): Promise<string[]> => {
  const migrator = new Migrator({
    db,
    provider: { getMigrations: () => Promise.resolve(migrations) },
  })
  const { error, results = [] } = await migrator.migrateToLatest()
  if (error !== undefined) throw error as Error
  return results.filter((each) => each.status === 'Success').map((each) => each.migrationName)
}
