import { parseArgs } from 'node:util'
import { type Sandbox, type SandboxOptions } from './kit/server.ts'
import { sandboxes } from './registry.ts'

const usage = 'node sandbox/main.ts <system> [--port N] [--latency MS] [--limits real|off]'

interface Command {
  system: string
  start(options: SandboxOptions): Promise<Sandbox>
  options: SandboxOptions
}

const command = attempt(2, () => readCommand(process.argv.slice(2)))
const sandbox = await command.start(command.options).catch((error: unknown) => fail(1, error))
console.log(`${command.system} sandbox on ${sandbox.url} (back office: ${sandbox.url}/_sandbox/)`)

function attempt<T>(exitCode: number, act: () => T): T {
  try {
    return act()
  } catch (error) {
    return fail(exitCode, error)
  }
}

function fail(exitCode: number, error: unknown): never {
  console.error(error instanceof Error ? error.message : String(error))
  process.exit(exitCode)
}

function readCommand(args: string[]): Command {
  const { positionals, values } = parseFlags(args)
  const [system, ...rest] = positionals
  if (system === undefined || rest.length > 0) throw new Error(`${usage}; systems: ${systems()}`)
  const start = sandboxes[system]
  if (start === undefined) throw new Error(`unknown system ${system}; there are: ${systems()}`)
  const { limits } = values
  if (limits !== 'real' && limits !== 'off') throw new Error('--limits must be real or off')
  return {
    system,
    start,
    options: {
      port: readWhole(values.port, '--port', 65_535),
      latencyMs: readWhole(values.latency, '--latency', 600_000),
      limits,
    },
  }
}

// Its return type is the one parseArgs derives from these options.
function parseFlags(args: string[]) {
  try {
    return parseArgs({
      args,
      allowPositionals: true,
      options: {
        port: { type: 'string', default: '0' },
        latency: { type: 'string', default: '0' },
        limits: { type: 'string', default: 'real' },
      },
    })
  } catch (cause) {
    // The rest of Node's message is advice about positional arguments, which only confuses here.
    const [problem = ''] = (cause as Error).message.split('. ')
    throw new Error(`${problem}; ${usage}`, { cause })
  }
}

function readWhole(value: string, name: string, max: number): number {
  if (/^\d{1,6}$/.test(value) && Number(value) <= max) return Number(value)
  throw new Error(`${name} must be a whole number from 0 to ${max}`)
}

function systems(): string {
  return Object.keys(sandboxes).join(', ')
}
