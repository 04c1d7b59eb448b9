import type { Config } from '../../config.ts'
import { inTable, judgeDemo, lastLine, type Judgement } from './judge.ts'
import { allPairs, inMatrix, nameOf, type Pair, type PairResult } from './pairs.ts'
import { nothingBooked, soldInReality } from './in-reality.ts'
import { explain } from '../../problems/catalogue.ts'
import type { Reason } from '../../problems/reason.ts'
import { listedInBooks } from './remote-books.ts'
import { demoPerson, noRealEnds, openScene, type RealEnds, type Scene } from './scene.ts'

/** Longest that sixty orders may take on a slow machine; real installations have limits that are kept. */
const patienceMs = { sandboxes: 120_000, real: 1_800_000 }

const isReal = ({ shop, books }: Scene): boolean => shop.isReal === true || books.isReal === true

const patienceOf = (scene: Scene): number =>
  isReal(scene) ? patienceMs.real : patienceMs.sandboxes

const streamEveryMs = 4_000

export interface DemoOptions {
  /** Without a browser: the whole mix, judged, then the end. */
  once: boolean
  json: boolean
  /** Every pair there is: one after the other, which goes with `once`. */
  pair: Pair | 'all'
  /** Real installations in the place of the pair's sandboxes; they go with `once`. */
  real: RealEnds
}

type Say = (line: string) => void

/** Waits until nothing is being worked on or due within the next moments. */
const untilQuiet = async (scene: Scene, sales: number): Promise<void> => {
  const { runtime, integrationId } = scene
  const { clock, db } = runtime.engine
  const deadlineMs = clock.monotonicMs() + patienceOf(scene)
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

const lastPoll = ({ runtime, integrationId }: Scene) =>
  runtime.engine.db
    .selectFrom('polls')
    .select(['startedAt', 'finishedAt'])
    .where('integrationId', '=', integrationId)
    .executeTakeFirstOrThrow()

/** The hourly poll, now; resolves when it has asked the shop everything. */
const pollNow = async (scene: Scene): Promise<void> => {
  const { runtime, integrationId } = scene
  const { clock } = runtime.engine
  const before = await lastPoll(scene)
  await runtime.jobs.send('poll', { integrationId }, integrationId)
  const deadlineMs = clock.monotonicMs() + patienceOf(scene)
  while (clock.monotonicMs() < deadlineMs) {
    const { startedAt, finishedAt } = await lastPoll(scene)
    if (finishedAt !== null && startedAt?.getTime() !== before.startedAt?.getTime()) return
    await clock.sleep(50)
  }
}

const runOnce = async (scene: Scene): Promise<Judgement> => {
  const { runtime, shop, books, mark, integrationId } = scene
  const { sales: mixed, webhooksLost } = shop.placeMix()
  await shop.settled()
  if (!shop.calls) await pollNow(scene)
  await untilQuiet(scene, shop.calls ? mixed.length - webhooksLost : mixed.length)
  const sales = [...mixed, ...shop.changeMix()]
  await shop.settled()
  // It finds the sales whose webhook never came.
  await pollNow(scene)
  await untilQuiet(scene, sales.length)
  const bookings = await runtime.engine.db
    .selectFrom('bookings')
    .selectAll()
    .where('integrationId', '=', integrationId)
    .execute()
  const ledger = books.isReal
    ? await listedInBooks(runtime.engine, integrationId, bookings, mark)
    : books.invoices()
  return judgeDemo(isReal(scene) ? soldInReality(sales, bookings) : sales, bookings, ledger)
}

const untilInterrupted = () =>
  new Promise<void>((resolve) => {
    process.once('SIGINT', () => resolve())
    process.once('SIGTERM', () => resolve())
  })

const runLive = async (scene: Scene, say: Say): Promise<void> => {
  const { runtime, shop, books, mailbox } = scene
  say('')
  say(`  Doorvoer runs at ${runtime.config.publicUrl}`)
  say(`  Sign in with     ${demoPerson.email}  and  ${demoPerson.password}`)
  say('')
  say(`  The shop's back office (place and change orders): ${shop.url}/_sandbox/`)
  say(`  The books' back office (see invoices, make trouble): ${books.url}/_sandbox/`)
  say('')
  say(`  Every mail that goes out can be read at ${mailbox}`)
  say(`  Sign up as a new merchant: ${runtime.config.publicUrl}/integrations; the mail is there.`)
  say('  A year is paid on the Profile tab, at a Mollie that takes no money.')
  say('')
  say('  Orders keep coming in; Ctrl+C ends everything.')
  shop.placeMix()
  const { integrationId } = scene
  const ask = () => runtime.jobs.send('poll', { integrationId }, integrationId)
  // A shop that does not call us is asked every hour; nobody who looks at a demo waits that long.
  if (!shop.calls) await ask()
  const stream = setInterval(() => {
    shop.placeOne()
    if (!shop.calls) void ask()
  }, streamEveryMs)
  await untilInterrupted()
  clearInterval(stream)
  say('ending')
}

const inScene = async <T>(
  config: Config,
  pair: Pair,
  work: (scene: Scene) => Promise<T>,
  real: RealEnds = noRealEnds,
): Promise<T> => {
  const scene = await openScene(config, pair, real)
  try {
    return await work(scene)
  } finally {
    await scene.close()
  }
}

/** One pair after the other. One that can't even be installed does not take the others with it. */
const runAll = async (config: Config): Promise<PairResult[]> => {
  const results: PairResult[] = []
  for (const pair of allPairs) {
    const result = await inScene(config, pair, runOnce).then(
      (judgement) => ({ pair: nameOf(pair), judgement }),
      (error: unknown) => ({
        pair: nameOf(pair),
        failure: error instanceof Error ? error.message : String(error),
      }),
    )
    results.push(result)
  }
  return results
}

const complain = ({ code, params }: Reason): void => {
  const { text, cause, remedy } = explain(code, params, 'en')
  process.stderr.write(`doorvoer demo: ${code}: ${text} ${cause} ${remedy}\n`)
}

/**
 * Shows the whole product on this machine, with sandboxes for the shop and the books.
 * @returns the exit code: with `once`, 0 only when the ledger of every sandbox agrees to the cent, and something
 * was booked
 */
export const demo = async (config: Config, options: DemoOptions, say: Say): Promise<number> => {
  const { once, json, pair, real } = options
  if (pair === 'all') {
    const results = await runAll(config)
    say(json ? JSON.stringify(results, null, 2) : inMatrix(results))
    return results.every(({ judgement }) => judgement?.agrees) ? 0 : 1
  }
  if (!once) {
    await inScene(config, pair, (scene) => runLive(scene, say))
    return 0
  }
  const judgement = await inScene(config, pair, runOnce, real)
  // Of a real installation nobody knows what should become of a sale; but that nothing was booked proves nothing.
  const nothing =
    real.webshop === null && real.accounting === null ? null : nothingBooked(judgement)
  if (json) {
    say(JSON.stringify(judgement, null, 2))
  } else {
    say(inTable(judgement))
    say(lastLine(judgement))
  }
  if (nothing !== null) complain(nothing)
  return judgement.agrees && nothing === null ? 0 : 1
}
