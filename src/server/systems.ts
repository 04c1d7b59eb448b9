import type { z } from 'zod'
import type { AccountingConnector } from '../connectors/accounting.ts'
import { accountings, webshops } from '../connectors/registry.ts'
import { formOf } from '../connectors/settings.ts'
import type { WebshopConnector } from '../connectors/webshop.ts'
import type { api } from './api.ts'

type Systems = z.input<(typeof api)['GET /api/systems']['answer']>
type System = Systems['webshops'][number]

const forms = ({ credentials, settings }: WebshopConnector | AccountingConnector) => ({
  credentials: formOf(credentials).map(inShape),
  settings: formOf(settings).map(inShape),
})

const inShape = (field: ReturnType<typeof formOf>[number]): System['credentials'][number] => {
  const { options, default: standard, ...rest } = field
  return {
    ...rest,
    ...(options !== undefined && { options: 'from' in options ? options : [...options] }),
    ...(standard !== undefined && {
      default: typeof standard === 'object' ? [...standard] : standard,
    }),
  }
}

/** A webshop system as the interface shows it. */
export const webshopInShape = (webshop: WebshopConnector): System => {
  const { documents, webhooks, changedSince } = webshop.capabilities
  const connecting: System['connecting'] = [
    ...(webshop.signIn === undefined ? (['form'] as const) : []),
    ...(webshop.store === undefined ? [] : (['store'] as const)),
    ...(webshop.signIn === undefined ? [] : (['sign-in'] as const)),
    ...(webshop.activation === undefined ? [] : (['activation'] as const)),
  ]
  const capabilities = { documents: [...documents], webhooks, changedSince }
  return { id: webshop.id, title: webshop.title, connecting, ...forms(webshop), capabilities }
}

/** An accounting system as the interface shows it. */
export const accountingInShape = (accounting: AccountingConnector): System => {
  const { vatCodes, products, currencies, creditInvoices, referenceSearch } =
    accounting.capabilities
  return {
    id: accounting.id,
    title: accounting.title,
    connecting: accounting.signIn === undefined ? ['form'] : ['sign-in', 'form'],
    ...forms(accounting),
    capabilities: {
      vatCodes,
      products,
      creditInvoices,
      referenceSearch,
      currencies: typeof currencies === 'string' ? currencies : [...currencies],
    },
  }
}

/** Everything there is to choose from: the registry, in the shape of the interface. */
export const allSystems = (): Systems => ({
  webshops: webshops.map(webshopInShape),
  accountings: accountings.map(accountingInShape),
})
