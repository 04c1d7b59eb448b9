/**
 * `npm run prove -- [parts] [flags]`: proves that no sale is lost, doubled or stuck. Ends with 1 when one is,
 * or a checker failed; with 2 when the flags are wrong.
 */
import { execFileSync } from 'node:child_process'
import { parseArgs } from 'node:util'
import { allPairs, nameOf } from '../test/prove/pairs.ts'
import { nothing, type Choices, type Part, type PartResult } from '../test/prove/part.ts'
import { noLog, openRunLog } from '../test/prove/run-log.ts'
import { parts } from '../test/prove/parts.ts'
import { inWords, reportOf } from '../test/prove/report.ts'

class Mistake extends Error {}

const usage = [
  'npm run prove -- [part …] [--seed N] [--seeds N] [--sales N] [--kills N] [--inputs N]',
  '                 [--pair shop:books,…] [--points word,…] [--from COMMIT] [--jobs N] [--json] [--log FILE]',
  '',
  ...parts.map(({ name, what }) => `  ${name.padEnd(10)} ${what}`),
].join('\n')

const countMax = 1_000_000_000

const count = (name: string, text: string | undefined): number | null => {
  if (text === undefined) return null
  if (!/^\d{1,10}$/.test(text) || Number(text) > countMax) {
    throw new Mistake(`--${name} takes a whole number`)
  }
  return Number(text)
}

const listOf = (text: string | undefined): string[] =>
  (text ?? '').split(',').filter((each) => each !== '')

interface Wish {
  chosen: readonly Part[]
  choices: Omit<Choices, 'log'>
  /** The file that a run which is broken off can go on from. */
  log: string | null
  json: boolean
}

const options = {
  seed: { type: 'string' },
  seeds: { type: 'string' },
  sales: { type: 'string' },
  kills: { type: 'string' },
  inputs: { type: 'string' },
  pair: { type: 'string' },
  points: { type: 'string' },
  from: { type: 'string' },
  jobs: { type: 'string' },
  json: { type: 'boolean' },
  log: { type: 'string' },
  help: { type: 'boolean' },
} as const

const parse = (args: readonly string[]) => {
  try {
    return parseArgs({ args: [...args], options, allowPositionals: true })
  } catch (error) {
    throw new Mistake(error instanceof Error ? error.message : String(error))
  }
}

/** @throws Mistake */
const read = (args: readonly string[]): Wish => {
  const { values, positionals } = parse(args)
  if (values.help === true) throw new Mistake('')
  const chosen = positionals.map((name) => {
    const part = parts.find((each) => each.name === name)
    if (part === undefined) throw new Mistake(`there is no part called ${name}`)
    return part
  })
  const pairs = listOf(values.pair)
  const known = new Set(allPairs.map(nameOf))
  const stranger = pairs.find((pair) => !known.has(pair) && pair !== 'all')
  if (stranger !== undefined) throw new Mistake(`there is no pair ${stranger}`)
  return {
    chosen: chosen.length === 0 ? parts : chosen,
    choices: {
      seed: count('seed', values.seed) ?? 1,
      seeds: count('seeds', values.seeds),
      sales: count('sales', values.sales),
      kills: count('kills', values.kills),
      inputs: count('inputs', values.inputs),
      pairs: pairs.includes('all') ? [...known] : pairs,
      points: listOf(values.points),
      from: values.from ?? null,
      jobs: Math.max(1, count('jobs', values.jobs) ?? 2),
    },
    log: values.log ?? null,
    json: values.json === true,
  }
}

const commit = (): string => {
  const git = (...args: string[]) => execFileSync('git', args, { encoding: 'utf8' }).trim()
  return git('rev-parse', '--short=12', 'HEAD') + (git('status', '--porcelain') === '' ? '' : '+')
}

const prove = async ({ chosen, choices, log: file, json }: Wish): Promise<number> => {
  const results: PartResult[] = []
  // What it ran with, and not what was committed while it ran.
  const ran = commit()
  for (const { name, run } of chosen) {
    const tell = (line: string) => void process.stderr.write(`${name}: ${line}\n`)
    const startedMs = performance.now()
    // A part that breaks is a fault, and no reason to keep what the others found.
    const log = file === null ? noLog : openRunLog(file, ran, name)
    const result = await run({ ...choices, log }, tell).catch((error: unknown) => ({
      ...nothing,
      faults: [error instanceof Error ? (error.stack ?? error.message) : String(error)],
    }))
    results.push({ part: name, ...result, tookMs: Math.round(performance.now() - startedMs) })
  }
  const report = reportOf(ran, results)
  console.log(json ? JSON.stringify(report) : inWords(report))
  return report.ok ? 0 : 1
}

// Whatever was started ends with it (test/crash/processes.ts), and not only when it ends by itself.
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(130))

try {
  process.exitCode = await prove(read(process.argv.slice(2)))
} catch (error) {
  if (!(error instanceof Mistake)) throw error
  console.error(error.message === '' ? usage : `${error.message}\n\n${usage}`)
  process.exitCode = 2
}
