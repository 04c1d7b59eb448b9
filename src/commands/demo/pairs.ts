import { accountings, webshops } from '../../connectors/registry.ts'
import { inColumns, type Judgement } from './judge.ts'

/** The two systems that a demo connects, by their ids. */
export interface Pair {
  webshop: string
  accounting: string
}

export const standardPair: Pair = { webshop: 'kmoshops', accounting: 'factuursturen' }

/** Every webshop with every accounting system. */
export const allPairs: readonly Pair[] = webshops.flatMap((webshop) =>
  accountings.map((accounting) => ({ webshop: webshop.id, accounting: accounting.id })),
)

/** As it is typed on the command line. */
export const nameOf = ({ webshop, accounting }: Pair): string => `${webshop}:${accounting}`

const idsOf = (systems: readonly { id: string }[]): string => systems.map(({ id }) => id).join(', ')

/** Which pairs there are, in one line for who typed another. */
export const whichPairs = `--pair takes all, or one of ${idsOf(webshops)}, a colon, and one of ${idsOf(accountings)}`

/** What a person typed; null when there is no such pair. */
export const readPair = (text: string): Pair | 'all' | null =>
  text === 'all' ? 'all' : (allPairs.find((pair) => nameOf(pair) === text) ?? null)

/** What became of one pair: how it was judged, or why it could not be run. */
export interface PairResult {
  pair: string
  judgement?: Judgement
  failure?: string
}

const cellOf = ({ judgement }: PairResult): string => {
  if (judgement === undefined) return 'WRONG'
  const { booked, refused, open, lost, doubled, agrees } = judgement
  return `${booked}/${refused}/${open} ${lost}/${doubled} ${agrees ? 'ok' : 'WRONG'}`
}

const wrongOf = ({ pair, judgement, failure }: PairResult): string[] => {
  if (failure !== undefined) return [`${pair}: ${failure}`]
  return (judgement?.sales ?? []).flatMap(({ sale, code, wrong }) =>
    wrong === null ? [] : [`${pair} ${sale}: ${wrong}${code === null ? '' : ` (${code})`}`],
  )
}

/** A row per webshop, a column per accounting system, and below it every sale that is wrong. */
export const inMatrix = (results: readonly PairResult[]): string => {
  const byPair = new Map(results.map((result) => [result.pair, result]))
  const cell = (pair: Pair): string => {
    const result = byPair.get(nameOf(pair))
    return result === undefined ? '' : cellOf(result)
  }
  const rows = [
    ['booked/refused/open lost/doubled', ...accountings.map(({ id }) => id)],
    ...webshops.map(({ id: webshop }) => [
      webshop,
      ...accountings.map(({ id: accounting }) => cell({ webshop, accounting })),
    ]),
  ]
  return [inColumns(rows), ...results.flatMap(wrongOf)].join('\n')
}
