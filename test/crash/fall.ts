import { anyFreePort } from '../../src/database/embedded.ts'
import type { BookingState } from '../../src/database/booking-state.ts'
import { installIntegration } from '../support/engine.ts'
import type { CrashCase } from './cases.ts'
import type { Ground } from './ground.ts'
import { endOf, listening, until, type Running } from './processes.ts'
import type { PlacedSale, Remotes } from './remotes.ts'

const startMsMax = 60_000
/** The clerk's third step comes after a late-effect wait. */
const lifeMsMax = 120_000
const ringMs = 300

/** What a death left behind. */
export interface Fallen {
  crashCase: CrashCase
  remotes: Remotes
  integrationId: string
  sale: PlacedSale
  /** Where the shop's webhooks go, so that a successor has to listen there. */
  port: number | null
  pid: number
  at: Date
  atDeath: { state: BookingState | 'no row'; invoices: number; debtors: number }
  /** How often the books went wrong as planned. */
  misbehaved(): number
}

/** A step that waits for the clock gets a bell soon after; the sweep would come up to ten seconds later. */
const keepRinging = (ground: Ground, integrationId: string): (() => void) => {
  const timer = setInterval(() => {
    void ground.jobs.send('drain', { integrationId }, integrationId)
  }, ringMs)
  return () => clearInterval(timer)
}

/** A web server, at the address that the shop was told. */
export const startWeb = (
  ground: Ground,
  port: number,
  env: Readonly<Record<string, string>> = {},
): Running =>
  ground.start('web', {
    DOORVOER_PORT: String(port),
    DOORVOER_PUBLIC_URL: `http://127.0.0.1:${port}`,
    ...env,
  })

const faultOf = ({ point, remote }: CrashCase) => {
  const created = remote === 'creates and stays silent'
  if (point.startsWith('during:')) return created ? 'timeout-after' : 'timeout-before'
  return created ? 'reset-after' : 'reset-before'
}

/** Starts the process that is to die and gives it its sale. */
const begin = async (
  ground: Ground,
  { point, passage, way }: CrashCase,
  { remotes, integrationId, port }: Pick<Fallen, 'remotes' | 'integrationId' | 'port'>,
): Promise<{ running: Running; sale: PlacedSale }> => {
  const env: Record<string, string> = point.startsWith('during:')
    ? {}
    : { DOORVOER_CRASH_AT: `${point}#${passage}` }
  if (port !== null) {
    const running = startWeb(ground, port, env)
    await Promise.race([listening(port, startMsMax), running.ended])
    return { running, sale: remotes.place('send') }
  }
  const sale = remotes.place('lost')
  if (way === 'written') {
    await ground.bench.engine.commits.see(integrationId, [{ ref: sale.ref }], 'live')
  }
  const running = ground.startConfined(integrationId, env)
  if (way === 'poll') await ground.jobs.send('poll', { integrationId }, integrationId)
  return { running, sale }
}

/**
 * Installs an integration, lets it have a sale, and sees the process that works on it die.
 * @throws when it did not die, or not by its own SIGKILL
 */
export const fall = async (ground: Ground, crashCase: CrashCase): Promise<Fallen> => {
  const { pair, point, passage, way, call, remote } = crashCase
  const remotes = await ground.startRemotes(pair)
  const port = way === 'webhook' ? await anyFreePort() : null
  const integrationId = await installIntegration(ground.bench.engine, remotes.shop, remotes.books, {
    settings: remotes.settings,
    ...(port !== null && { publicUrl: `http://127.0.0.1:${port}` }),
  })
  const misbehaved = remote === 'answers' ? () => 0 : remotes.misbehave(call, faultOf(crashCase))
  const { running, sale } = await begin(ground, crashCase, { remotes, integrationId, port })
  const stopRinging = passage > 1 ? keepRinging(ground, integrationId) : () => undefined
  try {
    if (point.startsWith('during:')) {
      await until('the call of the books', startMsMax, () => (misbehaved() > 0 ? true : null))
      running.signal('SIGKILL')
    }
    const ending = await endOf(running, lifeMsMax)
    if (ending?.signal !== 'SIGKILL') {
      const how = ending === null ? 'lived on' : `ended with ${ending.code ?? ending.signal}`
      const bookings = JSON.stringify(await ground.bookings(), null, 1)
      throw new Error(`it ${how}; its words:\n${running.lastWords()}\nbookings: ${bookings}`)
    }
    const bookings = await ground.bookings()
    const booking = bookings.find((each) => each.integrationId === integrationId)
    // The shop asks again within the minute: a successor must be there by then, lease or no lease.
    if (port !== null) startWeb(ground, port)
    const atDeath = { state: booking?.state ?? ('no row' as const), ...remotes.count() }
    const { pid } = running
    return {
      crashCase,
      remotes,
      integrationId,
      sale,
      port,
      pid,
      at: ending.at,
      atDeath,
      misbehaved,
    }
  } finally {
    stopRinging()
    running.signal('SIGKILL')
  }
}
