import path from 'node:path'
import { parseArgs } from 'node:util'
import { buildDashboard } from '../src/commands/build-dashboard.ts'
import { digCellar } from './cellar.ts'
import { takeFigures } from './figures.ts'
import { judge } from './judge.ts'
import { full, quick } from './plan.ts'
import { takeProfile } from './profile.ts'
import { makeFolder } from './server.ts'
import { inTable, inVerdicts } from './table.ts'
import { judgeVat, measureVat } from './vat.ts'

const usage = `npm run bench [-- --quick] [-- --json]
npm run bench -- --profile <folder>
npm run bench -- --vat

Measures side by side (a) a bare loop, (b) the durable minimum and (c) Doorvoer, against the
sandboxes; docs/performance.md says what each figure means.

  --quick             one minute instead of five: fewer sales, one round
  --json              the figures and verdicts as JSON
  --profile <folder>  where (c) spends its time; CPU profiles are left in the folder
  --vat               only the VAT of a sale of twenty lines, checks and draft; seconds

Exit code: 0 all demands are met, 1 one is not, 2 a mistake on the command line.`

interface Wish {
  quick: boolean
  json: boolean
  vat: boolean
  profile: string | undefined
}

/** @returns what is wanted, or the line that says what is wrong */
const readWish = (args: string[]): Wish | string => {
  if (process.platform !== 'linux') return 'bench: needs Linux, it reads /proc'
  try {
    const { values } = parseArgs({
      args,
      options: {
        quick: { type: 'boolean', default: false },
        json: { type: 'boolean', default: false },
        vat: { type: 'boolean', default: false },
        profile: { type: 'string' },
        help: { type: 'boolean', default: false },
      },
    })
    if (values.help) return usage
    return { ...values, profile: values.profile }
  } catch (error) {
    return `bench: ${(error as Error).message.split('.')[0] ?? ''}\n${usage}`
  }
}

const out = (text: string) => process.stdout.write(`${text}\n`)
const progress = (what: string) => process.stderr.write(`… ${what}\n`)

const run = async ({ quick: isQuick, json, profile }: Wish): Promise<number> => {
  const cellar = digCellar()
  // Asked to end, it puts everything away too; a second time ends at once.
  process.once('SIGINT', () => void cellar.empty().finally(() => process.exit(130)))
  process.once('SIGTERM', () => void cellar.empty().finally(() => process.exit(143)))
  try {
    // The commands would build it when it is out of date; that is no part of a start-up.
    await buildDashboard()
    const folder = await makeFolder(cellar)
    if (profile !== undefined) {
      out(await takeProfile(folder, path.resolve(profile), cellar, progress))
      return 0
    }
    const figures = await takeFigures(isQuick ? quick : full, folder, cellar, progress)
    const verdicts = judge(figures)
    if (json) out(JSON.stringify({ figures, verdicts }, null, 2))
    else out(`${inTable(figures)}\n\n${inVerdicts(verdicts)}`)
    return verdicts.every(({ passed }) => passed) ? 0 : 1
  } finally {
    await cellar.empty()
  }
}

/** Needs neither database nor sandboxes. */
const runVat = (json: boolean): number => {
  const times = measureVat()
  const verdict = judgeVat(times)
  if (json) out(JSON.stringify({ vat: times, verdicts: [verdict] }, null, 2))
  else out(inVerdicts([verdict]))
  return verdict.passed ? 0 : 1
}

const wish = readWish(process.argv.slice(2))
if (typeof wish === 'string') {
  process.stderr.write(`${wish}\n`)
  process.exitCode = 2
} else {
  process.exitCode = wish.vat ? runVat(wish.json) : await run(wish)
}
