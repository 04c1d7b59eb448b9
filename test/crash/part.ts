import { allPairs, nameOf } from '../prove/pairs.ts'
import { nothing, type Choices, type Part } from '../prove/part.ts'
import { startTestServer } from '../support/server.ts'
import { casesFor, standardPair, type CrashCase } from './cases.ts'
import { runMatrix } from './matrix.ts'
import { soundBefore, writeOutcome } from './outcome-log.ts'
import { recoveryMsMax, type Outcome } from './rescue.ts'
import { isPause, runPauses } from './pause.ts'
import { inTable, medianOf } from './table.ts'

/** Databases side by side, with a process or two each; most of them only wait for a lease to run out. */
const groundsAtOnce = 12

const chosenCases = ({ pairs, points }: Choices): CrashCase[] => {
  const chosen = allPairs.filter((pair) =>
    pairs.length === 0 ? nameOf(pair) === nameOf(standardPair) : pairs.includes(nameOf(pair)),
  )
  return chosen
    .flatMap((pair) => casesFor(pair))
    .filter(({ title }) => points.length === 0 || points.some((word) => title.includes(word)))
}

const isLost = ({ failure, invoices }: Outcome): boolean =>
  failure === null && invoices.length === 0

const isDoubled = ({ invoices, invoicesOfOthers, debtors }: Outcome): boolean =>
  invoices.length + invoicesOfOthers > 1 || debtors > 1

const isStuck = ({ failure, rows }: Outcome): boolean =>
  failure === null && rows.some(({ state }) => state !== 'booked')

/** What is wrong with one death, apart from the counts; null when nothing is. */
const faultOf = (outcome: Outcome, part: string): string | null => {
  const { crashCase, failure, rows, invoices, totalCents, recoveryMs } = outcome
  const { pair, title } = crashCase
  const again = `npm run prove -- ${part} --pair ${nameOf(pair)} --points '${crashCase.point}'`
  const tell = (what: string) => `${title}: ${what}\n    again: ${again}`
  if (failure !== null) return tell(`did not die there: ${failure.slice(0, 2_000)}`)
  if (isLost(outcome)) return tell('no invoice')
  if (isDoubled(outcome)) return tell('more than one invoice or debtor')
  if (isStuck(outcome)) return tell(`ends as ${rows.map(({ state }) => state).join(' ')}`)
  if (invoices[0]?.totalCents !== totalCents) return tell('another total than in the shop')
  return recoveryMs !== null && recoveryMs > recoveryMsMax
    ? tell(`taken over after ${Math.round(recoveryMs)} ms`)
    : null
}

/** What the outcomes of a part come to. */
const judged = (outcomes: readonly Outcome[], part: string) => {
  const recoveries = outcomes.flatMap(({ recoveryMs }) => recoveryMs ?? [])
  const came = outcomes.filter(({ failure }) => failure === null)
  const places = new Set(came.map(({ crashCase }) => crashCase.point)).size
  const pairs = new Set(came.map(({ crashCase }) => nameOf(crashCase.pair))).size
  return {
    ...nothing,
    sales: outcomes.length,
    invoices: outcomes.reduce(
      (sum, { invoices, invoicesOfOthers }) => sum + invoices.length + invoicesOfOthers,
      0,
    ),
    lost: outcomes.filter(isLost).length,
    doubled: outcomes.filter(isDoubled).length,
    stuck: outcomes.filter(isStuck).length,
    longestRecoveryMs: recoveries.length === 0 ? null : Math.round(Math.max(...recoveries)),
    faults: outcomes.flatMap((outcome) => faultOf(outcome, part) ?? []),
    figures: [
      `${came.length} of ${outcomes.length} cases, at ${places} places, between ${pairs} pairs`,
      ...(recoveries.length === 0
        ? []
        : [`median recovery ${(medianOf(recoveries) / 1000).toFixed(1)} s`]),
    ],
  }
}

export const crash: Part = {
  name: 'crash',
  what: 'a real worker dies at every named point, under every answer of the books; --pair (or all), --points',
  async run(choices, tell) {
    const all = chosenCases(choices)
    const before = all.flatMap((each) => soundBefore(choices.log, each) ?? [])
    const seen = new Set(before.map(({ crashCase }) => crashCase))
    const cases = all.filter((each) => !seen.has(each))
    const stopServer = await startTestServer()
    try {
      tell(
        `${cases.length} deaths${before.length > 0 ? `, ${before.length} were seen before` : ''}`,
      )
      const startedMs = performance.now()
      const { outcomes, kills } = await runMatrix(cases, {
        groundsAtOnce,
        agesLeases: false,
        tell,
        onOutcome: (outcome) => writeOutcome(choices.log, outcome, faultOf(outcome, 'crash')),
      })
      tell(`\n${inTable(outcomes, performance.now() - startedMs)}`)
      const pids = new Set(before.map(({ pid }) => pid))
      return { ...judged([...before, ...outcomes], 'crash'), kills: kills + pids.size }
    } finally {
      await stopServer()
    }
  },
}

export const pause: Part = {
  name: 'pause',
  what: 'a real worker is stopped at every named point, and wakes up when another has taken over; --pair, --points',
  async run(choices, tell) {
    const cases = chosenCases(choices).filter(isPause)
    const stopServer = await startTestServer()
    try {
      tell(`${cases.length} sleeps`)
      const outcomes = await runPauses(cases, groundsAtOnce)
      return judged(outcomes, 'pause')
    } finally {
      await stopServer()
    }
  },
}
