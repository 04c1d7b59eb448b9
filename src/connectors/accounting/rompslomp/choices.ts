import type { Choices } from '../../webshop.ts'
import { listCompanies, listIn, pageIn, type Books } from './api.ts'
import { decoded } from './fields.ts'
import { wireAccount, wireCompany, wireTemplate, wireVatType, type WireVatType } from './wire.ts'

type Choice = Choices[string][number]

/** As long as no administration is chosen, or the chosen one is shut, there is nothing else to choose. */
const nothingYet: Choices = {
  templates: [],
  ledgers: [],
  vatCodes: [],
  vatCodePercents: [],
  vatCodeNames: [],
}

/** A type whose rate the line itself states (contract §9). */
const isCustom = ({ name }: WireVatType): boolean => name === 'vat_custom'

const percentOf = ({ value }: WireVatType): string => value.times(100).toString()

/**
 * VAT types as three lists with one label each: the codes themselves; `<code>:<percent>`, without types that
 * take their rate from the line; and `<code>:<name>`, where the name tells zero-rated, exempt and
 * reverse-charged apart (contract §11).
 */
export const vatChoices = (types: readonly WireVatType[]): Choices => {
  const labelled = types.map((type) => {
    const name = decoded(type.friendly_name || type.name) || type.id
    return { type, label: isCustom(type) ? name : `${name} (${percentOf(type)} %)` }
  })
  const fixed = labelled.filter(({ type }) => !isCustom(type))
  return {
    vatCodes: labelled.map(({ type, label }) => ({ value: type.id, label })),
    vatCodePercents: fixed.map(({ type, label }) => ({
      value: `${type.id}:${percentOf(type)}`,
      label,
    })),
    vatCodeNames: labelled.map(({ type, label }) => ({ value: `${type.id}:${type.name}`, label })),
  }
}

const ledgerPagesMax = 50

/**
 * Revenue accounts. The first page goes without paging parameters, which this call may refuse; so do the
 * others then, and what came must do (contract §11).
 */
const readLedgers = async (books: Books): Promise<Choice[]> => {
  const list = { path: 'accounts', name: 'accounts', item: wireAccount }
  const selection = ['selection', 'revenue'] as const
  const first = await pageIn(books, { ...list, query: [selection] })
  const accounts = new Map((first?.items ?? []).map((account) => [account.id, account]))
  for (let page = 2; page <= ledgerPagesMax; page += 1) {
    if (first?.total == null || accounts.size >= first.total) break
    const next = await pageIn(books, { ...list, query: [selection, ['page', String(page)]] })
    if (next === null || next.items.length === 0) break
    for (const account of next.items) accounts.set(account.id, account)
  }
  return [...accounts.values()].map(({ id, name, path }) => ({
    value: id,
    label: [decoded(name), path && `(${path})`].filter(Boolean).join(' ') || id,
  }))
}

/**
 * Lists for the configuration screen. Administrations without access to the API (the free plan) stand in
 * `closedAdministrations`, to be shown but not chosen (contract §0 point 9).
 */
export const choices = async (books: Books): Promise<Choices> => {
  const { items: companies } = await listCompanies(books, wireCompany)
  const options = (isOpen: boolean): Choice[] =>
    companies
      .filter(({ access_control }) => access_control.api_accessible === isOpen)
      .map(({ id, name }) => ({ value: id, label: decoded(name) || id }))
  const administrations = options(true)
  const own = { administrations, closedAdministrations: options(false) }
  const { administration } = books.settings
  if (!administrations.some(({ value }) => value === administration)) {
    return { ...own, ...nothingYet }
  }

  const types = await listIn(books, { path: 'vat_types', name: 'vat_types', item: wireVatType })
  const templates = await listIn(books, {
    path: 'templates',
    name: 'templates',
    item: wireTemplate,
  })
  return {
    ...own,
    ...vatChoices(types.items),
    templates: templates.items.map(({ id, name }) => ({ value: id, label: decoded(name) || id })),
    ledgers: await readLedgers(books),
  }
}
