import { mkdir } from 'node:fs/promises'
import path from 'node:path'
import type { Cellar } from './cellar.ts'
import { summarise, type Share } from './cpu-profile.ts'
import { drainContender } from './drain.ts'
import type { Progress } from './figures.ts'
import { monotonicMs } from './moment.ts'
import { openStage } from './stage.ts'
import { countStatements, type Statement } from './statements.ts'
import { streamTo } from './steady.ts'

const sales = 2_000
const perSecond = 200
const seconds = 10
const warmUp = 1_000
const linesMax = 25

interface Window {
  fromMs: number
  toMs: number
}

const timed = async (work: () => Promise<unknown>): Promise<Window> => {
  const fromMs = monotonicMs()
  await work()
  return { fromMs, toMs: monotonicMs() }
}

const showShares = (title: string, shares: readonly Share[], count: number): string[] => [
  `  ${title}`,
  ...shares
    .slice(0, linesMax)
    .map(({ name, ms }) => `    ${((ms * 1000) / count).toFixed(0).padStart(6)} µs  ${name}`),
]

const showStatements = (title: string, statements: readonly Statement[]): string[] => [
  `${title}: ${statements.reduce((sum, { calls }) => sum + calls, 0).toFixed(1)} statements a sale`,
  ...statements
    .slice(0, linesMax)
    .map(
      ({ text, calls, ms, planMs }) =>
        `  ${calls.toFixed(3).padStart(7)} × ${(ms * 1000).toFixed(0).padStart(6)} µs` +
        ` + ${(planMs * 1000).toFixed(0).padStart(5)} µs planning  ${text.slice(0, 110)}`,
    ),
]

/**
 * Says where (c) spends its time: CPU profiles of web and worker and the database's own count of statements,
 * all per sale. Profiling costs time itself, so these are shares, not figures for the table.
 */
export const takeProfile = async (
  folder: string,
  profiles: string,
  cellar: Cellar,
  progress: Progress,
): Promise<string> => {
  await mkdir(profiles, { recursive: true })
  const stage = await openStage(folder, cellar, profiles)
  const { doorvoer, installed } = stage
  progress('warming up')
  await drainContender(stage, doorvoer, warmUp, 'all')
  const lines: string[] = []
  const windows: { title: string; window: Window; count: number }[] = []
  for (const spread of ['all', 'one'] as const) {
    progress(`a burst over ${spread}`)
    const window = await timed(async () => {
      const statements = await countStatements(installed.databaseUrl, sales, async () => {
        await drainContender(stage, doorvoer, sales, spread)
      })
      lines.push(...showStatements(`burst over ${spread}`, statements))
    })
    windows.push({ title: `burst over ${spread}`, window, count: sales })
  }
  progress(`${perSecond} a second`)
  const count = perSecond * seconds
  const window = await timed(async () => {
    const statements = await countStatements(installed.databaseUrl, count, async () => {
      await streamTo(stage, doorvoer, perSecond, seconds)
    })
    lines.push(...showStatements(`${perSecond} a second`, statements))
  })
  windows.push({ title: `${perSecond} a second`, window, count })
  // The profiles are written when the processes end.
  await doorvoer.end()
  for (const {
    title,
    window: { fromMs, toMs },
    count,
  } of windows) {
    for (const name of Object.keys(doorvoer.pids)) {
      const file = path.join(profiles, `${name}.cpuprofile`)
      const { busyMs, rooms, own, inclusive } = await summarise(file, fromMs, toMs)
      lines.push(`${name}, ${title}: ${((busyMs * 1000) / count).toFixed(0)} µs a sale`)
      lines.push(...showShares('by package or room', rooms, count))
      lines.push(...showShares('by function', own, count))
      lines.push(...showShares('our functions with what they call', inclusive, count))
    }
  }
  return lines.join('\n')
}
