/**
 * A worker as `doorvoer worker` runs it, but that it stands still at given places of given integrations, each at
 * its own, until it is told to go on. So one process can die, or be stopped, at sixteen places at once.
 */
import { AsyncLocalStorage } from 'node:async_hooks'
import { createInterface } from 'node:readline'
import type { AtCrashPoint } from '../../src/bookings/crash-points.ts'
import { openRuntime } from '../../src/commands/runtime.ts'
import { startParts } from '../../src/commands/serve.ts'
import { readConfig } from '../../src/config.ts'
import type { Jobs } from '../../src/jobs/jobs.ts'
import { gate } from '../support/gate.ts'
import { goOn, readStops, said, stopsVariable } from './stops.ts'

/** The integration that the present work is for. */
const whose = new AsyncLocalStorage<string>()
const going = gate()
const stops = new Map(
  readStops(process.env[stopsVariable] ?? '[]').map((stop) => [
    stop.integrationId,
    { ...stop, passages: 0, isReached: false },
  ]),
)

const say = (line: string) => void process.stdout.write(`${line}\n`)

const at: AtCrashPoint = (point) => {
  const stop = stops.get(whose.getStore() ?? '')
  if (stop?.point !== point) return
  stop.passages += 1
  if (stop.passages !== stop.passage) return
  stop.isReached = true
  say(said.standing(stop.integrationId))
  return going.opened
}

/** `handle`, in which `at` knows for whom it is. */
const knowing =
  <D extends { integrationId: string }>(handle: (data: D) => Promise<void>) =>
  async (data: D): Promise<void> => {
    const stop = stops.get(data.integrationId)
    const wasReached = stop?.isReached ?? false
    try {
      await whose.run(data.integrationId, () => handle(data))
    } finally {
      if (stop !== undefined && !wasReached && stop.isReached) say(said.through(data.integrationId))
    }
  }

const knowingJobs = (jobs: Jobs): Jobs => ({
  ...jobs,
  work: (handlers) =>
    jobs.work({ ...handlers, drain: knowing(handlers.drain), poll: knowing(handlers.poll) }),
})

createInterface({ input: process.stdin }).on('line', (line) => {
  if (line === goOn) going.open()
})
const runtime = await openRuntime(readConfig(process.env), { role: 'worker', at })
const stop = await startParts({ ...runtime, jobs: knowingJobs(runtime.jobs) }, ['worker'])
process.once('SIGTERM', () => void stop().then(() => process.exit(0)))
