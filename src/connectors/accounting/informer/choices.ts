import type { Choices } from '../../webshop.ts'
import { read, readList, type Books } from './api.ts'
import { clean } from './fields.ts'
import { lists } from './lists.ts'
import { wireAdministration, type WireLedger, type WireVat } from './wire.ts'

type Choice = Choices[string][number]

const choice = (value: string, ...words: string[]): Choice => ({
  value,
  label: words.map(clean).filter(Boolean).join(' ') || value,
})

/** Only rates for selling (contract §8), as codes and as `<code>:<percent>`. */
const vatChoices = (rates: readonly WireVat[]): Choices => {
  const sales = rates.filter(({ invoice_type: type }) => type !== '2')
  const label = ({ name, percentage }: WireVat) => `${clean(name)} (${percentage.toString()} %)`
  return {
    vatCodes: sales.map((rate) => choice(rate.id, label(rate))),
    vatCodePercents: sales.map((rate) =>
      choice(`${rate.id}:${rate.percentage.toString()}`, label(rate)),
    ),
  }
}

/** Revenue accounts first: most of the others are never right for a sale. */
const byUse = (one: WireLedger, other: WireLedger): number =>
  Number(one.type !== '1') - Number(other.type !== '1')

interface WithDefault {
  id: string
  description: string
  default: boolean
}

const described = ({ id, description }: WithDefault): Choice => choice(id, description)

const isDefault = (item: WithDefault): boolean => item.default

/** A code of a product that two have is none: nobody can tell which is meant. */
const productChoices = (products: readonly { id: string; product_code_sales: string }[]) => {
  const byCode = Map.groupBy(products, (product) => clean(product.product_code_sales))
  return [...byCode].flatMap(([code, [product, ...others]]) =>
    code === '' || product === undefined || others.length > 0
      ? []
      : [choice(`${product.id}:${code}`, code)],
  )
}

/**
 * Lists for the configuration screen. `currencyIds` (`<ISO code>:<id>`), `defaultTemplates`,
 * `defaultPaymentConditions` and `productIds` (`<id>:<SKU>`, only where products are linked) are for `compose`.
 */
export const choices = async (books: Books): Promise<Choices> => {
  const { administration } = await read(books, '/v1/administration/', wireAdministration)
  const vat = await readList(books, lists.vat)
  const ledgers = await readList(books, lists.ledgers)
  const templates = await readList(books, lists.templates)
  const conditions = await readList(books, lists.paymentConditions)
  const currencies = await readList(books, lists.currencies)
  const costs = await readList(books, lists.costs)
  const products = books.settings.linkProducts ? await readList(books, lists.products) : []

  const layouts = templates.filter(({ type }) => type === 'sales_invoice')
  const coins = new Map(currencies.map((each) => [clean(each.currency).toUpperCase(), each]))
  coins.delete('')
  return {
    administrations: [choice(administration.company_name, administration.company_name)],
    ...vatChoices(vat),
    ledgers: ledgers
      .filter(({ blocked }) => !blocked)
      .sort(byUse)
      .map(({ id, number, description }) => choice(id, number, description)),
    templates: layouts.map(described),
    defaultTemplates: layouts.filter(isDefault).map(described),
    paymentConditions: conditions.map(described),
    defaultPaymentConditions: conditions.filter(isDefault).map(described),
    currencies: [...coins].map(([code, { description }]) => choice(code, code, description)),
    currencyIds: [...coins].map(([code, { id }]) => choice(`${code}:${id}`, code)),
    costCentres: costs.map(({ id, number, description }) => choice(id, number, description)),
    productIds: productChoices(products),
  }
}
