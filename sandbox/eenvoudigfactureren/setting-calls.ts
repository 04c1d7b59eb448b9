import { ok, type Reply } from './answer.ts'
import { type Books } from './books.ts'
import { uriOf, wireId, type Wire } from './encode.ts'
import { pick } from './query.ts'

/** GET /layouts (contract 4): templates are big, so callers ask for some fields only. */
export function answerLayouts(books: Books, query: URLSearchParams): Reply {
  const rows = books.account.layouts.map((layout) => ({
    layout_id: wireId(layout.id, books),
    name: layout.name,
    version: 'dompdf1',
    settings: {},
    template: `<html>${'<!-- -->'.repeat(200)}</html>`,
    active: layout.active ? 'yes' : 'no',
  }))
  return ok(
    rows.map((row) => pick(row, query.get('fields'))),
    'layout',
  )
}

/** GET /settings: the documented shape and the one the vendor's plugin reads (contract 4). */
export function answerSettings({ account, switches }: Books, query: URLSearchParams): Reply {
  const numbered = [1, 2, 3].map((category) => {
    const code = account.codes.find((each) => each.category === category)
    return [`tax${category}`, { rate: code?.rate ?? 0, name: code?.name ?? '' }] as const
  })
  const codes = account.codes.map((code) => ({
    rate: code.rate,
    name: code.name,
    tax_category: code.category,
    exemption_reason_code: code.exemptionReasonCode,
    note: '',
  }))
  const taxes: Wire = {
    default_tax_category: 1,
    use_taxes: account.usesTaxes ? 'yes' : 'no',
    ...(switches.taxShapes !== 'numbered' && { codes }),
    ...(switches.taxShapes !== 'codes' && Object.fromEntries(numbered)),
  }
  const settings = { uri: uriOf('settings'), use_empty_stock: 'no', taxes }
  return ok(pick(settings, query.get('fields')))
}

/** GET /accounts/current (contract 4, 5). */
export function answerAccount({ account, now }: Books): Reply {
  return ok({
    account_id: 1,
    number: account.number,
    name: account.name,
    company_name: account.companyName,
    vat_number: account.vatNumber,
    language: account.language,
    email_address: account.email,
    account_type: 'peppol',
    account_type_until: '',
    created: '2020-01-01 09:00:00',
    last_login: now().toISOString().slice(0, 19).replace('T', ' '),
  })
}
