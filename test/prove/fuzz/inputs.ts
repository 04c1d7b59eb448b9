import { allocate } from '../../../src/money/allocate.ts'
import { amount, fromCents, parseAmount, round, sum, toCents } from '../../../src/money/amount.ts'
import { roundTogether } from '../../../src/money/round-together.ts'
import { readSaleFile } from '../../../src/sale/sale-file.ts'
import { euCountries, territoryByCode, territoryOf } from '../../../src/vat/territory.ts'
import { readVatNumber } from '../../../src/vat/vat-number.ts'
import type { Chance } from '../simulate/world.ts'
import { mutated } from './mutate.ts'
import { throughTheDraft } from './through-the-draft.ts'
import { targetOf, type Target, type Way } from './target.ts'

const numbers = [
  'NL123456782B90',
  'BE0403019261',
  'ATU12345675',
  'FR83404833048',
  'EL094259216',
  'XI110305878',
  'CHE-123.456.788 MWST',
  'btw-nr. nl 1234.56.782.b.90',
  'n.v.t.',
]

const letters = 'ABELNLXU0123456789.-+* \u0000\u00df\u0131\u202e\ud800٣'

/** A text that somebody may have typed: nearly what was asked for. */
const typed = (chance: Chance, text: string): string => {
  let rest = text
  for (let count = chance.whole(0, 4); count > 0; count -= 1) {
    const at = chance.whole(0, rest.length)
    const letter = letters[chance.whole(0, letters.length - 1)] ?? ''
    rest = rest.slice(0, at) + letter + rest.slice(at + chance.whole(0, 2))
  }
  return chance.happens(0.01) ? rest.repeat(60) : rest
}

const countries = [
  ...euCountries,
  'GB',
  'CH',
  'NO',
  'XI',
  '',
  'Nederland',
  'België',
  'ΕΛΛΑΔΑ',
  '__proto__',
  'constructor',
]

const vat: readonly Way[] = [
  {
    name: 'a VAT number',
    run(chance) {
      const text = typed(chance, chance.pick(numbers))
      const country = chance.pick(countries)
      const read = readVatNumber(text, country)
      if (read.form !== 'ok') return
      const again = readVatNumber(read.normalised, country)
      if (again.form !== 'ok' || again.normalised !== read.normalised) {
        throw new Error(`${text} is ${read.normalised}, and that is another number`)
      }
    },
  },
  {
    name: 'a place',
    run(chance) {
      const country = typed(chance, chance.pick(countries))
      const postcode = typed(chance, chance.pick(['1234 AB', '9000', '35600', 'BT1 1AA', '38001']))
      territoryOf(country, postcode)
      territoryByCode(country)
    },
  },
]

const figures = [
  '0',
  '-0',
  '1.21',
  '2.93',
  '1210',
  '0.005',
  '1e3',
  '1E-2',
  '999999999999.99',
  '123456789012345',
  '1e99',
  '+7',
]

const spelt = (chance: Chance): string => {
  const text = chance.pick(figures)
  if (chance.happens(0.5)) return text
  const at = chance.whole(0, text.length)
  return (
    text.slice(0, at) + chance.pick(['.', ',', '-', 'e', '0', '9', ' ', '٣', 'x']) + text.slice(at)
  )
}

const money: readonly Way[] = [
  {
    name: 'an amount',
    run(chance) {
      const text = spelt(chance)
      const read = parseAmount(chance.happens(0.3) ? Number(text) : text)
      if (read === null) return
      if (!read.isFinite()) throw new Error(`${text} has no end`)
      if (parseAmount(read.toFixed())?.equals(read) === false) throw new Error(`${text} changed`)
    },
  },
  {
    name: 'a coupon over rates',
    run(chance) {
      const cents = chance.whole(-1_000_000, 1_000_000)
      const weights = Array.from({ length: chance.whole(1, 12) }, () =>
        amount(chance.between(0, 500).toFixed(chance.whole(0, 6))),
      )
      const parts = allocate(fromCents(cents), weights)
      if (parts.length !== weights.length || toCents(sum(parts)) !== cents) {
        throw new Error(`${cents} cents were allocated to ${parts.join()}`)
      }
    },
  },
  {
    name: 'cents together',
    run(chance) {
      const values = Array.from({ length: chance.whole(1, 12) }, () =>
        amount(chance.between(-50, 50).toFixed(5)),
      )
      const total = round(sum(values))
      const rounded = roundTogether(values, total)
      if (rounded !== null && !sum(rounded).equals(total)) throw new Error('cents went astray')
    },
  },
]

const lineOf = (chance: Chance) => ({
  kind: chance.pick(['product', 'product', 'shipping', 'payment', 'discount']),
  description: 'Mok',
  quantity: chance.whole(1, 9),
  amount: (chance.whole(-200, 20_000) / 100).toFixed(2),
  vatPercent: chance.pick(['21', '9', '6', '0', '21', null]),
})

/** A sale that adds up, in JSON. */
const saleOf = (chance: Chance): string => {
  const lines = Array.from({ length: chance.whole(1, 8) }, () => lineOf(chance))
  const cents = lines.reduce((all, line) => all + Math.round(Number(line.amount) * 100), 0)
  return JSON.stringify({
    ref: { kind: chance.happens(0.1) ? 'credit' : 'order', id: '31' },
    orderNumber: 'W-31',
    date: chance.pick(['2026-03-02', '2020-12-31', '2012-10-01', '2030-01-01']),
    lines,
    total: (cents / 100).toFixed(2),
    buyer: { email: 'k@klant.example', vatNumber: typed(chance, chance.pick(numbers)) },
    billing: { countryCode: chance.pick(countries), postcode: '9000' },
    delivery: chance.happens(0.3) ? { countryCode: chance.pick(countries) } : null,
  })
}

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}

const sales: readonly Way[] = [
  {
    name: 'a sale as a file',
    run(chance) {
      const text = saleOf(chance)
      const read = readSaleFile(parsed(chance.happens(0.8) ? mutated(chance, text) : text))
      if (read.is !== 'sale') return
      throughTheDraft(read.sale, chance.pick(['silent', 'valid', 'invalid'] as const))
    },
  },
]

/** What people and shops write where VAT and money is asked for. */
export const inputTargets: readonly Target[] = [
  targetOf('VAT', vat),
  targetOf('money', money),
  targetOf('sales', sales),
]
