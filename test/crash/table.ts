import type { Outcome } from './rescue.ts'

export const medianOf = (numbers: readonly number[]): number => {
  const sorted = [...numbers].sort((a, b) => a - b)
  const middle = sorted.length / 2
  const at = (index: number) => sorted[index] ?? NaN
  return sorted.length % 2 === 1 ? at(Math.floor(middle)) : (at(middle - 1) + at(middle)) / 2
}

const rowOf = ({ crashCase, failure, atDeath, recoveryMs, rows, ...books }: Outcome): string[] => [
  `${crashCase.point}#${crashCase.passage}`,
  crashCase.remote === 'answers' ? crashCase.way : `${crashCase.call}: ${crashCase.remote}`,
  atDeath?.state ?? '',
  recoveryMs === null ? '-' : String(Math.round(recoveryMs)),
  String(books.invoices.length + books.invoicesOfOthers),
  String(books.debtors),
  failure === null ? rows.map(({ state }) => state).join(' ') : 'DID NOT DIE THERE',
]

/** What a person reads: one line per death, then what it comes to. */
export const inTable = (outcomes: readonly Outcome[], tookMs: number): string => {
  const head = [
    'point',
    'behaviour',
    'at death',
    'recovery ms',
    'invoices',
    'debtors',
    'in the end',
  ]
  const lines = [head, ...outcomes.map(rowOf)]
  const widths = head.map((_, column) =>
    Math.max(...lines.map((line) => line[column]?.length ?? 0)),
  )
  const recoveries = outcomes.flatMap(({ recoveryMs }) => recoveryMs ?? [])
  const died = outcomes.filter(({ failure }) => failure === null)
  const invoices = died.map((each) => each.invoices.length + each.invoicesOfOthers)
  const count = (is: (n: number) => boolean) => invoices.filter(is).length
  const seconds = (ms: number) => (ms / 1000).toFixed(1)
  return [
    ...lines.map((line) =>
      line
        .map((cell, i) => cell.padEnd(widths[i] ?? 0))
        .join('  ')
        .trimEnd(),
    ),
    `deaths ${died.length} of ${outcomes.length} lost ${count((n) => n === 0)} doubled ${count((n) => n > 1)}, ` +
      `recovery median ${seconds(medianOf(recoveries))} s longest ${seconds(Math.max(...recoveries))} s, ` +
      `took ${seconds(tookMs)} s`,
  ].join('\n')
}
