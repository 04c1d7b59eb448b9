import { startInformer } from '../../sandbox/informer/index.ts'
import { informer } from '../../src/connectors/accounting/informer/index.ts'
import type { VatTableRow } from '../../src/connectors/vat-table.ts'
import { amount } from '../../src/money/amount.ts'
import type { AccountingSystem, Remote } from './accounting-systems.ts'

type InformerSandbox = Awaited<ReturnType<typeof startInformer>>

const rowOf = (percent: string, vatCode: string): VatTableRow => ({
  destination: 'NL',
  percent: amount(percent),
  vatCode,
  ledgers: { revenue: '90010', shipping: '90020', payment: '' },
})

const remoteOf = (sandbox: InformerSandbox): Remote => {
  const plant = async (path: string, body: unknown): Promise<number[]> => {
    const answer = await fetch(`${sandbox.url}/_sandbox/${path}`, {
      method: 'POST',
      body: JSON.stringify(body),
    })
    if (!answer.ok) throw new Error(await answer.text())
    return (await answer.json()) as number[]
  }
  return {
    credentials: { securityCode: '123456', apiKey: 'sandbox-key', baseUrl: sandbox.url },
    faults: sandbox.faults,
    invoices: () =>
      sandbox.ledger().invoices.map((invoice) => ({
        // A draft has no number; its id is what the merchant gets to see.
        number: invoice.number || String(invoice.id),
        debtorId: String(invoice.relationId),
        reference: invoice.reference,
        totalCents: invoice.totalCents,
        lineCount: invoice.lines.length,
      })),
    debtors: () =>
      sandbox.ledger().relations.map((relation) => ({
        id: String(relation.id),
        email: relation.email,
        name: relation.company_name || `${relation.firstname} ${relation.surname}`.trim(),
      })),
    plantDebtors: async (emails) => {
      const relations = emails.map((email) => ({ email }))
      return (await plant('relations', relations)).map(String)
    },
    plantInvoice: async ({ debtorId, reference, date }) => {
      const final = true
      await plant('invoices', { relation_id: debtorId, reference, invoice_date: date, final })
    },
    dropVatRate: (percent) => {
      const { account } = sandbox
      const rate = BigInt(percent) * 1_000_000n
      account.vat = account.vat.filter(({ percentage }) => percentage !== rate)
    },
    close: () => sandbox.close(),
  }
}

/** Informer with the settings that a merchant must choose; amounts incl. VAT. */
export const informerSystem = (): AccountingSystem => {
  const sandboxes = new WeakMap<Remote, InformerSandbox>()
  const switching =
    (change: Partial<InformerSandbox['switches']>) =>
    (remote: Remote): void => {
      const sandbox = sandboxes.get(remote)
      if (sandbox === undefined) throw new Error('not one of ours')
      Object.assign(sandbox.switches, change)
    }

  return {
    connector: informer,
    start: async () => {
      const sandbox = await startInformer({ limits: 'off', isEmpty: true })
      const remote = remoteOf(sandbox)
      sandboxes.set(remote, sandbox)
      return remote
    },
    settings: { template: '51002', paymentCondition: '66001' },
    vatTable: [rowOf('21', '81001'), rowOf('9', '81002')],
    wrongCredentials: { apiKey: 'not-the-key' },
    createsInvoice: { method: 'POST', path: '/v1/invoice/sales/$' },
    createsDebtor: { method: 'POST', path: '/v1/relation/$' },
    findsInvoice: { method: 'GET', path: '/v1/invoices/sales/\\?' },
    findsDebtor: { method: 'GET', path: '/v1/relations/\\?' },
    numbersInvoice: 'when created',
    readsBack: { method: 'GET', path: '/v1/invoice/sales/\\d+/$' },
    rights: {
      administration: '/v1/administration/',
      relations: '/v1/relations/',
      invoices: '/v1/invoices/sales/',
      vat: '/v1/vat/',
      ledgers: '/v1/ledgers/',
      templates: '/v1/templates/',
      paymentConditions: '/v1/payment-conditions/',
      currencies: '/v1/currencies/',
      costs: '/v1/costs/',
    },
    optionalFields: [
      'relation_number',
      'relation_type',
      'email_invoice',
      'contacts',
      'concept',
      'number',
      'total_price_incl_tax',
      'tax_option',
      'line',
      'attachments',
      'invoice_url',
      'invoice_type',
      'name',
      'description',
      'default',
      'blocked',
      'trade_module',
    ],
    debtorNameMax: 255,
    listsDebtors: true,
    twoDebtors: 'lowest',
    negativeTotals: true,
    guesses: {
      'failures are 400': switching({ errorsAs200: false }),
      'wrong keys are 401': switching({ authFailure: 401 }),
      'fields are called vat': switching({ fieldNames: 'vat' }),
      'numbers are numbers': switching({ numbers: 'numbers' }),
      'empty maps are lists': switching({ emptyMap: 'list' }),
      'empty lists are empty maps': switching({ emptyList: 'map' }),
      'empty lists are lists': switching({ emptyList: 'map', emptyMap: 'list' }),
      'no error stands beside the data': switching({ emptyError: true }),
      'ids are texts': switching({ idEcho: 'text' }),
      'search covers e-mail': switching({ searchCoversEmail: true }),
      'last_edit leaves its day out': switching({ lastEditInclusive: false }),
      'drafts have a list of their own': switching({ draftsInDefaultList: false }),
      'lists have the newest first': switching({ order: 'descending' }),
      'pages are small': switching({ maxRecords: 100 }),
      'payment conditions as documented': switching({ paymentConditionsKey: 'paymentconditions' }),
      'required texts may not be empty': switching({ emptyRequired: 'refuse' }),
      'only quantities below zero': switching({ negatives: 'quantity' }),
      'only whole quantities': switching({ fractionalQuantity: 'refuse' }),
      'VAT per line': switching({ vatRounding: 'line' }),
      'line totals are not rounded': switching({ lineTotals: 'exact' }),
    },
    totalsGuesses: ['VAT per line', 'line totals are not rounded', 'only quantities below zero'],
  }
}
