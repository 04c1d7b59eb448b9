import { connectPool, databaseOn, type ConnectOptions } from '../../src/database/connect.ts'
import type { TestDatabase } from './database.ts'
import { openLine, type Line } from './line.ts'

/** A test database behind a line that can be cut: as when the server is restarted, or a cable pulled. */
export interface WeakLink extends Pick<Line, 'cut' | 'refuse' | 'mend' | 'hang' | 'close'> {
  database: TestDatabase
  /** How many statements with this text went over the line. */
  asked(text: string): number
}

export const behindWeakLink = async (
  database: TestDatabase,
  options: Pick<ConnectOptions, 'answerMsMax'> = {},
): Promise<WeakLink> => {
  const there = new URL(database.url)
  const line = await openLine(there.hostname, Number(there.port))
  const url = new URL(database.url)
  url.hostname = '127.0.0.1'
  url.port = String(line.port)
  const pool = connectPool({ url: url.toString(), ...options })
  return {
    database: { ...database, url: url.toString(), pool, db: databaseOn(pool) },
    cut: () => line.cut(),
    refuse: () => line.refuse(),
    mend: () => line.mend(),
    hang: () => line.hang(),
    asked: (text) => line.said().split(text).length - 1,
    async close() {
      await pool.end()
      await line.close()
    },
  }
}
