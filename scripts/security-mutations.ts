/**
 * `node scripts/security-mutations.ts [word …] [--jobs N]`: takes each guard of test/security/mutations.ts away,
 * one at a time and in a copy of this checkout, and shows that its test fails. Words choose by the case or the
 * file. Ends with 1 when a guard can be taken away and nobody notices.
 */
import { spawn } from 'node:child_process'
import {
  cpSync,
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
import { z } from 'zod'
import { mutations, type Mutation } from '../test/security/mutations.ts'
import { startTestServer } from '../test/support/server.ts'

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
export const mutated = (text: string, { file, edits }: Mutation): string =>
  edits.reduce((rest, [from, to]) => {
    if (rest.split(from).length !== 2) throw new Error(`${file} does not hold once: ${from}`)
    return rest.replace(from, () => to)
  }, text)

const noticed = async (copy: string, mutation: Mutation): Promise<string | null> => {
  const file = path.join(copy, mutation.file)
  const whole = readFileSync(file, 'utf8')
  writeFileSync(file, mutated(whole, mutation))
  try {
    const ran = await run(copy, [mutation.test], mutation.notices)
    const failed = ran.filter(
      ({ status, name }) => status === 'failed' && name.includes(mutation.notices),
    )
    return failed[0]?.name ?? null
  } finally {
    writeFileSync(file, whole)
  }
}

const { values, positionals: words } = parseArgs({
  options: { jobs: { type: 'string' } },
  allowPositionals: true,
})
const chosen = mutations.filter(
  ({ against, file }) =>
    words.length === 0 || words.some((word) => against.includes(word) || file.includes(word)),
)
const jobs = Math.min(8, Math.max(1, Number(values.jobs ?? availableParallelism())))

const endServer = await startTestServer()
const copies = Array.from({ length: jobs }, copyOfCheckout)
let unnoticed = 0
try {
  const [first = ''] = copies
  const whole = await run(first, [...new Set(chosen.map(({ test }) => test))])
  const broken = whole.filter(({ status }) => status === 'failed')
  for (const { file, name } of broken)
    console.log(`fails with every guard in place: ${file} ${name}`)
  const passes = ({ test, notices }: Mutation) =>
    whole.some(
      (each) => each.file === test && each.name.includes(notices) && each.status === 'passed',
    )

  const waiting = [...chosen]
  const work = async (copy: string): Promise<void> => {
    for (let mutation = waiting.shift(); mutation !== undefined; mutation = waiting.shift()) {
      const by = passes(mutation) ? await noticed(copy, mutation) : null
      if (by === null) unnoticed += 1
      const line = [mutation.against, mutation.file, mutation.test, by ?? 'NOBODY NOTICED']
      console.log(`${by === null ? 'FAILED' : 'ok    '} | ${line.join(' | ')}`)
    }
  }
  await Promise.all(copies.map(work))
} finally {
  for (const copy of copies) rmSync(copy, { recursive: true, force: true })
  await endServer()
}
console.log(`${chosen.length - unnoticed} of ${chosen.length} guards are missed when they are gone`)
process.exitCode = unnoticed === 0 ? 0 : 1
