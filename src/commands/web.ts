import { existsSync } from 'node:fs'
import path from 'node:path'
import { listenForChanges } from '../bookings/announcements.ts'
import type { StoreApp } from '../connectors/webshop.ts'
import type { House } from '../server/house.ts'
import { buildServer } from '../server/server.ts'
import { storeAddresses } from '../server/routes/store.ts'
import { createWatchers } from '../server/watchers.ts'
import { listenerOn, type Runtime } from './runtime.ts'

const dashboardFolder = path.resolve(import.meta.dirname, '../../web/dist')

/** How long open requests may take when the server ends. */
const requestsMs = 15_000
const idleLookMs = 100

/** The port is in use; the message says which and what to do. */
export class PortTaken extends Error {
  override readonly name = 'PortTaken'
}

const storeAppsOf = ({ config }: Runtime): Record<string, StoreApp> =>
  Object.fromEntries(
    Object.entries(config.storeApps).map(([system, app]) => [
      system,
      { ...app, ...storeAddresses(config.publicUrl, system) },
    ]),
  )

/**
 * Starts the web server. @returns how to stop it
 * @throws PortTaken
 */
export const startWeb = async (runtime: Runtime): Promise<() => Promise<void>> => {
  const { config, engine, pool } = runtime
  const watchers = createWatchers()
  const house: House = {
    engine,
    pool,
    signIn: await runtime.openSignIn(),
    publicUrl: config.publicUrl,
    trustProxy: config.trustProxy,
    storeApps: storeAppsOf(runtime),
    ...runtime.measures,
    watchers,
    billing: runtime.billing,
    dashboard: existsSync(path.join(dashboardFolder, 'index.html')) ? dashboardFolder : null,
    logLevel: config.logLevel,
    callsPerMinute: 600,
  }
  const server = await buildServer(house)
  const stopListening = listenForChanges(listenerOn(runtime), engine.clock, (integrationId) =>
    watchers.changed(integrationId),
  )
  try {
    await server.listen({ host: config.host, port: config.port })
  } catch (error) {
    await stopListening()
    await server.close()
    if ((error as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw error
    throw new PortTaken(
      `Port ${config.port} is in use by another program. Set DOORVOER_PORT to a free one.`,
    )
  }
  return async () => {
    watchers.closeAll()
    await stopListening()
    const closed = server.close()
    // A connection that was in use at this moment is idle afterwards, and would be waited for over a minute.
    const idle = setInterval(() => server.server.closeIdleConnections(), idleLookMs)
    const late = setTimeout(() => server.server.closeAllConnections(), requestsMs)
    await closed.finally(() => {
      clearInterval(idle)
      clearTimeout(late)
    })
  }
}
