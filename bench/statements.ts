import pg from 'pg'

/** A statement of the database, per sale. */
export interface Statement {
  text: string
  calls: number
  /** In the executor, in milliseconds; waiting for locks and the disk included. */
  ms: number
  planMs: number
}

/** Counts the statements of one database while `work` runs. Needs a server that counts. */
export const countStatements = async (
  databaseUrl: string,
  sales: number,
  work: () => Promise<void>,
): Promise<Statement[]> => {
  const client = new pg.Client({ connectionString: databaseUrl })
  await client.connect()
  try {
    await client.query('create extension if not exists pg_stat_statements')
    await client.query('select pg_stat_statements_reset()')
    await work()
    const { rows } = await client.query<Statement>(
      `select regexp_replace(query, '\\s+', ' ', 'g') as text, calls / $1::float8 as calls,
         total_exec_time / $1::float8 as ms, total_plan_time / $1::float8 as "planMs"
       from pg_stat_statements s join pg_database d on d.oid = s.dbid
       where d.datname = current_database() and query not like '%pg_stat_statements%'
       order by total_exec_time + total_plan_time desc`,
      [sales],
    )
    return rows
  } finally {
    await client.end()
  }
}
