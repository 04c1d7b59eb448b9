/**
 * `node scripts/security-mutations.ts [word …] [--jobs N] [--from N] [--json] [--write]`: takes each guard of
 * test/security/mutations/ away, one at a time and in a copy of this checkout, and shows that its test fails.
 * Words choose by the case or the file; --from goes on at the Nth of those chosen; --json prints one object;
 * --write brings docs/security/guards.md up to date. Ends with 1 when a guard can be taken away and nobody
 * notices.
 */
import { execFileSync, spawn } from 'node:child_process'
import {
  cpSync,
  existsSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { availableParallelism, tmpdir } from 'node:os'
import path from 'node:path'
import { parseArgs } from 'node:util'
import { format } from 'prettier'
import { z } from 'zod'
import { mutations } from '../test/security/mutations/all.ts'
import type { Mutation } from '../test/security/mutations/mutation.ts'
import { calendarDay } from '../src/world/calendar-day.ts'
import { wallClock } from '../src/world/clock.ts'
import { startTestServer } from '../test/support/server.ts'
import { mutationPage, type Shown } from './mutation-page.ts'

const root = path.resolve(import.meta.dirname, '..')
const parts = [
  'src',
  'test',
  'sandbox',
  'scripts',
  'web',
  'docs',
  'bench',
  'ops',
  'magento1-extension',
]
const files = [
  'package.json',
  'package-lock.json',
  'tsconfig.json',
  'vitest.config.ts',
  '.env.example',
]
const page = path.join(root, 'docs/security/guards.md')
/** A run that hangs because its guard is gone has noticed nothing. */
const patienceMs = 300_000

const summary = z.object({
  testResults: z.array(
    z.object({
      name: z.string(),
      assertionResults: z.array(z.object({ fullName: z.string(), status: z.string() })),
    }),
  ),
})

interface Ran {
  file: string
  name: string
  status: string
}

const copyOfCheckout = (): string => {
  const copy = mkdtempSync(path.join(tmpdir(), 'doorvoer-mutant-'))
  const leaveOut = new Set(['node_modules', 'dist', '.git'].map((name) => path.sep + name))
  for (const part of [...parts, ...files]) {
    cpSync(path.join(root, part), path.join(copy, part), {
      recursive: true,
      filter: (source) => ![...leaveOut].some((end) => source.endsWith(end)),
    })
  }
  symlinkSync(realpathSync(path.join(root, 'node_modules')), path.join(copy, 'node_modules'))
  return copy
}

/** Runs tests in a copy. @returns what became of each; none when the run broke before its first */
const run = async (copy: string, tests: readonly string[], name = ''): Promise<Ran[]> => {
  const output = path.join(copy, 'outcome.json')
  rmSync(output, { force: true })
  const filter = name === '' ? [] : ['-t', name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')]
  const child = spawn(
    process.execPath,
    ['node_modules/vitest/vitest.mjs', 'run', ...tests, ...filter].concat([
      '--reporter=json',
      `--outputFile=${output}`,
    ]),
    { cwd: copy, stdio: 'ignore', env: process.env },
  )
  const patience = setTimeout(() => child.kill('SIGKILL'), patienceMs * tests.length)
  await new Promise((resolve) => child.once('close', resolve))
  clearTimeout(patience)
  try {
    const { testResults } = summary.parse(JSON.parse(readFileSync(output, 'utf8')))
    return testResults.flatMap(({ name: file, assertionResults }) =>
      assertionResults.map(({ fullName, status }) => ({
        file: path.relative(realpathSync(copy), file),
        name: fullName,
        status,
      })),
    )
  } catch {
    return []
  }
}

/** @throws Error when the text of a guard does not stand in its file exactly once */
const mutated = (text: string, { file, edits }: Mutation): string =>
  edits.reduce((rest, [from, to]) => {
    if (rest.split(from).length !== 2) throw new Error(`${file} does not hold once: ${from}`)
    return rest.replace(from, () => to)
  }, text)

const noticed = async (copy: string, mutation: Mutation): Promise<string | null> => {
  const file = path.join(copy, mutation.file)
  const whole = readFileSync(file, 'utf8')
  writeFileSync(file, mutated(whole, mutation))
  try {
    let ran = await run(copy, [mutation.test], mutation.notices)
    // Without an outcome nothing is known: a machine that stood still is no verdict.
    if (ran.length === 0) ran = await run(copy, [mutation.test], mutation.notices)
    const failed = ran.filter(
      ({ status, name }) => status === 'failed' && name.includes(mutation.notices),
    )
    return failed[0]?.name ?? null
  } finally {
    writeFileSync(file, whole)
  }
}

const { values, positionals: words } = parseArgs({
  options: {
    jobs: { type: 'string' },
    from: { type: 'string' },
    json: { type: 'boolean' },
    write: { type: 'boolean' },
  },
  allowPositionals: true,
})
const chosen = mutations
  .filter(
    ({ against, file }) =>
      words.length === 0 || words.some((word) => against.includes(word) || file.includes(word)),
  )
  .slice(Math.max(0, Number(values.from ?? 1) - 1))
const jobs = Math.min(8, Math.max(1, Number(values.jobs ?? availableParallelism())))

const git = (...args: string[]) => execFileSync('git', args, { cwd: root, encoding: 'utf8' }).trim()
const commit =
  git('rev-parse', '--short=12', 'HEAD') + (git('status', '--porcelain') === '' ? '' : '+')

const endServer = await startTestServer()
const copies = Array.from({ length: jobs }, copyOfCheckout)
const faults: string[] = []
const shown: Shown[] = []
const tell = (line: string) => {
  if (values.json !== true) console.log(line)
}
try {
  const waiting = [...chosen]
  const work = async (copy: string): Promise<void> => {
    for (let mutation = waiting.shift(); mutation !== undefined; mutation = waiting.shift()) {
      const by = await noticed(copy, mutation)
      const { against, file, test } = mutation
      if (by === null) faults.push(`${against}: ${file} can be taken away, and nobody notices`)
      shown.push({ mutation, by })
      tell(`${by === null ? 'FAILED' : 'ok    '} | ${[against, file, test, by ?? '—'].join(' | ')}`)
    }
  }
  await Promise.all(copies.map(work))
  // A test that always fails notices nothing: with every guard in its place all of them must pass.
  const [first = ''] = copies
  const whole = await run(first, [...new Set(chosen.map(({ test }) => test))])
  const broken = whole.filter(({ status }) => status === 'failed')
  for (const { file, name } of broken)
    faults.push(`fails with every guard in place: ${file} ${name}`)
  for (const { against, test, notices } of chosen) {
    const passes = (each: Ran) =>
      each.file === test && each.name.includes(notices) && each.status === 'passed'
    if (!whole.some(passes))
      faults.push(`${against}: no test of ${test} passes that is "${notices}"`)
  }
} finally {
  for (const copy of copies) rmSync(copy, { recursive: true, force: true })
  await endServer()
}
if (values.write === true) {
  const before = existsSync(page) ? readFileSync(page, 'utf8') : ''
  const text = mutationPage(before, mutations, shown, {
    commit,
    day: calendarDay(wallClock.now()),
  })
  writeFileSync(page, await format(text, { parser: 'markdown', printWidth: 100 }))
}
for (const fault of faults) tell(fault)
tell(`${chosen.length} guards were taken away, one at a time; faults: ${faults.length}`)
if (values.json === true) {
  const outcomes = shown.map(({ mutation, by }) => {
    const { against, file, test } = mutation
    return { against, file, test, failed: by }
  })
  console.log(JSON.stringify({ commit, guards: chosen.length, faults, outcomes }))
}
process.exitCode = faults.length === 0 ? 0 : 1
