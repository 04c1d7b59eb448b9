import { anyFreePort } from '../../src/database/embedded.ts'
import type { BookingState } from '../../src/database/booking-state.ts'
import { installIntegration } from '../support/engine.ts'
import type { CrashCase } from './cases.ts'
import type { Ground } from './ground.ts'
import { endOf, listening, until, type Running } from './processes.ts'
import type { PlacedSale, Remotes } from './remotes.ts'
import { said, type Stop } from './stops.ts'

/** A machine that is busy with other things is no fault. */
const startMsMax = 300_000
/** The clerk's third step comes after a late-effect wait. */
const lifeMsMax = 300_000
const ringMs = 300

/** An integration with a sale, whose process is to die. */
export interface Doomed {
  crashCase: CrashCase
  remotes: Remotes
  integrationId: string
  sale: PlacedSale
  /** How often the books went wrong as planned. */
  misbehaved: () => number
}

/** What a death left behind. */
export interface Fallen extends Doomed {
  pid: number
  at: Date
  atDeath: { state: BookingState | 'no row'; invoices: number; debtors: number }
}

/** A worker that stands at its places, and the integrations it stands there with. */
export interface Standing {
  running: Running
  there: readonly Doomed[]
  /** Those that never came to their place. */
  astray: readonly Doomed[]
  /** Whether the work in which it stood has ended. */
  isThrough: (doomed: Doomed) => boolean
}

export const isDuring = ({ point }: CrashCase): boolean => point.startsWith('during:')

const faultOf = (crashCase: CrashCase) => {
  const created = crashCase.remote === 'creates and stays silent'
  if (isDuring(crashCase)) return created ? 'timeout-after' : 'timeout-before'
  return created ? 'reset-after' : 'reset-before'
}

/** Installs an integration and lets its shop have a sale, which is told in the way of the case. */
const doom = async (ground: Ground, crashCase: CrashCase, port: number | null): Promise<Doomed> => {
  const { pair, way, call, remote } = crashCase
  const remotes = await ground.startRemotes(pair)
  const { bench } = ground
  const integrationId = await installIntegration(bench.engine, remotes.shop, remotes.books, {
    settings: remotes.settings,
    ...(port !== null && { publicUrl: `http://127.0.0.1:${port}` }),
  })
  const misbehaved = remote === 'answers' ? () => 0 : remotes.misbehave(call, faultOf(crashCase))
  const sale = remotes.place(way === 'webhook' ? 'send' : 'lost')
  if (way === 'written') await bench.engine.commits.see(integrationId, [{ ref: sale.ref }], 'live')
  return { crashCase, remotes, integrationId, sale, misbehaved }
}

const stopOf = ({ crashCase, integrationId }: Doomed): Stop[] =>
  isDuring(crashCase) ? [] : [{ integrationId, point: crashCase.point, passage: crashCase.passage }]

/** A step that waits for the clock gets a bell soon after; the sweep would come up to ten seconds later. */
const keepRinging = (ground: Ground, waiting: () => readonly Doomed[]): (() => void) => {
  const timer = setInterval(() => {
    for (const { integrationId } of waiting()) {
      // One that can't be sent on a busy machine is followed by the next.
      void ground.jobs.send('drain', { integrationId }, integrationId).catch(() => undefined)
    }
  }, ringMs)
  return () => clearInterval(timer)
}

/** Brings one worker to the places of all these cases at once. None of them may be a webhook's. */
export const bringThere = async (
  ground: Ground,
  cases: readonly CrashCase[],
): Promise<Standing> => {
  const doomed = await Promise.all(cases.map((each) => doom(ground, each, null)))
  const lines = new Set<string>()
  const running = ground.startStopping(
    doomed.map(({ integrationId }) => integrationId),
    doomed.flatMap(stopOf),
    (line) => lines.add(line),
  )
  const isThere = ({ crashCase, integrationId, misbehaved }: Doomed): boolean =>
    isDuring(crashCase) ? misbehaved() > 0 : lines.has(said.standing(integrationId))
  for (const { crashCase, integrationId } of doomed) {
    if (crashCase.way === 'poll') await ground.jobs.send('poll', { integrationId }, integrationId)
  }
  const stopRinging = keepRinging(ground, () =>
    doomed.filter((each) => each.crashCase.passage > 1 && !isThere(each)),
  )
  const life = { hasEnded: false }
  void running.ended.then(() => {
    life.hasEnded = true
  })
  await until('all at their places', lifeMsMax, () =>
    life.hasEnded || doomed.every(isThere) ? true : null,
  ).catch(() => undefined)
  stopRinging()
  const there = life.hasEnded ? [] : doomed.filter(isThere)
  return {
    running,
    there,
    astray: doomed.filter((each) => !there.includes(each)),
    isThrough: ({ integrationId }) => lines.has(said.through(integrationId)),
  }
}

const fallenOf = async (
  ground: Ground,
  doomed: readonly Doomed[],
  { pid }: Running,
  at: Date,
): Promise<Fallen[]> => {
  const bookings = await ground.bookings()
  return doomed.map((each) => {
    const booking = bookings.find(({ integrationId }) => integrationId === each.integrationId)
    const state = booking?.state ?? ('no row' as const)
    return { ...each, pid, at, atDeath: { state, ...each.remotes.count() } }
  })
}

/** Another worker, which runs already when somebody dies: what it does first is not to start. */
export const startOther = async (ground: Ground): Promise<Running> => {
  const other = ground.start('worker')
  await until('another worker', startMsMax, () =>
    other.lastWords().includes('Doorvoer is running') ? true : null,
  )
  return other
}

/** The same, but that it sleeps until the death (SIGCONT), or it would take the work away. */
const startAsleep = async (ground: Ground): Promise<Running> => {
  const other = await startOther(ground)
  other.signal('SIGSTOP')
  return other
}

/**
 * Sees one worker die at the places of all these cases at once, with another beside it.
 * @returns what fell, and for each of the others why it did not
 */
export const fall = async (
  ground: Ground,
  cases: readonly CrashCase[],
): Promise<{ fallen: Fallen[]; failures: { crashCase: CrashCase; why: string }[] }> => {
  // A call that is under way would not wait for the other to start.
  const asleep = cases.some(isDuring) ? await startAsleep(ground) : null
  const { running, there, astray } = await bringThere(ground, cases)
  if (asleep === null) await startOther(ground)
  running.signal('SIGKILL')
  const { at } = await running.ended
  asleep?.signal('SIGCONT')
  const fallen = await fallenOf(ground, there, running, at)
  const rows = astray.length === 0 ? [] : await ground.bookings()
  const failures = astray.map(({ crashCase, integrationId }) => {
    const { state, reasonCode } = rows.find((row) => row.integrationId === integrationId) ?? {}
    const why = `it never came there; it is ${state ?? 'unknown'} ${reasonCode ?? ''}; last words:\n${running.lastWords()}`
    return { crashCase, why }
  })
  return { fallen, failures }
}

/** A web server, at the address that the shop was told. */
const startWeb = (
  ground: Ground,
  port: number,
  env: Readonly<Record<string, string>> = {},
): Running =>
  ground.start('web', {
    DOORVOER_PORT: String(port),
    DOORVOER_PUBLIC_URL: `http://127.0.0.1:${port}`,
    ...env,
  })

/**
 * Sees a web server die of a webhook.
 * @throws when it did not die, or not by its own SIGKILL
 */
export const fallOfWebhook = async (ground: Ground, crashCase: CrashCase): Promise<Fallen> => {
  const asleep = await startAsleep(ground)
  const port = await anyFreePort()
  const running = startWeb(ground, port, {
    DOORVOER_CRASH_AT: `${crashCase.point}#${crashCase.passage}`,
  })
  await Promise.race([listening(port, startMsMax), running.ended])
  const doomed = await doom(ground, crashCase, port)
  const ending = await endOf(running, lifeMsMax)
  if (ending?.signal !== 'SIGKILL') {
    running.signal('SIGKILL')
    const how = ending === null ? 'lived on' : `ended with ${ending.code ?? ending.signal}`
    throw new Error(`it ${how}; its words:\n${running.lastWords()}`)
  }
  const [fallen] = await fallenOf(ground, [doomed], running, ending.at)
  asleep.signal('SIGCONT')
  // The shop asks again within the minute: a successor must be there by then, lease or no lease.
  startWeb(ground, port)
  if (fallen === undefined) throw new Error('nothing fell')
  return fallen
}
