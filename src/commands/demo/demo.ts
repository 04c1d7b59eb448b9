import type { Config } from '../../config.ts'
import { inTable, judgeDemo, lastLine } from './judge.ts'
import { demoPerson, openScene, type Scene } from './scene.ts'

/** Longest that sixty orders may take on a slow machine. */
const patienceMs = 120_000
const streamEveryMs = 4_000

export interface DemoOptions {
  /** Without a browser: the whole mix, judged, then the end. */
  once: boolean
  json: boolean
}

type Say = (line: string) => void

/** Waits until nothing is being worked on or due within the next moments. */
const untilQuiet = async ({ runtime, integrationId }: Scene, sales: number): Promise<void> => {
  const { clock, db } = runtime.engine
  const deadlineMs = clock.monotonicMs() + patienceMs
  let quiet = 0
  while (clock.monotonicMs() < deadlineMs && quiet < 3) {
    const rows = await db
      .selectFrom('bookings')
      .select(['state', 'dueAt'])
      .where('integrationId', '=', integrationId)
      .execute()
    const busy = rows.some(
      (row) => row.dueAt !== null || ['seen', 'reserved', 'uncertain'].includes(row.state),
    )
    quiet = !busy && rows.length >= sales ? quiet + 1 : 0
    await clock.sleep(100)
  }
}

const runOnce = async (scene: Scene): Promise<ReturnType<typeof judgeDemo>> => {
  const { runtime, shop, books, integrationId } = scene
  const placed = shop.placeMix()
  const lost = 4
  await shop.settled()
  await untilQuiet(scene, placed.length - lost)
  shop.changeMix()
  await shop.settled()
  // The hourly poll, now: it finds the sales whose webhook never came.
  await runtime.jobs.send('poll', { integrationId }, integrationId)
  await untilQuiet(scene, placed.length)
  const bookings = await runtime.engine.db
    .selectFrom('bookings')
    .selectAll()
    .where('integrationId', '=', integrationId)
    .execute()
  return judgeDemo(placed, bookings, books.invoices())
}

const untilInterrupted = () =>
  new Promise<void>((resolve) => {
    process.once('SIGINT', () => resolve())
    process.once('SIGTERM', () => resolve())
  })

const runLive = async (scene: Scene, say: Say): Promise<void> => {
  const { runtime, shop, books } = scene
  say('')
  say(`  Doorvoer runs at ${runtime.config.publicUrl}`)
  say(`  Sign in with     ${demoPerson.email}  and  ${demoPerson.password}`)
  say('')
  say(`  The shop's back office (place and change orders): ${shop.url}/_sandbox/`)
  say(`  The books' back office (see invoices, make trouble): ${books.url}/_sandbox/`)
  say('')
  say('  Orders keep coming in; Ctrl+C ends everything.')
  shop.placeMix()
  const stream = setInterval(() => shop.placeOne(), streamEveryMs)
  await untilInterrupted()
  clearInterval(stream)
  say('ending')
}

/**
 * Shows the whole product on this machine, with sandboxes for the shop and the books.
 * @returns the exit code: with `once`, 0 only when the sandbox's ledger agrees to the cent
 */
export const demo = async (config: Config, options: DemoOptions, say: Say): Promise<number> => {
  const scene = await openScene(config)
  try {
    if (!options.once) {
      await runLive(scene, say)
      return 0
    }
    const judgement = await runOnce(scene)
    if (options.json) {
      say(JSON.stringify(judgement, null, 2))
    } else {
      say(inTable(judgement))
      say(lastLine(judgement))
    }
    return judgement.agrees ? 0 : 1
  } finally {
    await scene.close()
  }
}
