import type { Costs } from './costs.ts'
import type { DrainFigures, Figures, IdleFigures, SteadyFigures } from './figures.ts'
import type { Verdict } from './judge.ts'
import type { Memory } from './stage.ts'
import type { Times } from './statistics.ts'

type Row = readonly string[]

/** Rows under each other: the first column to the left, figures to the right. */
const inColumns = (rows: readonly Row[]): string => {
  const columns = Math.max(...rows.map((row) => row.length))
  const widths = Array.from({ length: columns }, (_, column) =>
    Math.max(...rows.map((row) => row[column]?.length ?? 0)),
  )
  return rows
    .map((row) =>
      row
        .map((cell, column) => {
          const width = widths[column] ?? 0
          return column === 0 ? cell.padEnd(width) : cell.padStart(width)
        })
        .join('  ')
        .trimEnd(),
    )
    .join('\n')
}

const whole = (value: number) => value.toFixed(0)
const fine = (value: number) => value.toFixed(value < 10 ? 2 : 1)
const both = ({ p50, p99 }: Times) => `${fine(p50)} / ${fine(p99)}`
const spreads = { all: '20 integrations', one: '1 integration' } as const

const drainRows = ({ latencyMs, spread, a, b, c, cToA, cToB }: DrainFigures): Row[] => [
  [
    `${latencyMs} ms, ${spreads[spread]}`,
    whole(a.salesPerSecond),
    whole(b.salesPerSecond),
    whole(c.salesPerSecond),
    `c/a ${cToA.toFixed(2)}`,
    `c/b ${cToB.toFixed(2)}`,
  ],
]

const cost = ({ costs: { serviceMs, databaseMs } }: { costs: Costs }) =>
  `${fine(serviceMs)} + ${fine(databaseMs)} = ${fine(serviceMs + databaseMs)}`

const cpuRow = ({ latencyMs, spread, a, b, c }: DrainFigures): Row => [
  `${latencyMs} ms, ${spreads[spread]}`,
  ...[a, b, c].map(cost),
  `remotes ${fine(c.costs.remoteMs)}`,
]

const steadyRows = ({ perSecond, b, c }: SteadyFigures): Row[] => [
  [`acknowledged, ${perSecond}/s`, '', both(b.acknowledged), both(c.acknowledged)],
  [`end to end, ${perSecond}/s`, '', both(b.endToEnd), both(c.endToEnd)],
  [`(the sender was late, ${perSecond}/s)`, '', both(b.senderLate), both(c.senderLate)],
]

const idleRows = ({ latencyMs, b, c }: IdleFigures): Row[] => [
  [`acknowledged, idle, ${latencyMs} ms`, '', both(b.acknowledged), both(c.acknowledged)],
  [`end to end, idle, ${latencyMs} ms`, '', both(b.endToEnd), both(c.endToEnd)],
  [`overhead, idle, ${latencyMs} ms`, '', both(b.overhead), both(c.overhead)],
]

const memoryRow = (name: string, memory: Memory): Row => [
  name,
  ...Object.entries(memory).map(([process, megabytes]) => `${process} ${whole(megabytes)}`),
]

/** The figures as a person reads them. */
export const inTable = (figures: Figures): string => {
  const { startUp, memory, idle, steady, drains, serve } = figures
  const acknowledged = drains.find(({ latencyMs }) => latencyMs === 0)
  return [
    `calls of one sale: ${figures.calls}`,
    '',
    inColumns([
      ['sales a second', '(a) bare', '(b) minimum', '(c) Doorvoer'],
      ...drains.flatMap(drainRows),
      [
        'acknowledged in a burst',
        '',
        whole(acknowledged?.b.acknowledgedPerSecond ?? NaN),
        whole(acknowledged?.c.acknowledgedPerSecond ?? NaN),
      ],
      ...(serve?.drains.map(({ spread, c }) => [
        `0 ms, ${spreads[spread]}, serve`,
        '',
        '',
        whole(c.salesPerSecond),
      ]) ?? []),
    ]),
    '',
    inColumns([
      ['CPU ms a sale: service + database', '(a)', '(b)', '(c)'],
      ...drains.map(cpuRow),
      ...steady.map(({ perSecond, b, c }) => [
        `${perSecond}/s, 20 integrations`,
        '',
        cost(b),
        cost(c),
      ]),
      ...(serve?.drains.map(({ spread, c }) => [
        `0 ms, ${spreads[spread]}, serve`,
        '',
        '',
        cost(c),
      ]) ?? []),
    ]),
    '',
    inColumns([
      ['ms, p50 / p99', '', '(b)', '(c)'],
      ...idle.flatMap(idleRows),
      ...steady.flatMap(steadyRows),
    ]),
    '',
    inColumns([
      ['memory in MB'],
      memoryRow('idle', memory.idle),
      memoryRow('peak', memory.peak),
      ...(serve === null ? [] : [memoryRow('peak, one process', serve.memory)]),
    ]),
    '',
    `start-up: cold ${fine(startUp.coldMs / 1000)} s (with initdb), warm ${fine(startUp.warmMs / 1000)} s`,
    `ledgers: ${figures.tally.booked} booked, ${figures.tally.lost} lost, ${figures.tally.doubled} doubled`,
    `measured in ${figures.seconds} s`,
  ].join('\n')
}

export const inVerdicts = (verdicts: readonly Verdict[]): string =>
  inColumns(
    verdicts.map(({ demand, measured, passed }) => [
      demand,
      fine(measured),
      passed ? 'pass' : 'FAIL',
    ]),
  )
