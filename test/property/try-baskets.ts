import { afterAll, expect, test } from 'vitest'
import { isProblemCode } from '../../src/problems/catalogue.ts'
import { sum, withoutVat } from '../../src/money/amount.ts'
import { basketOf, type Basket } from './basket.ts'
import { tallyOf } from './tally.ts'
import { allBooks, drafted, endOf, type Drafted } from './way.ts'

// DOORVOER_BASKETS=1000000 tries more; DOORVOER_BASKET_SEED=7 others; DOORVOER_BASKET=42 one again.
const count = Number(process.env['DOORVOER_BASKETS'] ?? 100_000)
const first = Number(process.env['DOORVOER_BASKET_SEED'] ?? 1)
const only = process.env['DOORVOER_BASKET']
const seeds =
  only === undefined
    ? { from: first, to: first + count - 1 }
    : { from: Number(only), to: Number(only) }
const failuresMax = 5

/** More than this is news, whichever connector it is. */
const refusedShareMax = 0.06

const replay = (seed: number, what: string) =>
  `basket ${seed}: ${what}\n  DOORVOER_BASKET=${seed} npx vitest run test/property/baskets`

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

/** Part `nth` of two, so that both cores have work: the baskets with these seeds, all the way to each remote. */
export const tryBaskets = (nth: 0 | 1): void => {
  const booksOf = { NL: allBooks('NL'), BE: allBooks('BE') }
  const tallies = new Map(booksOf.NL.map(({ name }) => [name, tallyOf(name)]))
  const started = performance.now()
  let hints = 0
  let lines = 0

  /** @returns what is wrong with this basket */
  const tryOne = (seed: number): string[] => {
    const basket = basketOf(seed)
    const made = drafted(basket)
    lines += made.sale.lines.length
    const failures: string[] = []
    const wrong = wrongRate(made)
    if (wrong?.isHint === true) hints += 1
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

  afterAll(() => {
    const seconds = ((performance.now() - started) / 1000).toFixed(1)
    const half = only === undefined ? `, part ${nth + 1} of 2` : ''
    console.log(
      [
        `random baskets ${seeds.from}–${seeds.to}${half}: ${lines} lines, ${seconds} s`,
        ...tallies.values(),
        `lines given the rate of all others, mistakenly: ${hints}`,
      ].join('\n'),
    )
  })

  test(
    'what the books come to is what the buyer paid, to the cent, or the sale is refused',
    () => {
      const failures: string[] = []
      for (let seed = seeds.from; seed <= seeds.to && failures.length < failuresMax; seed += 1) {
        // Pseudo-random in themselves: which half a seed is in says nothing about its basket.
        if (Math.floor(seed / 10) % 2 !== nth) continue
        try {
          failures.push(...tryOne(seed).map((what) => replay(seed, what)))
        } catch (error) {
          failures.push(replay(seed, String(error)))
        }
      }
      expect(failures.join('\n')).toBe('')
    },
    Math.max(120_000, count * 10),
  )

  test('few are refused, and each reason has words', () => {
    for (const tally of tallies.values()) {
      const isEnough = only === undefined && count >= 1000
      if (isEnough) expect(tally.refusedShare(), String(tally)).toBeLessThan(refusedShareMax)
      for (const code of tally.codes()) expect(isProblemCode(code), code).toBe(true)
    }
  })
}
