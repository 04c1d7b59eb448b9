import path from 'node:path'
import { anyFreePort } from '../src/database/embedded.ts'
import { digCellar } from './cellar.ts'
import { start } from './children.ts'
import { isReady } from './doorvoer.ts'
import { monotonicMs, until } from './moment.ts'
import { openServer } from './server.ts'
import { median } from './statistics.ts'

/** From the command line to an answer of /health/ready; `serve` with its embedded database. */
export interface StartUp {
  /** With initdb, all migrations and new keys. */
  coldMs: number
  /** Started once before, and ended well. */
  warmMs: number
}

const main = path.resolve(import.meta.dirname, '../src/main.ts')
const startMsMax = 120_000

const startOnce = async (folder: string, home: string): Promise<number> => {
  const port = await anyFreePort()
  const startedMs = monotonicMs()
  const serve = start('start-up', [main, 'serve'], {
    folder,
    env: { DOORVOER_HOME: home, DOORVOER_PORT: String(port) },
  })
  try {
    await until('serve', startMsMax, () => isReady(`http://127.0.0.1:${port}`), 5)
    return monotonicMs() - startedMs
  } finally {
    await serve.end()
  }
}

export const measureStartUp = async (folder: string, warmStarts: number): Promise<StartUp> => {
  const home = path.join(folder, 'start-up')
  try {
    const coldMs = await startOnce(folder, home)
    const warmMs: number[] = []
    for (let count = 0; count < warmStarts; count += 1) warmMs.push(await startOnce(folder, home))
    return { coldMs, warmMs: median(warmMs) }
  } finally {
    // Only the server itself knows where its data are.
    const cellar = digCellar()
    await openServer(path.join(home, 'postgres'), cellar)
    await cellar.empty()
  }
}
