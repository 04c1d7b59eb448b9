import type { Finding } from '../../connectors/finding.ts'
import { findAccounting } from '../../connectors/registry.ts'
import type { Session } from '../../connectors/session.ts'
import { amount } from '../../money/amount.ts'
import { makeDraft } from '../../sale/make-draft.ts'
import type { Draft } from '../../sale/draft.ts'
import type { Sale } from '../../sale/sale.ts'
import { plainPosition } from '../../sale/vat-position.ts'
import type { VatTable } from '../../connectors/vat-table.ts'
import type { Outcome } from '../../problems/outcome.ts'
import { expectThat, type Case } from './verdict.ts'

const redOf = (findings: readonly Finding[]): string[] =>
  findings.flatMap(({ subject, problem }) => (problem ? [`${subject}: ${problem.code}`] : []))

/** A sale of one mug to nobody who exists, recognisable by its reference. */
const proofSale = (reference: string, date: string): Sale => {
  const address = {
    name: 'Doorvoer Proef',
    company: '',
    street: 'Proefstraat 1',
    postcode: '3511 AB',
    city: 'Utrecht',
    countryCode: 'NL',
    countryName: 'Nederland',
  }
  return {
    ref: { kind: 'order', id: reference },
    orderNumber: reference,
    invoiceNumber: null,
    date,
    status: { id: 'paid', label: 'paid' },
    paid: true,
    cancelled: false,
    currency: 'EUR',
    pricesIncludeVat: true,
    lines: [
      {
        kind: 'product',
        description: 'Proef van Doorvoer: mag weg',
        sku: 'DOORVOER-PROEF',
        quantity: amount(2),
        amount: amount('24.20'),
        vatPercent: amount(21),
      },
    ],
    total: amount('24.20'),
    vatTotal: amount('4.20'),
    buyer: {
      firstName: 'Doorvoer',
      lastName: 'Proef',
      company: '',
      email: `${reference.toLowerCase()}@doorvoer.example`,
      phone: '',
      mobile: '',
      vatNumber: '',
      companyNumber: '',
      customerNumber: '',
    },
    billing: address,
    delivery: address,
    paymentMethod: null,
    shopSaysIntraCommunity: false,
    marketplaceAccountsForVat: false,
    assumptions: [],
  }
}

const draftOf = (sale: Sale): Draft => {
  const drafting = makeDraft(sale, { leadingNumber: 'order', vat: plainPosition('NL') })
  if (drafting.is === 'drafted') return drafting.draft
  throw new Error(drafting.reason.code)
}

const doneOf = <T>(outcome: Outcome<T>): T => {
  if (outcome.is === 'done') return outcome.value
  throw new Error(`${outcome.is}: ${outcome.reason.code}`)
}

const needsSwitches = { notRun: "needs the sandbox's own switches" }

const needsSandbox: readonly Case[] = [
  ['every fault of a remote', needsSwitches],
  ['the one right that is missing', needsSwitches],
  ['two debtors with one e-mail address', { notRun: 'nothing is planted in real books' }],
]

export interface AccountingTrial {
  /** Whether a debtor and an invoice may be made, marked as a proof. They are not taken away again. */
  write: boolean
  /** What marks them; never used before. */
  reference: string
  vatTable: VatTable
}

/** The cases of the conformance suite that can be run against real books. */
export const accountingCases = (
  system: string,
  books: Session<never, never>,
  { write, reference, vatTable }: AccountingTrial,
): readonly Case[] => {
  const connector = findAccounting(system)
  const date = books.clock.now().toISOString().slice(0, 10)
  const hint = { date, debtorId: null }

  const roundTrip = async (): Promise<string> => {
    const settings = books.settings
    const choices = await connector.choices(books)
    const facts = { settings, choices, vatTable, products: {} as Record<string, string> }
    const draft = draftOf(proofSale(reference, date))
    const debtor = doneOf(
      await connector.createDebtor(books, draft.debtor, connector.planDebtor(draft, facts)),
    )
    const match = await connector.findDebtor(books, draft.debtor.buyer.email)
    expectThat(match.is === 'found' && match.debtor.id === debtor.id, `debtor: ${match.is}`)
    for (const plan of connector.products?.wanted(draft, facts) ?? []) {
      const found = await connector.products?.findProduct(books, plan.code)
      const made =
        found?.is === 'found'
          ? found.id
          : doneOf(await shelfOf(connector).createProduct(books, plan))
      facts.products[plan.code] = made
    }
    const composed = connector.compose(draft, debtor, facts)
    if (composed.is === 'refused') throw new Error(composed.reason.code)
    const receipt = doneOf(await connector.create(books, composed.wire))
    const lookup = await connector.find(books, reference, { date, debtorId: debtor.id })
    expectThat(lookup.is === 'found', `looked up: ${lookup.is}`)
    const total = lookup.is === 'found' ? lookup.receipt.total : null
    expectThat(total === null || total.equals(draft.totals.gross), `it came to ${String(total)}`)
    return `invoice ${receipt.remoteNumber} of ${total?.toFixed(2) ?? 'an unknown total'}`
  }

  return [
    [
      'the doctor finds every right',
      async () => {
        const findings = await connector.check(books)
        expectThat(redOf(findings).length === 0, redOf(findings).join(', '))
        return findings.map(({ subject }) => subject).join(', ')
      },
    ],
    [
      'the lists that settings refer to',
      async () =>
        Object.entries(await connector.choices(books))
          .map(([name, values]) => `${name} ${values.length}`)
          .join(', '),
    ],
    [
      'a reference that was never used is not found',
      async () => {
        const lookup = await connector.find(books, reference, hint)
        expectThat(lookup.is === 'none', lookup.is)
        return 'none'
      },
    ],
    [
      'an address that nobody has is not found',
      async () => {
        const address = `${reference.toLowerCase()}@doorvoer.example`
        const match = await connector.findDebtor(books, address)
        expectThat(match.is === 'none', match.is)
        return 'none'
      },
    ],
    [
      'a debtor and an invoice, made and found again to the cent',
      write ? roundTrip : { notRun: 'makes documents: add --write' },
    ],
    ...needsSandbox,
  ]
}

const shelfOf = (connector: ReturnType<typeof findAccounting>) => {
  if (connector.products === undefined) throw new Error(`${connector.id} has no products`)
  return connector.products
}
