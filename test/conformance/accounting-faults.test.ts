import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { toCents } from '../../src/money/amount.ts'
import {
  awaitLateEffect,
  createFaults,
  expectHonest,
  expectNoSecrets,
  readFaults,
  troubleOf,
  valueOf,
} from './accounting-faults.ts'
import { ordinary } from './accounting-drafts.ts'
import { openStage, type Stage } from './accounting-stage.ts'
import { NOT_SUPPORTED } from './accounting-systems.ts'
import { systems } from './accounting-table.ts'

describe.each(systems.map((each) => [each.connector.id, each] as const))('%s', (_id, system) => {
  const { connector } = system
  let stage: Stage

  beforeEach(async () => {
    stage = await openStage(system)
  })
  afterEach(() => stage.close())

  const secrets = () => Object.values(stage.remote.credentials)

  describe('creating an invoice', () => {
    test.each(createFaults)(
      '$name: $outcome, looked up truly, and in the end one',
      async (given) => {
        const { books, draft, hint, wire } = await stage.prepare()
        const count = () => stage.remote.invoices().length
        stage.remote.faults.add({ ...given.rule, match: system.createsInvoice })
        const outcome = await connector.create(stage.open({}, stage.http(given.budgetMs)), wire)
        expectHonest(outcome, given, count)
        expectNoSecrets(JSON.stringify(outcome), secrets())

        await awaitLateEffect(given, count)
        const lookup = await connector.find(books, draft.reference, hint)
        const [made] = stage.remote.invoices()
        const receipt = { remoteNumber: made?.number }
        expect(lookup).toMatchObject(made ? { is: 'found', receipt } : { is: 'none' })
        if (lookup.is === 'found') {
          expect(lookup.receipt.total && toCents(lookup.receipt.total)).toBe(made?.totalCents)
        }
        if (lookup.is === 'none') valueOf(await connector.create(books, wire))
        expect(count()).toBe(1)
      },
    )
    test.each(readFaults)('stays done when reading back meets $name', async (given) => {
      const { wire } = await stage.prepare()
      const { readsBack, numbersInvoice } = system
      if (readsBack !== NOT_SUPPORTED) stage.remote.faults.add({ ...given.rule, match: readsBack })
      const outcome = await connector.create(stage.open({}, stage.http(given.budgetMs)), wire)
      const number = stage.remote.invoices()[0]?.number
      expect(number).toBeDefined()
      const receipt = valueOf(outcome)
      expect(receipt).toMatchObject({
        remoteNumber: numbersInvoice === 'when created' ? number : receipt.remoteId,
        ...(readsBack !== NOT_SUPPORTED && { total: null }),
      })
    })
  })

  describe('creating a debtor', () => {
    test.each(createFaults)(
      '$name: $outcome, looked up truly, and in the end one',
      async (given) => {
        const draft = ordinary()
        const books = stage.open()
        const facts = await stage.factsFor(books)
        const count = () => stage.remote.debtors().length
        stage.remote.faults.add({ ...given.rule, match: system.createsDebtor })
        const outcome = await connector.createDebtor(
          stage.open({}, stage.http(given.budgetMs)),
          draft.debtor,
          connector.planDebtor(draft, facts),
        )
        expectHonest(outcome, given, count)
        if (outcome.is !== 'done') expectNoSecrets(JSON.stringify(outcome), secrets())

        await awaitLateEffect(given, count)
        const match = await connector.findDebtor(books, draft.debtor.buyer.email)
        expect(match.is).toBe(count() === 1 ? 'found' : 'none')
        if (match.is === 'none') await stage.debtorFor(books, facts, draft)
        expect(count()).toBe(1)
      },
    )
  })

  describe('looking up', () => {
    test.each(readFaults)('$name is never taken for an absent invoice', async (given) => {
      const { draft, hint } = await stage.prepare()
      stage.remote.faults.add({ ...given.rule, match: system.findsInvoice })
      const books = stage.open({}, stage.http(given.budgetMs))
      const trouble = await troubleOf(connector.find(books, draft.reference, hint))
      expect(trouble.cure).toBe(given.rule.fault === 'unauthorized' ? 'reconnect' : 'later')
      expectNoSecrets(trouble.message, secrets())
    })
    test.each(readFaults)('$name is never taken for an absent debtor', async (given) => {
      const { draft } = await stage.prepare()
      stage.remote.faults.add({ ...given.rule, match: system.findsDebtor })
      const books = stage.open({}, stage.http(given.budgetMs))
      const trouble = await troubleOf(connector.findDebtor(books, draft.debtor.buyer.email))
      expect(trouble.cure).toBe(given.rule.fault === 'unauthorized' ? 'reconnect' : 'later')
      expectNoSecrets(trouble.message, secrets())
    })
  })

  describe('the doctor', () => {
    test.each(readFaults)('reports $name instead of throwing it', async (given) => {
      stage.remote.faults.add(given.rule)
      const findings = await connector.check(stage.open({}, stage.http(given.budgetMs)))
      expect(findings.map(({ subject }) => subject)).toEqual(Object.keys(system.rights))
      expect(findings.every(({ problem }) => problem !== undefined)).toBe(true)
      expectNoSecrets(JSON.stringify(findings), secrets())
    })
    test('reports that nobody listens', async () => {
      const books = stage.open()
      await stage.remote.close()
      const findings = await connector.check(books)
      expect(new Set(findings.map(({ problem }) => problem?.code))).toEqual(
        new Set(['REMOTE_SILENT']),
      )
    })
  })
})
