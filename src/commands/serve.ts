import type { Config } from '../config.ts'
import { buildDashboard } from './build-dashboard.ts'
import { graceMs, openRuntime, type Runtime } from './runtime.ts'
import { startWorker } from './worker.ts'

export type Part = 'web' | 'worker'

/** Resolves when somebody asks this process to end. A second request ends it at once. */
const askedToEnd = () =>
  new Promise<string>((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) {
      process.once(signal, () => {
        process.once(signal, () => process.exit(1))
        resolve(signal)
      })
    }
  })

type Stop = () => Promise<void>
const nothingToStop: Stop = () => Promise.resolve()

/** The web server's code is loaded where it runs: a worker starts in half the time without. */
const startWeb = async (runtime: Runtime): Promise<Stop> =>
  (await import('./web.ts')).startWeb(runtime)

const openWorkerDoor = async (runtime: Runtime): Promise<Stop> =>
  runtime.config.metricsPort === undefined
    ? nothingToStop
    : (await import('./worker-door.ts')).openWorkerDoor(runtime, runtime.config.metricsPort)

/** Starts the given parts on one runtime. @returns how to end them, without losing work */
export const startParts = async (
  runtime: Runtime,
  parts: readonly Part[],
): Promise<() => Promise<void>> => {
  // The web server first: when its port is taken, no work has been started.
  const stopWeb = parts.includes('web') ? await startWeb(runtime) : nothingToStop
  const closeDoor = parts.includes('web') ? nothingToStop : await openWorkerDoor(runtime)
  const stopWorker = parts.includes('worker') ? await startWorker(runtime) : () => undefined
  return async () => {
    runtime.letGo()
    stopWorker()
    // Side by side, so that nothing new is worked on while open requests are answered; those may still ring.
    await Promise.all([runtime.jobs.finish(graceMs), closeDoor().then(stopWeb)])
    await runtime.close()
  }
}

/** Runs the web server, a worker, or both, until asked to end. */
export const serve = async (config: Config, parts: readonly Part[]): Promise<void> => {
  if (parts.includes('web')) await buildDashboard()
  const runtime = await openRuntime(config, {
    role: parts.includes('worker') ? 'worker' : 'sender',
  })
  const stop = await startParts(runtime, parts).catch(async (error: unknown) => {
    await runtime.close()
    throw error
  })
  // Whoever reads that it runs may ask it to end at once.
  const asked = askedToEnd()
  runtime.log.info({ parts, address: config.publicUrl }, 'Doorvoer is running')
  const signal = await asked
  runtime.log.info({ signal }, 'ending: finishing what is in hand')
  await stop()
}
