import { sql, type Kysely } from 'kysely'
import { Migrator, type Migration } from 'kysely/migration'
import * as engine from './migrations/0001-engine.ts'
import * as vatAndProducts from './migrations/0002-vat-and-products.ts'
import * as mails from './migrations/0003-mails.ts'
import * as people from './migrations/0004-people.ts'
import * as installation from './migrations/0005-installation.ts'
import * as licences from './migrations/0006-licences.ts'
import * as desk from './migrations/0007-desk.ts'
import * as surveys from './migrations/0008-migrations.ts'
import * as vatDecisions from './migrations/0009-vat-decisions.ts'
import * as services from './migrations/0010-services.ts'
import * as goAheadSeals from './migrations/0011-go-ahead-seals.ts'
import * as quickLists from './migrations/0012-quick-lists.ts'

/** All migrations by name, in order; a list and no folder scan, so that nothing is run that nobody named. */
export const migrations: Readonly<Record<string, Migration>> = {
  '0001-engine': engine,
  '0002-vat-and-products': vatAndProducts,
  '0003-mails': mails,
  '0004-people': people,
  '0005-installation': installation,
  '0006-licences': licences,
  '0007-desk': desk,
  '0008-migrations': surveys,
  '0009-vat-decisions': vatDecisions,
  '0010-services': services,
  '0011-go-ahead-seals': goAheadSeals,
  '0012-quick-lists': quickLists,
}

/** In order. */
export const migrationNames: readonly string[] = Object.keys(migrations)

/** The database was brought up to date by a newer version than this one; the message says what to do. */
class SchemaNewer extends Error {
  override readonly name = 'SchemaNewer'
  readonly lines: readonly string[]
  constructor(unknown: readonly string[]) {
    super(
      `The database belongs to a newer Doorvoer (${unknown.join(', ')}). Start that version; what is still running of this one may finish its work.`,
    )
    this.lines = [this.message]
  }
}

/**
 * Brings the tables up to date, or as far as `target`. Safe to call from several processes at once: Kysely locks.
 * @returns the names of the migrations that ran
 * @throws SchemaNewer; else the first error, and what ran before it stays
 */
export const migrate = async (db: Kysely<never>, target?: string): Promise<string[]> => {
  const migrator = new Migrator({
    db,
    provider: { getMigrations: () => Promise.resolve(migrations) },
  })
  const unknown = await namesBeyondOurs(db)
  if (unknown.length > 0) throw new SchemaNewer(unknown)
  const { error, results = [] } =
    target === undefined ? await migrator.migrateToLatest() : await migrator.migrateTo(target)
  if (error !== undefined) throw error as Error
  return results.filter((each) => each.status === 'Success').map((each) => each.migrationName)
}

/** The database is older than this version, and whoever is connected may not change its tables. */
class SchemaOlder extends Error {
  override readonly name = 'SchemaOlder'
  readonly lines: readonly string[]
  constructor(missing: readonly string[]) {
    super(
      `The database lacks ${missing.join(', ')}, and this user of it may not change tables. Run \`doorvoer migrate --roles\` as its owner, then start again.`,
    )
    this.lines = [this.message]
  }
}

/**
 * What a process without the right to change tables does instead of migrating.
 * @throws SchemaNewer, SchemaOlder
 */
export const expectMigrated = async (db: Kysely<never>): Promise<void> => {
  const unknown = await namesBeyondOurs(db)
  if (unknown.length > 0) throw new SchemaNewer(unknown)
  const ran = await namesThere(db)
  const missing = migrationNames.filter((name) => !ran.includes(name))
  if (missing.length > 0) throw new SchemaOlder(missing)
}

/** Migrations that ran on this database. */
const namesThere = async (db: Kysely<never>): Promise<string[]> => {
  const made = await sql<{ there: boolean }>`
    select to_regclass('public.kysely_migration') is not null as there`.execute(db)
  if (made.rows[0]?.there !== true) return []
  const ran = await sql<{ name: string }>`select name from kysely_migration order by name`.execute(
    db,
  )
  return ran.rows.map(({ name }) => name)
}

/** Migrations that ran on this database and that this version does not know. */
const namesBeyondOurs = async (db: Kysely<never>): Promise<string[]> =>
  (await namesThere(db)).filter((name) => !migrationNames.includes(name))
