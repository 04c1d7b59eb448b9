import path from 'node:path'
import type { BareLoopDeeds } from './bare-loop.ts'
import type { Cellar } from './cellar.ts'
import { startDeeds } from './children.ts'
import type { Contender } from './contender.ts'
import { install, openDoorvoer, type Installed } from './doorvoer.ts'
import { senderTo, webhooksOf } from './load.ts'
import { pssOf, rssOf } from './memory.ts'
import { openMinimum } from './minimum.ts'
import { pause } from './moment.ts'
import { openRemotes, type Remotes } from './remotes.ts'
import { newSales } from './sales.ts'
import { openServer, type DatabaseServer } from './server.ts'
import { scriptOf, type Script } from './tape.ts'

/** Megabytes: each service process (RSS), and PostgreSQL for (c) alone (PSS). */
export type Memory = Readonly<Record<string, number>>

/** Everything that stands while the figures are taken. */
export interface Stage {
  server: DatabaseServer
  remotes: Remotes
  /** The calls of one sale, as (c) makes them. */
  script: Script
  bareLoop: ReturnType<typeof startDeeds<BareLoopDeeds>>
  minimum: Contender
  doorvoer: Contender
  installed: Installed
  idleMemory: Memory
  folder: string
  cellar: Cellar
}

const database = 'doorvoer'
/** Long enough to tell which calls are under way together. */
const tapeLatencyMs = 30
/** After the first work and before memory counts as idle. */
const quietMs = 3_000

/** Lets (c) book one sale while everything the remotes are asked is written down. */
const record = async (remotes: Remotes, doorvoer: Contender): Promise<Script> => {
  const sales = newSales(1, 'all')
  const [sale] = sales
  if (sale === undefined) throw new Error('one sale was wanted')
  await remotes.setLatency(tapeLatencyMs)
  await remotes.prepare(sales, 'all', true)
  const webhooks = webhooksOf(sales, doorvoer.hooks, remotes.shops)
  const sender = senderTo(webhooks)
  await sender.burst(1)
  await remotes.created(1)
  await doorvoer.settled()
  await sender.close()
  const script = scriptOf(await remotes.requests(), sale, await remotes.invoiceNumberOf(sale))
  await remotes.setLatency(0)
  return script
}

export const serviceMemory = async (
  contender: Contender,
  which: 'nowMb' | 'peakMb',
): Promise<Memory> =>
  Object.fromEntries(
    await Promise.all(
      Object.entries(contender.pids).map(
        async ([name, pid]) => [name, (await rssOf(pid))[which]] as const,
      ),
    ),
  )

export const databaseMemory = async (server: DatabaseServer): Promise<number> =>
  pssOf(await server.pidsFor(database))

/** @param profiles a folder for profiles of (c), which is then slower */
export const openStage = async (
  folder: string,
  cellar: Cellar,
  profiles?: string,
): Promise<Stage> => {
  const server = await openServer(path.join(folder, 'postgres'), cellar, {
    countStatements: profiles !== undefined,
  })
  const remotes = await openRemotes(cellar)
  const installed = await install(await server.create(database), remotes, folder)
  const doorvoer = await openDoorvoer(
    installed,
    remotes,
    { layout: 'web and worker', folder, ...(profiles !== undefined && { profiles }) },
    cellar,
  )
  const script = await record(remotes, doorvoer)
  await pause(quietMs)
  const idleMemory = {
    ...(await serviceMemory(doorvoer, 'nowMb')),
    PostgreSQL: await databaseMemory(server),
  }
  const minimum = await openMinimum(await server.create('minimum'), remotes, script, cellar)
  const bareLoop = startDeeds<BareLoopDeeds>('bare-loop.ts')
  cellar.add(() => bareLoop.end())
  await bareLoop.ask.open({ script, shops: remotes.shops, books: remotes.books })
  return {
    server,
    remotes,
    script,
    bareLoop,
    minimum,
    doorvoer,
    installed,
    idleMemory,
    folder,
    cellar,
  }
}
