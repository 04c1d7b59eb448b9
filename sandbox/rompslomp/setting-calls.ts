import { json } from '../kit/message.ts'
import { type SandboxAnswer, type SandboxRequest } from '../kit/server.ts'
import { type Company, type LedgerAccount } from './account.ts'
import { type Books } from './books.ts'
import { type Call } from './call.ts'
import { formatDecimal } from './decimal.ts'
import { pageOf } from './paging.ts'
import { Refusal } from './refusal.ts'

/** GET /companies: all that the user has, whatever their plan (contract §6). */
export function answerCompanies(books: Books, request: SandboxRequest): SandboxAnswer {
  return pageOf(books, request, 'companies', books.account.companies, (company: Company) => ({
    id: company.id,
    name: company.name,
    owner_name: 'N. van Dam',
    address: 'Havenweg 8b',
    zipcode: '3011 AB',
    city: 'Rotterdam',
    country_code: 'NL',
    kvk_number: '11223344',
    email: 'info@example.org',
    website: null,
    type: 'eenmanszaak',
    vat_liable: true,
    vat_number: 'NL001122334B55',
    access_control: {
      api_accessible: company.apiAccessible,
      allowed_scopes: company.allowedScopes,
    },
  }))
}

/** GET /me (contract §6). */
export const answerMe = (): SandboxAnswer =>
  json({ me: { first_name: 'Noor', last_name: 'van Dam', email: 'noor@example.org' } })

/** GET /companies/{c}/vat_types (contract §11). */
export function answerVatTypes({ books, request, company }: Call): SandboxAnswer {
  return pageOf(books, request, 'vat_types', company.vatTypes, (type) => ({
    id: type.id,
    name: type.name,
    friendly_name: type.friendlyName,
    value: formatDecimal(type.value),
  }))
}

const selections: Readonly<Record<string, (account: LedgerAccount) => boolean>> = {
  all: () => true,
  ledger: () => true,
  payment: ({ path }) => path.startsWith('balance.'),
  revenue: ({ type }) => type === 'revenue',
  costs: ({ type }) => type === 'costs',
}

/** GET /companies/{c}/accounts (contract §11). */
export function answerAccounts({ books, request, company }: Call): SandboxAnswer {
  const { query } = request
  const isPaged = query.has('page') || query.has('per_page')
  if (isPaged && books.switches.accountsPaging === 'refuse') {
    throw new Refusal(
      books.switches.parameterStatus,
      'client.parameters.unpermitted_parameters',
      'found unpermitted parameters: :page, :per_page',
    )
  }
  const isWanted = selections[query.get('selection') ?? 'all'] ?? (() => false)
  const paths = query.getAll('search[paths][]')
  const found = company.accounts.filter(
    (account) => isWanted(account) && (paths.length === 0 || paths.includes(account.path)),
  )
  return pageOf(books, request, 'accounts', found, (account) => ({
    id: account.id,
    name: account.name,
    path_name: account.name,
    path: account.path,
    reference: null,
    type: account.type,
    parent_id: null,
  }))
}

/** GET /companies/{c}/templates (contract §11). */
export function answerTemplates({ books, request, company }: Call): SandboxAnswer {
  return pageOf(books, request, 'templates', company.templates, (template) => ({
    id: template.id,
    name: template.name,
    is_default: template.isDefault,
  }))
}
