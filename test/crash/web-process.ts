/**
 * The web server as `doorvoer web` runs it, but for building the dashboard: a test of crashes must not build
 * what other tests are serving.
 */
import { openRuntime } from '../../src/commands/runtime.ts'
import { startParts } from '../../src/commands/serve.ts'
import { readConfig } from '../../src/config.ts'

const runtime = await openRuntime(readConfig(process.env), { role: 'sender' })
const stop = await startParts(runtime, ['web'])
process.once('SIGTERM', () => void stop())
