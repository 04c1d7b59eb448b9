import type pg from 'pg'

/** A row of any table, as text, with where it lies. */
export interface Dumped {
  table: string
  text: string
}

/** What somebody has who stole a dump of the database: every row of every table, those of the queue too. */
export const dumpOf = async (pool: pg.Pool): Promise<Dumped[]> => {
  const tables = await pool.query<{ name: string }>(
    `select quote_ident(n.nspname) || '.' || quote_ident(c.relname) as name
     from pg_class c join pg_namespace n on n.oid = c.relnamespace
     where c.relkind = 'r' and n.nspname not in ('pg_catalog', 'information_schema')
     order by 1`,
  )
  const rows: Dumped[] = []
  for (const { name } of tables.rows) {
    const found = await pool.query<{ text: string }>(`select t::text as text from ${name} t`)
    rows.push(...found.rows.map(({ text }) => ({ table: name, text })))
  }
  return rows
}

/** The ways in which a text can lie in a dump without being sealed. */
const disguises = (text: string): string[] => {
  const bytes = Buffer.from(text)
  return [
    text,
    bytes.toString('hex'),
    // Base64 cuts elsewhere by where the text begins, so its middle is looked for.
    ...[0, 1, 2].map((shift) =>
      Buffer.concat([Buffer.alloc(shift), bytes])
        .toString('base64')
        .slice(4, -4),
    ),
  ].filter((each) => each.length >= 4)
}

/** Which of the planted texts lie in `text`, open or thinly disguised. */
export const plantedIn = (planted: Readonly<Record<string, string>>, text: string): string[] => {
  const lower = text.toLowerCase()
  return Object.entries(planted)
    .filter(([, secret]) => disguises(secret).some((each) => lower.includes(each.toLowerCase())))
    .map(([name]) => name)
}
