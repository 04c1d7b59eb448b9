import { startEenvoudigfactureren } from '../../sandbox/eenvoudigfactureren/index.ts'
import { eenvoudigfactureren } from '../../src/connectors/accounting/eenvoudigfactureren/index.ts'
import type { AccountingSystem, Remote } from './accounting-systems.ts'

type Sandbox = Awaited<ReturnType<typeof startEenvoudigfactureren>>

/** The rates of the suite's drafts; an account has three of its own choosing (contract 3.4). */
const codes = [21, 12, 9].map((rate, index) => ({
  rate,
  name: `BTW ${rate}%`,
  category: index + 1,
  exemptionReasonCode: '',
}))

const remoteOf = (sandbox: Sandbox): Remote => {
  const plant = async (path: string, body: unknown): Promise<number[]> => {
    const address = `${sandbox.url}/_sandbox/${path}`
    const answer = await fetch(address, { method: 'POST', body: JSON.stringify(body) })
    if (!answer.ok) throw new Error(await answer.text())
    return (await answer.json()) as number[]
  }
  return {
    credentials: { apiKey: 'sandbox-key', baseUrl: `${sandbox.url}/api/v1` },
    faults: sandbox.faults,
    invoices: () =>
      sandbox.ledger().invoices.map((invoice) => ({
        number: invoice.number,
        debtorId: String(invoice.clientId),
        reference: invoice.reference,
        totalCents: invoice.totalCents,
        lineCount: invoice.items.length,
      })),
    debtors: () =>
      sandbox.ledger().clients.map((client) => ({
        id: String(client.client_id),
        email: client.email_address,
        name: client.name,
      })),
    plantDebtors: async (emails) => {
      const rows = emails.map((email) => ({ email_address: email, country_code: 'BE' }))
      return (await plant('clients', rows)).map(String)
    },
    plantInvoice: async ({ debtorId, reference, date }) => {
      const items = [{ description: 'Hand', amount: 1, tax_rate: 21 }]
      await plant('invoices', { client_id: debtorId, reference, date, items })
    },
    dropVatRate: (percent) => {
      sandbox.account.codes = sandbox.account.codes.filter(({ rate }) => rate !== percent)
    },
    close: () => sandbox.close(),
  }
}

/** The row of EenvoudigFactureren in the table of the suite. */
export const eenvoudigfacturerenSystem = (): AccountingSystem => {
  const sandboxes = new WeakMap<Remote, Sandbox>()
  const change =
    (act: (sandbox: Sandbox) => void) =>
    (remote: Remote): void => {
      const sandbox = sandboxes.get(remote)
      if (sandbox === undefined) throw new Error('not one of ours')
      act(sandbox)
    }
  const ignoring = (...fields: string[]) =>
    change(({ switches }) => (switches.ignoredFilters = fields))
  const refusing = (...fields: string[]) =>
    change(({ switches }) => (switches.refusedFilters = fields))

  return {
    connector: eenvoudigfactureren,
    start: async () => {
      const sandbox = await startEenvoudigfactureren({ limits: 'off' })
      sandbox.account.codes = [
        ...codes,
        ...sandbox.account.codes.filter(({ exemptionReasonCode }) => exemptionReasonCode !== ''),
      ]
      const remote = remoteOf(sandbox)
      sandboxes.set(remote, sandbox)
      return remote
    },
    wrongCredentials: { apiKey: 'not-the-key' },
    createsInvoice: { method: 'POST', path: '/invoices$' },
    createsDebtor: { method: 'POST', path: '/clients$' },
    findsInvoice: { method: 'GET', path: '/invoices\\?' },
    findsDebtor: { method: 'GET', path: '/clients\\?' },
    readsBack: { method: 'GET', path: '/invoices/' },
    numbersInvoice: 'when read back',
    rights: {
      layouts: '/layouts\\?',
      taxes: '/settings\\?',
      clients: '/clients\\?',
      invoices: '/invoices\\?',
    },
    optionalFields: [
      'success',
      'uri',
      'state',
      'tax_code',
      'country_code',
      'external_invoice_id',
      'reference',
      'total_with_tax',
      'use_taxes',
      'codes',
      'tax1',
      'tax2',
      'tax3',
      'exemption_reason_code',
      'name',
      'active',
    ],
    debtorNameMax: 75,
    twoDebtors: 'lowest',
    negativeTotals: true,
    guesses: {
      'ids are numbers': change(({ switches }) => (switches.ids = 'numbers')),
      'an ignored filter on the external id': ignoring('external_invoice_id'),
      'an ignored filter on the reference': ignoring('reference'),
      'ignored filters, all of them': ignoring('external_invoice_id', 'reference', 'email_address'),
      'ignored filters and no paging': change(({ switches }) => {
        switches.ignoredFilters = ['external_invoice_id', 'reference', 'email_address']
        switches.paging = 'none'
      }),
      'a refused filter on the external id': refusing('external_invoice_id'),
      'a refused filter on the reference': refusing('reference'),
      'filters tell upper and lower case apart': change(
        ({ switches }) => (switches.filterCase = 'sensitive'),
      ),
      'text with trailing blanks': change(({ switches }) => (switches.trailingBlanks = true)),
      'text as HTML': change(({ switches }) => (switches.htmlEntities = true)),
      'a large account': change(({ switches }) => (switches.largeAccount = true)),
      'no item of 0.00': change(({ switches }) => (switches.zeroAmount = 'both')),
      'prices through net prices': change(({ switches }) => {
        switches.grossArithmetic = 'net'
        switches.lineTotals = 'exact'
      }),
      'line totals are not rounded': change(({ switches }) => (switches.lineTotals = 'exact')),
      'unknown rates are accepted': change(({ switches }) => (switches.unknownTaxRate = 'accept')),
      'short phone numbers': change(({ switches }) => (switches.phoneLength = 16)),
      'rates as codes only': change(({ switches }) => (switches.taxShapes = 'codes')),
      'rates numbered only': change(({ switches }) => (switches.taxShapes = 'numbered')),
    },
    totalsGuesses: ['line totals are not rounded', 'prices through net prices'],
  }
}
