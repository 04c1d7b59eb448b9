import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { createInterface } from 'node:readline'
import { setTimeout as pause } from 'node:timers/promises'
import { accountings } from '../../src/connectors/registry.ts'
import { newKey } from '../../src/merchants/key-ring.ts'
import { seededRandom } from '../../src/world/random.ts'
import { compiledCode } from '../support/compiled-code.ts'

const project = path.resolve(import.meta.dirname, '../..')
const programs = {
  worker: ['src/main.ts', 'worker'],
  'stopping worker': ['test/crash/stopping-worker.ts'],
  web: ['test/crash/web-process.ts'],
} as const
const lastWordsMax = 20_000

/** How a process ended. `at` is when this process heard of it, moments after it happened. */
interface Ending {
  signal: NodeJS.Signals | null
  code: number | null
  at: Date
}

/** A real process of ours. */
export interface Running {
  pid: number
  ended: Promise<Ending>
  signal(name: NodeJS.Signals): void
  /** Writes a line to its standard input. */
  tell(line: string): void
  /** Asks it to end in order, and waits. */
  stop(): Promise<Ending>
  /** The end of what it printed, for a person who wonders. */
  lastWords(): string
}

export interface ProcessPlan {
  program: keyof typeof programs
  databaseUrl: string
  home: string
  env?: Readonly<Record<string, string>>
  /** Told of every line it prints. */
  onLine?: (line: string) => void
  /** A folder with another version, to run the program of that. */
  version?: string
}

/**
 * A folder for a few processes to live in. They share one cache of compiled code there, which saves a third
 * of every start.
 */
export const makeHome = async (): Promise<{ folder: string; remove(): Promise<void> }> => {
  const folder = await mkdtemp(path.join(tmpdir(), 'doorvoer-crash-'))
  return { folder, remove: () => rm(folder, { recursive: true, force: true }) }
}

const alive = new Set<ChildProcess>()
// A run that is broken off must not leave workers behind.
process.once('exit', () => {
  for (const child of alive) child.kill('SIGKILL')
})

/** Starts a process with an environment of its own: nothing of a developer's settings leaks in. */
export const startProcess = ({
  program,
  databaseUrl,
  home,
  env = {},
  onLine,
  version = project,
}: ProcessPlan): Running => {
  const [script, ...args] = programs[program]
  const child = spawn(process.execPath, [path.join(version, script), ...args], {
    // Not in the project: a developer's .env is none of ours.
    cwd: home,
    env: {
      PATH: process.env['PATH'],
      ...compiledCode(path.join(home, 'compiled')),
      DATABASE_URL: databaseUrl,
      DOORVOER_HOME: home,
      // The key that test/support/engine.ts seals with.
      DOORVOER_KEYS: newKey('test', seededRandom(1)),
      DOORVOER_SECRET: Buffer.from(seededRandom(2).bytes(32)).toString('base64url'),
      DOORVOER_PRIVATE_ADDRESSES: '127.0.0.0/8',
      DOORVOER_LATE_EFFECTS: accountings.map(({ id }) => `${id}=3s`).join(','),
      ...env,
    },
    stdio: ['pipe', 'pipe', 'pipe'],
  })
  alive.add(child)
  // Whoever is killed reads nothing any more.
  child.stdin.on('error', () => undefined)
  let words = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      words = (words + text).slice(-lastWordsMax)
    })
  }
  if (onLine !== undefined) createInterface({ input: child.stdout }).on('line', onLine)
  const ended = new Promise<Ending>((resolve, reject) => {
    child.once('error', reject)
    child.once('exit', (code, signal) => {
      alive.delete(child)
      resolve({ code, signal, at: new Date() })
    })
  })
  const signal = (name: NodeJS.Signals) => {
    child.kill(name)
  }
  return {
    pid: child.pid ?? 0,
    ended,
    signal,
    tell: (line) => void child.stdin.write(`${line}\n`),
    stop() {
      signal('SIGTERM')
      return ended
    },
    lastWords: () => words,
  }
}

/** Asks again until `ask` has an answer. @throws when it has none in time, naming what was waited for */
export const until = async <T>(
  what: string,
  timeoutMs: number,
  ask: () => Promise<T | null | undefined> | T | null | undefined,
  everyMs = 50,
): Promise<T> => {
  const deadline = Date.now() + timeoutMs
  for (;;) {
    const answer = await ask()
    if (answer !== null && answer !== undefined) return answer
    if (Date.now() > deadline) throw new Error(`${what}: not within ${timeoutMs / 1000} s`)
    await pause(everyMs)
  }
}

/** Waits for the end of a process. @returns null when it lives on */
export const endOf = async (running: Running, timeoutMs: number): Promise<Ending | null> => {
  const givenUp = new AbortController()
  const tooLong = pause(timeoutMs, null, { signal: givenUp.signal }).catch(() => null)
  const ending = await Promise.race([running.ended, tooLong])
  givenUp.abort()
  return ending
}

/** Whether a process is stopped, as the kernel says. */
export const isStopped = async (pid: number): Promise<boolean> => {
  const status = await readFile(`/proc/${pid}/stat`, 'utf8')
  return status.slice(status.lastIndexOf(')') + 2).startsWith('T')
}

/** Resolves when something listens on this port of loopback. */
export const listening = (port: number, timeoutMs: number): Promise<true> =>
  until(`a listener on port ${port}`, timeoutMs, async () => {
    const socket = connect(port, '127.0.0.1')
    try {
      await once(socket, 'connect')
      return true as const
    } catch {
      return null
    } finally {
      socket.destroy()
    }
  })
