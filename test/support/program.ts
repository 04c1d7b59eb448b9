import { spawn, type ChildProcessByStdio } from 'node:child_process'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { Readable } from 'node:stream'
import { compiledCode } from './compiled-code.ts'

const root = path.resolve(import.meta.dirname, '../..')

const mains = { doorvoer: 'src/main.ts', sandbox: 'sandbox/main.ts' } as const

export interface Ended {
  code: number | null
  stdout: string
  stderr: string
}

export interface Program {
  /** What it has said so far. */
  said(): { stdout: string; stderr: string }
  /** Resolves once `word` stands on either output. @throws when the program ends before that */
  says(word: string): Promise<void>
  /** Asks it to end, as Ctrl+C and a supervisor do. */
  end(signal?: NodeJS.Signals): void
  ended: Promise<Ended>
}

interface ProgramOptions {
  env?: Readonly<Record<string, string>>
  /** Where it runs; a folder without `.env` by default. */
  cwd?: string
  /** `main.ts` of another version. */
  main?: string
  /** Killed after this, so that a program that hangs fails its test and not the whole run. */
  patienceMs?: number
  /** Which of our programs; `doorvoer` when absent. */
  program?: keyof typeof mains
}

/** Runs `doorvoer …`, or a sandbox, as a program of its own, in an environment that knows nothing of ours. */
export const runProgram = (args: readonly string[], options: ProgramOptions = {}): Program => {
  const child: ChildProcessByStdio<null, Readable, Readable> = spawn(
    process.execPath,
    [options.main ?? path.join(root, mains[options.program ?? 'doorvoer']), ...args],
    {
      cwd: options.cwd ?? tmpdir(),
      env: { PATH: process.env['PATH'], HOME: tmpdir(), ...compiledCode(), ...options.env },
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  )
  const said = { stdout: '', stderr: '' }
  const waiting = new Set<() => void>()
  for (const name of ['stdout', 'stderr'] as const) {
    child[name].setEncoding('utf8')
    child[name].on('data', (text: string) => {
      said[name] += text
      for (const look of waiting) look()
    })
  }
  const patience = setTimeout(() => child.kill('SIGKILL'), options.patienceMs ?? 60_000)
  const ended = new Promise<Ended>((resolve, reject) => {
    child.once('error', reject)
    child.once('close', (code) => {
      clearTimeout(patience)
      resolve({ code, ...said })
    })
  })
  return {
    said: () => ({ ...said }),
    says: (word) =>
      new Promise((resolve, reject) => {
        const look = () => {
          if (!said.stdout.includes(word) && !said.stderr.includes(word)) return
          waiting.delete(look)
          resolve()
        }
        waiting.add(look)
        void ended.then(({ code, stderr }) => {
          reject(new Error(`ended with ${code} before it said "${word}": ${stderr.slice(0, 500)}`))
        })
        look()
      }),
    end: (signal = 'SIGTERM') => {
      child.kill(signal)
    },
    ended,
  }
}
