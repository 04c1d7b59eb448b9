import { startRompslomp } from '../../sandbox/rompslomp/index.ts'
import { rompslomp } from '../../src/connectors/accounting/rompslomp/index.ts'
import type { VatTableRow } from '../../src/connectors/vat-table.ts'
import { amount } from '../../src/money/amount.ts'
import { type AccountingSystem, NOT_SUPPORTED, type Remote } from './accounting-systems.ts'

type RompslompSandbox = Awaited<ReturnType<typeof startRompslomp>>

const companyId = 418223901

const rowOf = (percent: string, vatCode: string): VatTableRow => ({
  destination: 'NL',
  percent: amount(percent),
  vatCode,
  ledgers: { revenue: '940011', shipping: '940012', payment: '' },
})

const remoteOf = (sandbox: RompslompSandbox): Remote => {
  const plant = async (path: string, body: unknown): Promise<number[]> => {
    const answer = await fetch(`${sandbox.url}/_sandbox/${path}`, {
      method: 'POST',
      body: JSON.stringify(body),
    })
    if (!answer.ok) throw new Error(await answer.text())
    return (await answer.json()) as number[]
  }
  return {
    credentials: { apiToken: 'sandbox-token', baseUrl: `${sandbox.url}/api/v1` },
    faults: sandbox.faults,
    invoices: () =>
      sandbox.ledger().invoices.map((invoice) => ({
        number: invoice.number,
        debtorId: String(invoice.contactId),
        reference: invoice.reference,
        totalCents: invoice.totalCents,
        lineCount: invoice.lines.length,
      })),
    debtors: () =>
      sandbox.ledger().contacts.map((contact) => ({
        id: String(contact.id),
        email: contact.contact_person_email_address ?? '',
        name: contact.contact_person_name ?? contact.company_name ?? '',
      })),
    products: () =>
      sandbox.ledger().products.map(({ id, description }) => ({ id: String(id), description })),
    plantDebtors: async (emails) => {
      const contacts = emails.map((email) => ({ contact_person_email_address: email }))
      return (await plant('contacts', contacts)).map(String)
    },
    plantInvoice: async ({ debtorId, reference, date }) => {
      const lines = [{ description: 'Hand', price_per_unit: '1' }]
      await plant('invoices', {
        contact_id: debtorId,
        api_reference: reference,
        date,
        invoice_lines: lines,
        _publish: true,
      })
    },
    dropVatRate: (percent) => {
      const [company] = sandbox.account.companies
      if (company === undefined) throw new Error('no company')
      const rate = BigInt(percent) * 10n ** 18n
      company.vatTypes = company.vatTypes.filter(({ value }) => value !== rate)
    },
    close: () => sandbox.close(),
  }
}

/** Rompslomp, with the token by hand; the sign-in has tests of its own beside the connector. */
export const rompslompSystem = (): AccountingSystem => {
  const sandboxes = new WeakMap<Remote, RompslompSandbox>()
  const switching =
    (change: Partial<RompslompSandbox['switches']>) =>
    (remote: Remote): void => {
      const sandbox = sandboxes.get(remote)
      if (sandbox === undefined) throw new Error('not one of ours')
      Object.assign(sandbox.switches, change)
    }

  return {
    connector: rompslomp,
    start: async () => {
      const sandbox = await startRompslomp({ limits: 'off', isEmpty: true })
      const remote = remoteOf(sandbox)
      sandboxes.set(remote, sandbox)
      return remote
    },
    settings: { administration: String(companyId) },
    vatTable: [rowOf('21', '300200101'), rowOf('9', '300200102')],
    wrongCredentials: { apiToken: 'not-the-token' },
    createsInvoice: { method: 'POST', path: '/sales_invoices$' },
    createsDebtor: { method: 'POST', path: '/contacts$' },
    findsInvoice: { method: 'GET', path: '/sales_invoices\\?' },
    findsDebtor: { method: 'GET', path: '/contacts\\?' },
    createsProduct: { method: 'POST', path: '/products$' },
    findsProduct: { method: 'GET', path: '/products\\?' },
    // The answer to a create holds the number and the total.
    numbersInvoice: 'when created',
    readsBack: NOT_SUPPORTED,
    rights: {
      administration: '/companies\\?',
      contacts: '/contacts\\?',
      products: '/products\\?',
      invoices: '/sales_invoices\\?',
      vatTypes: '/vat_types\\?',
      templates: '/templates\\?',
      accounts: '/accounts\\?',
    },
    optionalFields: [
      'is_supplier',
      'is_individual',
      'company_name',
      'price_with_vat',
      'vat_amount',
      'status',
      'description',
      'name',
      'friendly_name',
      'path',
      'allowed_scopes',
      'cached_contact',
      'payment_status',
      'template_id',
      'has_stock',
      'number_sold',
    ],
    debtorNameMax: 255,
    twoDebtors: 'lowest',
    negativeTotals: true,
    guesses: {
      'e-mail addresses match in any case': switching({ emailCase: 'insensitive' }),
      'the reference matches by its beginning': switching({ referenceSearch: 'prefix' }),
      'lists have the oldest first': switching({ order: 'oldest' }),
      'accounts refuse to be paged': switching({ accountsPaging: 'refuse' }),
      'accounts refuse to be paged, with 422': switching({
        accountsPaging: 'refuse',
        parameterStatus: 422,
      }),
      'product codes are unique': switching({ productCodeUnique: true }),
      'product codes match in any case': switching({ productCodeCase: 'insensitive' }),
      'product codes have only letters and digits': switching({
        productCodeCharacters: 'letters-digits',
      }),
      'unknown members are ignored': switching({ unknownMembers: 'ignore' }),
      'VAT per rate': switching({ rounding: 'rate' }),
    },
    totalsGuesses: ['VAT per rate'],
  }
}
