import type { Config } from '../config.ts'
import { buildDashboard } from './build-dashboard.ts'
import { graceMs, openRuntime, type Runtime } from './runtime.ts'
import { startWeb } from './web.ts'
import { openWorkerDoor } from './worker-door.ts'
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

/** Starts the given parts on one runtime. @returns how to end them, without losing work */
export const startParts = async (
  runtime: Runtime,
  parts: readonly Part[],
): Promise<() => Promise<void>> => {
  // The web server first: when its port is taken, no work has been started.
  const stopWeb = parts.includes('web') ? await startWeb(runtime) : () => Promise.resolve()
  const closeDoor = parts.includes('web') ? () => Promise.resolve() : await openWorkerDoor(runtime)
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
