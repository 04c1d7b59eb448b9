import { sum, withoutVat } from '../../src/money/amount.ts'
import { basketOf, type Basket } from './basket.ts'
import { tallyOf, type Tally } from './tally.ts'
import { allBooks, drafted, endOf, type Drafted } from './way.ts'

const failuresMax = 5

/** What is wrong with the rates of a draft: proof and evidence name the true rate, hints may be mistaken. */
const wrongRate = ({ truth, ...made }: Drafted): { line: number; isHint: boolean } | null => {
  if (!('draft' in made)) return null
  const told = truth.filter((percent) => percent !== null)
  for (const [index, percent] of told.entries()) {
    const line = made.draft.lines[index]
    if (line === undefined || line.vatPercent.equals(percent)) continue
    return { line: index + 1, isHint: line.vat.by === 'others' }
  }
  return null
}

/** A spread discount is the discount, to the cent. */
const lostDiscount = ({ sale, ...made }: Drafted, { coupon }: Basket): boolean => {
  if (!('draft' in made) || coupon?.kind !== 'bare') return false
  const bare = sale.lines.filter((line) => line.vatPercent === null && line.stated === undefined)
  const parts = made.draft.lines.slice(sale.lines.length - bare.length)
  const spread = sum(
    parts
      .filter(({ kind }) => kind === 'discount')
      .map(({ amount, vatPercent, amountIncludesVat }) =>
        amountIncludesVat && !sale.pricesIncludeVat ? withoutVat(amount, vatPercent) : amount,
      ),
  )
  return !spread
    .minus(sum(bare.map(({ amount }) => amount)))
    .abs()
    .lessThan('0.05')
}

/** What became of some baskets. */
export interface Run {
  /** What is wrong, with the command that tries that basket again; at most a handful. */
  failures: string[]
  /** One for each row of remotes.ts. */
  tallies: readonly Tally[]
  baskets: number
  lines: number
  /** Lines given the rate of all others, mistakenly. */
  hints: number
  seconds: number
}

export interface Seeds {
  from: number
  to: number
}

const replay = (seed: number, what: string) =>
  `basket ${seed}: ${what}\n  DOORVOER_BASKET=${seed} npx vitest run test/property/baskets`

/** The baskets of these seeds, all the way to each remote. */
export const runBaskets = ({ from, to }: Seeds): Run => {
  const booksOf = { NL: allBooks('NL'), BE: allBooks('BE') }
  const tallies = new Map(booksOf.NL.map(({ name }) => [name, tallyOf(name)]))
  const started = performance.now()
  const run = { failures: new Array<string>(), baskets: 0, lines: 0, hints: 0 }

  /** @returns what is wrong with this basket */
  const tryOne = (seed: number): string[] => {
    const basket = basketOf(seed)
    const made = drafted(basket)
    run.baskets += 1
    run.lines += made.sale.lines.length
    const failures: string[] = []
    const wrong = wrongRate(made)
    if (wrong?.isHint === true) run.hints += 1
    else if (wrong !== null) failures.push(`line ${wrong.line} has a wrong rate`)
    if (lostDiscount(made, basket)) failures.push('a discount lost money')
    for (const each of booksOf[basket.home]) {
      if (seed % each.remote.oneIn !== 0) continue
      const end = endOf(each, basket, made)
      tallies.get(each.name)?.add(end)
      if (end.is === 'wrong') failures.push(`${each.name}: ${end.what}`)
    }
    return failures
  }

  for (let seed = from; seed <= to && run.failures.length < failuresMax; seed += 1) {
    try {
      run.failures.push(...tryOne(seed).map((what) => replay(seed, what)))
    } catch (error) {
      run.failures.push(replay(seed, String(error)))
    }
  }
  return { ...run, tallies: [...tallies.values()], seconds: (performance.now() - started) / 1000 }
}

/** A run in words, for a person. */
export const toldOf = ({ baskets, lines, hints, seconds, tallies }: Run): string =>
  [
    `${baskets} random baskets, ${lines} lines, ${seconds.toFixed(1)} s`,
    ...tallies.map(String),
    `lines given the rate of all others, mistakenly: ${hints}`,
  ].join('\n')
