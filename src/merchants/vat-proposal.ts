import type { SpecialRow } from '../connectors/vat-table.ts'
import type { Choices } from '../connectors/webshop.ts'
import { parseAmount, type Amount } from '../money/amount.ts'
import { ratesOn } from '../vat/rates.ts'
import { euCountries, territoryByCode } from '../vat/territory.ts'

/** One line of the VAT table that the accounting system's own lists make obvious. */
interface ProposedRow {
  percent: string
  vatCode: string
  ledgers: { revenue: string; shipping: string; payment: string }
}

export interface Destination {
  /** ISO 3166 alpha-2, or one of the rows for sales without VAT. */
  destination: string
  /** In force that day, highest first. */
  percents: string[]
  /** Empty where nothing is obvious. */
  proposal: ProposedRow[]
}

interface Code {
  vatCode: string
  percent: Amount
  label: string
}

const namesIn = ['nl', 'en'].map((language) => new Intl.DisplayNames(language, { type: 'region' }))

/** How people write a country in the name of a VAT code: its name, or its two letters. */
const mentions = (country: string): RegExp => {
  const names = namesIn.map((names) => names.of(country) ?? country)
  return new RegExp(`(?<!\\p{L})(${[...names, country].join('|')})(?!\\p{L})`, 'u')
}

const byCountry: ReadonlyMap<string, RegExp> = new Map(
  euCountries.map((country) => [country, mentions(country)]),
)

/** Codes that are not for an ordinary sale at home. */
const special =
  /verlegd|reverse|\bicp?\b|intra|binnen de eu|export|uitvoer|buiten|invoer|import|inkoop|marge|margin|\boss\b|vrijgesteld|exempt/i

const serviceNames = /dienst|service/i
const goodsNames = /levering|goederen|goods|suppl/i

/** A name that speaks of services only is none for goods; one that speaks of both is for both. */
const isFor = (label: string, of: 'goods' | 'services'): boolean =>
  of === 'services' ? serviceNames.test(label) : goodsNames.test(label) || !serviceNames.test(label)

/** Names by which a row's code is known, for goods or for services; the first that names exactly one code counts. */
const specialNames: Readonly<
  Record<SpecialRow, { names: readonly RegExp[]; of: 'goods' | 'services' }>
> = {
  ICP: { of: 'goods', names: [/\bicp?\b|intra|binnen de eu/i, /verlegd|reverse/i] },
  ICP_SERVICES: { of: 'services', names: [/\bicp?\b|intra|binnen de eu|verlegd|reverse/i] },
  INTERNATIONAL: { of: 'goods', names: [/export|uitvoer|buiten de eu/i, /\bnul\b|\bzero\b/i] },
  INTERNATIONAL_SERVICES: { of: 'services', names: [/buiten|outside|export|uitvoer/i] },
}

const only = <T>(found: readonly T[]): T | null => (found.length === 1 ? (found[0] ?? null) : null)

const codesOf = (choices: Choices): Code[] =>
  (choices['vatCodePercents'] ?? []).flatMap(({ value, label }) => {
    const at = value.lastIndexOf(':')
    const percent = parseAmount(value.slice(at + 1))
    return percent === null ? [] : [{ vatCode: value.slice(0, at), percent, label }]
  })

/** The ledger whose name says what it is for; '' where none or several do. */
const ledgersOf = (choices: Choices): ProposedRow['ledgers'] => {
  const all = choices['ledgers'] ?? []
  const named = (words: RegExp, not?: RegExp) =>
    only(all.filter(({ label }) => words.test(label) && not?.test(label) !== true))?.value ?? ''
  const shipping = /verzend|shipping|porto|bezorg/i
  const payment = /betaalkosten|transactiekosten|payment/i
  const revenue = /omzet|opbrengst|verkoop|revenue|sales/i
  return {
    revenue:
      all.length === 1
        ? (all[0]?.value ?? '')
        : named(revenue, /verzend|shipping|porto|betaal|payment|korting|discount/i),
    shipping: named(shipping),
    payment: named(payment),
  }
}

const isForeign = (code: Code, home: string): boolean =>
  [...byCountry].some(([country, named]) => country !== home && named.test(code.label))

const candidates = (codes: readonly Code[], country: string, home: string): Code[] =>
  country === home
    ? codes.filter((code) => !special.test(code.label) && !isForeign(code, home))
    : codes.filter((code) => byCountry.get(country)?.test(code.label) === true)

/**
 * The destinations of a VAT table, each with the rates of the day, and rows wherever the names and rates of the
 * accounting system's codes leave one that fits (spec §2.4). Pure.
 * @param today YYYY-MM-DD
 */
export const proposeVatTable = (choices: Choices, home: string, today: string): Destination[] => {
  const codes = codesOf(choices)
  const ledgers = ledgersOf(choices)
  const countries = euCountries.map((country): Destination => {
    const territory = territoryByCode(country)
    const rates = territory === null ? [] : ratesOn(territory, today)
    const percents = rates.map(({ percent }) => percent).reverse()
    const fitting = candidates(codes, country, home)
    const proposal = percents.flatMap((percent): ProposedRow[] => {
      const wanted = parseAmount(percent)
      const code = only(fitting.filter((each) => wanted?.equals(each.percent) === true))
      return code === null ? [] : [{ percent, vatCode: code.vatCode, ledgers }]
    })
    return { destination: country, percents, proposal }
  })
  const withoutVat = codes.filter(({ percent }) => percent.isZero())
  const specials = Object.entries(specialNames).map(([destination, { names, of }]): Destination => {
    const fitting = withoutVat.filter(({ label }) => isFor(label, of))
    const code = names
      .map((name) => only(fitting.filter(({ label }) => name.test(label))))
      .find((found) => found !== null)
    const proposal = code == null ? [] : [{ percent: '0', vatCode: code.vatCode, ledgers }]
    return { destination, percents: ['0'], proposal }
  })
  return [...countries, ...specials]
}
