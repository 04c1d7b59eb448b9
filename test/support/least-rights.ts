import pg from 'pg'
import { connectPool, databaseOn } from '../../src/database/connect.ts'
import { grantRoles, roles } from '../../src/database/roles.ts'
import { startJobs } from '../../src/jobs/jobs.ts'

const login = 'least_rights_worker'
const password = 'x'

/**
 * Lets workers in as an operator should run them: they may change rows and no tables, so they start without looking
 * after either. Once per server, on a migrated database; those cloned from it have the same rights.
 */
export const admitWorkers = async (url: string): Promise<void> => {
  const jobs = await startJobs({ url, role: 'sender', onError: () => undefined })
  await jobs.stop(1_000)
  const pool = connectPool({ url })
  try {
    await grantRoles(databaseOn(pool) as never)
    await pool.query(
      `create role ${login} login password ${pg.escapeLiteral(password)} in role ${roles.worker}`,
    )
  } finally {
    await pool.end()
  }
}

/** The same database, for a worker. */
export const asWorker = (url: string): string => {
  const address = new URL(url)
  address.username = login
  address.password = password
  return address.toString()
}
