import type { BareLoopDeeds } from './bare-loop.ts'
import { startDeeds, type Running } from './children.ts'
import type { Contender } from './contender.ts'
import { install, openDoorvoer, type Installed } from './doorvoer.ts'
import { senderTo } from './load.ts'
import { openMinimum } from './minimum.ts'
import { openRemotes, type Remotes } from './remotes.ts'
import { newSales } from './sales.ts'
import { openServer, type DatabaseServer } from './server.ts'
import { scriptOf, type Script } from './tape.ts'
import { webhooksOf } from './load.ts'

/** Everything that stands while the figures are taken. */
export interface Stage {
  server: DatabaseServer
  remotes: Remotes
  script: Script
  bareLoop: ReturnType<typeof startDeeds<BareLoopDeeds>>
  minimum: Contender
  doorvoer: Contender & { startMs: number }
  installed: Installed
  /** Processes to be ended, in the order they were started. */
  cellar: Running[]
}

/** Long enough to tell which calls are under way together. */
const tapeLatencyMs = 30

/** Lets (c) book one sale while everything the remotes are asked is written down. */
const record = async (remotes: Remotes, doorvoer: Contender): Promise<Script> => {
  const [sale, ...none] = newSales(1, 'all')
  if (sale === undefined || none.length > 0) throw new Error('one sale was wanted')
  await remotes.setLatency(tapeLatencyMs)
  await remotes.prepare([sale], 'all', true)
  const [webhook] = webhooksOf([sale], doorvoer.hooks, remotes.shops)
  if (webhook === undefined) throw new Error('one webhook was wanted')
  const sender = senderTo(webhook.url.origin)
  await sender.burst([webhook], 1)
  await remotes.created(1)
  await doorvoer.settled([sale])
  await sender.close()
  const script = scriptOf(await remotes.requests(), sale, await remotes.invoiceNumberOf(sale))
  await remotes.setLatency(0)
  return script
}

export interface StageOptions {
  folder: string
  profiles?: string
}

export const openStage = async (
  { folder, profiles }: StageOptions,
  cellar: Running[],
): Promise<Stage> => {
  const server = await openServer(folder, { countStatements: profiles !== undefined })
  const remotes = await openRemotes(cellar)
  const installed = await install(await server.create('doorvoer'), remotes, folder)
  const doorvoer = await openDoorvoer(
    installed,
    remotes,
    { layout: 'web and worker', folder, ...(profiles !== undefined && { profiles }) },
    cellar,
  )
  const script = await record(remotes, doorvoer)
  const minimum = await openMinimum(await server.create('minimum'), remotes, script, cellar)
  const bareLoop = startDeeds<BareLoopDeeds>('bare-loop.ts')
  cellar.push(bareLoop)
  await bareLoop.ask.open({ script, shops: remotes.shops, books: remotes.books })
  return { server, remotes, script, bareLoop, minimum, doorvoer, installed, cellar }
}
