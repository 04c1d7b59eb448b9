import { expect } from 'vitest'
import type { BooksFacts, Debtor, LookupHint } from '../../src/connectors/accounting.ts'
import { createHttpClient, type HttpClient } from '../../src/connectors/http.ts'
import type { Session } from '../../src/connectors/session.ts'
import { schemaOf, type Fields, type ValuesOf } from '../../src/connectors/settings.ts'
import { toCents } from '../../src/money/amount.ts'
import type { Draft } from '../../src/sale/draft.ts'
import { wallClock } from '../../src/world/clock.ts'
import { ordinary } from './accounting-drafts.ts'
import { valueOf } from './accounting-faults.ts'
import type { AccountingSystem, Remote } from './accounting-systems.ts'

type Values = ValuesOf<Fields>
export type Books = Session<Values, Values>

/** A sandbox of one system with our connector in front of it. */
export interface Stage {
  remote: Remote
  /** A session; `change` is laid over the right credentials. */
  open(change?: Record<string, unknown>, http?: HttpClient): Books
  http(budgetMs?: number): HttpClient
  factsFor(books: Books): Promise<BooksFacts<Values>>
  /** The facts with every product that the draft refers to: wanted, looked for, made if missing. */
  withProducts(books: Books, facts: BooksFacts<Values>, draft: Draft): Promise<BooksFacts<Values>>
  /** Creates the debtor of a draft. @throws when that is not done at once */
  debtorFor(books: Books, facts: BooksFacts<Values>, draft: Draft): Promise<Debtor>
  /** @throws when the draft is refused */
  wireOf(draft: Draft, debtor: Debtor, facts: BooksFacts<Values>): unknown
  /** Everything up to the create, on a calm remote. */
  prepare(draft?: Draft): Promise<Prepared>
  /** The whole way of one sale through empty books, with the promises on it. */
  roundTrip(books: Books, draft?: Draft): Promise<void>
  close(): Promise<void>
}

interface Prepared {
  books: Books
  facts: BooksFacts<Values>
  debtor: Debtor
  draft: Draft
  hint: LookupHint
  wire: unknown
}

export const openStage = async (system: AccountingSystem): Promise<Stage> => {
  const { connector } = system
  const remote = await system.start()
  const clients: { close(): Promise<void> }[] = []

  const http: Stage['http'] = (budgetMs) => {
    const options = { privateAllowed: ['127.0.0.0/8'], ...(budgetMs !== undefined && { budgetMs }) }
    const client = createHttpClient(options)
    clients.push(client)
    return client
  }

  const open: Stage['open'] = (change = {}, client = http()) => ({
    credentials: schemaOf(connector.credentials).parse({ ...remote.credentials, ...change }),
    settings: schemaOf(connector.settings).parse(system.settings ?? {}),
    http: client,
    clock: wallClock,
  })

  const factsFor: Stage['factsFor'] = async (books) => ({
    settings: books.settings,
    choices: await connector.choices(books),
    vatTable: system.vatTable ?? [],
    products: {},
  })

  const withProducts: Stage['withProducts'] = async (books, facts, draft) => {
    const { products: shelf } = connector
    if (shelf === undefined) return facts
    const products = { ...facts.products }
    for (const plan of shelf.wanted(draft, facts)) {
      if (products[plan.code] !== undefined) continue
      const match = await shelf.findProduct(books, plan.code)
      if (match.is === 'ambiguous') throw new Error(`${match.count} products ${plan.code}`)
      products[plan.code] =
        match.is === 'found' ? match.id : valueOf(await shelf.createProduct(books, plan))
    }
    return { ...facts, products }
  }

  const debtorFor: Stage['debtorFor'] = async (books, facts, draft) =>
    valueOf(await connector.createDebtor(books, draft.debtor, connector.planDebtor(draft, facts)))

  const wireOf: Stage['wireOf'] = (draft, debtor, facts) => {
    const composition = connector.compose(draft, debtor, facts)
    if (composition.is === 'refused') throw new Error(composition.reason.code)
    expect(composition.predictedTotal).toEqual(draft.totals.gross)
    return composition.wire
  }

  const prepare: Stage['prepare'] = async (draft = ordinary()) => {
    const books = open()
    const facts = await withProducts(books, await factsFor(books), draft)
    const debtor = await debtorFor(books, facts, draft)
    const hint = { date: draft.date, debtorId: debtor.id }
    return { books, facts, debtor, draft, hint, wire: wireOf(draft, debtor, facts) }
  }

  const roundTrip: Stage['roundTrip'] = async (books, draft = ordinary()) => {
    const facts = await factsFor(books)
    const { email } = draft.debtor.buyer
    expect(await connector.findDebtor(books, email)).toEqual({ is: 'none' })
    const { id } = await debtorFor(books, facts, draft)
    const found = await connector.findDebtor(books, email.toUpperCase())
    expect(found).toMatchObject({ is: 'found', debtor: { id } })
    expect(await connector.readDebtor(books, id)).toEqual(found)
    if (found.is !== 'found') return

    const hint = { date: draft.date, debtorId: id }
    expect(await connector.find(books, draft.reference, hint)).toEqual({ is: 'none' })
    const wire = wireOf(draft, found.debtor, await withProducts(books, facts, draft))
    const receipt = valueOf(await connector.create(books, wire))
    const [invoice, ...others] = remote.invoices()
    expect(others).toEqual([])
    const totalCents = toCents(draft.totals.gross)
    expect(invoice).toMatchObject({ debtorId: id, reference: draft.reference, totalCents })
    if (receipt.total !== null) expect(toCents(receipt.total)).toBe(totalCents)
    for (const debtorId of [id, null]) {
      const lookup = await connector.find(books, draft.reference, { ...hint, debtorId })
      expect(lookup).toMatchObject({ is: 'found', receipt: { remoteNumber: invoice?.number } })
    }
  }

  return {
    remote,
    open,
    http,
    factsFor,
    withProducts,
    debtorFor,
    wireOf,
    prepare,
    roundTrip,
    close: async () => {
      await Promise.all(clients.map((client) => client.close()))
      await remote.close()
    },
  }
}
