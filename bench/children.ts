import { fork, spawn, type ChildProcess } from 'node:child_process'
import { closeSync, openSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import path from 'node:path'

/** What a process of the bench can be asked: each deed takes one value and promises another. */
export type Deeds = Record<string, (arg: never) => Promise<unknown>>

type Asked<D extends Deeds> = {
  [K in keyof D]: (arg: Parameters<D[K]>[0]) => ReturnType<D[K]>
}

interface Question {
  id: number
  deed: string
  arg: unknown
}

type Answer = { id: number; value: unknown } | { id: number; error: string }

/** A process we started. `end` ends it by its id, gently first. */
export interface Running {
  pid: number
  end(): Promise<void>
}

/** Longer than (c) may take to finish what is in its hands. */
const gentleMs = 30_000
const alive = new Set<ChildProcess>()

// Whatever happens to this process, none of its children outlives it.
process.on('exit', () => {
  for (const child of alive) child.kill('SIGKILL')
})

const running = (name: string, child: ChildProcess): Running => {
  const { pid } = child
  if (pid === undefined) throw new Error(`${name} could not be started`)
  alive.add(child)
  const ended = new Promise<void>((resolve) => {
    child.once('exit', () => {
      alive.delete(child)
      resolve()
    })
  })
  return {
    pid,
    async end() {
      if (!alive.has(child)) return
      child.kill('SIGTERM')
      const force = setTimeout(() => child.kill('SIGKILL'), gentleMs)
      await ended
      clearTimeout(force)
    },
  }
}

export interface SpawnOptions {
  /** Arguments of Node itself, e.g. for a profile. */
  nodeArgs?: readonly string[]
  env: Readonly<Record<string, string>>
  /** Working folder; what the process prints goes to `<name>.log` in it. */
  folder: string
}

/** Starts a program of the product as anybody would from a shell. `printed` is what it said so far. */
export const start = (
  name: string,
  args: readonly string[],
  options: SpawnOptions,
): Running & { printed(): Promise<string> } => {
  const file = path.join(options.folder, `${name}.log`)
  const log = openSync(file, 'w')
  const child = spawn(process.execPath, [...(options.nodeArgs ?? []), ...args], {
    cwd: options.folder,
    env: { PATH: process.env['PATH'] ?? '', ...options.env },
    stdio: ['ignore', log, log],
  })
  closeSync(log)
  return { ...running(name, child), printed: () => readFile(file, 'utf8') }
}

/** Starts a process of the bench and opens the line to it. */
export const startDeeds = <D extends Deeds>(
  file: string,
  nodeArgs: readonly string[] = [],
): Running & { ask: Asked<D> } => {
  const child = fork(path.join(import.meta.dirname, file), { execArgv: [...nodeArgs] })
  const waiting = new Map<number, (answer: Answer) => void>()
  let lastId = 0
  child.on('message', (message) => {
    const answer = message as Answer
    waiting.get(answer.id)?.(answer)
    waiting.delete(answer.id)
  })
  child.once('exit', () => {
    for (const [id, answer] of waiting) answer({ id, error: `${file} ended` })
  })
  const ask = (deed: string) => (arg: unknown) =>
    new Promise<unknown>((resolve, reject) => {
      lastId += 1
      const question: Question = { id: lastId, deed, arg }
      waiting.set(question.id, (answer) => {
        if ('error' in answer) reject(new Error(`${file} ${deed}: ${answer.error}`))
        else resolve(answer.value)
      })
      child.send(question)
    })
  return {
    ...running(file, child),
    ask: new Proxy({}, { get: (_target, deed) => ask(String(deed)) }) as Asked<D>,
  }
}

/** The other end of `startDeeds`: answers until the line closes, then ends this process. */
export const answerDeeds = (deeds: Deeds): void => {
  const answer = async ({ id, deed, arg }: Question): Promise<Answer> => {
    try {
      const act = deeds[deed] as ((given: unknown) => Promise<unknown>) | undefined
      if (act === undefined) throw new Error(`no such deed: ${deed}`)
      return { id, value: await act(arg) }
    } catch (error) {
      return { id, error: error instanceof Error ? (error.stack ?? error.message) : String(error) }
    }
  }
  process.on('message', (message) => {
    void answer(message as Question).then((value) => process.send?.(value))
  })
  process.on('disconnect', () => process.exit(0))
  process.on('SIGTERM', () => process.exit(0))
}
