import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { DebtorPage } from '../../src/connectors/accounting.ts'
import { isHealthy } from '../../src/connectors/finding.ts'
import { accountings } from '../../src/connectors/registry.ts'
import { defaultsOf, formOf, schemaOf } from '../../src/connectors/settings.ts'
import type { Cursor } from '../../src/connectors/webshop.ts'
import { toCents } from '../../src/money/amount.ts'
import { altering, deepFreeze } from './accounting-answers.ts'
import { draftOf, ordinary, planted } from './accounting-drafts.ts'
import { valueOf } from './accounting-faults.ts'
import { openStage, type Stage } from './accounting-stage.ts'
import { NOT_SUPPORTED } from './accounting-systems.ts'
import { systems } from './accounting-table.ts'

test('every connector of the registry stands in the table, in its order', () => {
  expect(systems.map(({ connector }) => connector.id)).toEqual(accountings.map(({ id }) => id))
})

describe.each(systems.map((each) => [each.connector.id, each] as const))('%s', (_id, system) => {
  const { connector } = system
  let stage: Stage

  beforeEach(async () => {
    stage = await openStage(system)
  })
  afterEach(() => stage.close())

  describe('definition', () => {
    test('a form in two languages, whose defaults are valid', () => {
      for (const field of [...formOf(connector.credentials), ...formOf(connector.settings)]) {
        expect(field.label.nl).not.toBe('')
        expect(field.label.en).not.toBe('')
      }
      const defaults = defaultsOf(connector.settings)
      expect(schemaOf(connector.settings).parse(defaults)).toEqual(defaults)
    })
    test('a VAT table if and only if its lines need codes, and lists to fill it from', async () => {
      const { vatCodes } = connector.capabilities
      expect(system.vatTable !== undefined).toBe(vatCodes)
      const choices = await connector.choices(stage.open())
      for (const row of system.vatTable ?? []) {
        const offered = (list: string) => choices[list]?.map(({ value }) => value)
        expect(offered('vatCodes')).toContain(row.vatCode)
        expect(offered('ledgers')).toContain(row.ledgers.revenue)
      }
    })
    test('a pace that can be kept, and a wait before an absence is believed', () => {
      const { lateEffectMs, pace, referenceSearch } = connector.capabilities
      expect(Math.min(pace.calls, pace.windowMs, pace.concurrency)).toBeGreaterThan(0)
      // Longer than our own patience with one request (http.ts).
      expect(referenceSearch === 'unique' || lateEffectMs > 20_000).toBe(true)
    })
  })

  describe('check and choices', () => {
    const subjects = Object.keys(system.rights)

    test('all is well with the right keys: one finding per right', async () => {
      const findings = await connector.check(stage.open())
      expect(findings).toEqual(subjects.map((subject) => ({ subject })))
    })
    test('wrong keys turn every finding red', async () => {
      const findings = await connector.check(stage.open(system.wrongCredentials))
      expect(findings.map(({ problem }) => problem?.code)).toEqual(
        subjects.map(() => 'CREDENTIALS_REFUSED'),
      )
    })
    test.each(subjects)('a missing right turns its own finding red: %s', async (subject) => {
      const match = { path: system.rights[subject] ?? '' }
      stage.remote.faults.add({ fault: 'error-before', status: 403, match, times: 0 })
      const findings = await connector.check(stage.open())
      const red = findings.filter(({ problem }) => problem !== undefined)
      expect(red.map((finding) => [finding.subject, finding.problem?.code])).toEqual([
        [subject, 'RIGHT_MISSING'],
      ])
    })
    test('the lists that the settings refer to, each value once, storable as JSON', async () => {
      const choices = await connector.choices(stage.open())
      expect(JSON.parse(JSON.stringify(choices))).toEqual(choices)
      for (const field of Object.values(connector.settings)) {
        if (!('options' in field) || !('from' in field.options)) continue
        const values = choices[field.options.from]?.map(({ value }) => value) ?? []
        expect(values).not.toEqual([])
        expect(new Set(values).size).toBe(values.length)
      }
    })
  })

  describe('an empty account', () => {
    test('has no debtor and no invoice, and that is no trouble', async () => {
      const books = stage.open()
      const hint = { date: '2026-03-02', debtorId: null }
      expect(await connector.findDebtor(books, planted.email)).toEqual({ is: 'none' })
      expect(await connector.readDebtor(books, '999')).toEqual({ is: 'none' })
      expect(await connector.readDebtor(books, 'no-such-id')).toEqual({ is: 'none' })
      expect(await connector.find(books, 'W-1042', hint)).toEqual({ is: 'none' })
      expect(isHealthy(await connector.check(books))).toBe(true)
    })
    test('takes a sale with prices incl. VAT', () => stage.roundTrip(stage.open()))
    test('takes a sale with prices excl. VAT', () =>
      stage.roundTrip(stage.open(), ordinary({ includesVat: false })))
  })

  describe('debtors', () => {
    test('are matched on the whole address, in any case', async () => {
      const emails = ['Sanne+shop@Example.nl', 'xsanne+shop@example.nl']
      const [id] = await stage.remote.plantDebtors(emails)
      const books = stage.open()
      const found = await connector.findDebtor(books, 'SANNE+shop@example.NL')
      expect(found).toMatchObject({ is: 'found', debtor: { id } })
      for (const other of ['anne+shop@example.nl', 'sanne@example.nl', 'sanne+shop@example.n']) {
        expect(await connector.findDebtor(books, other)).toEqual({ is: 'none' })
      }
    })
    test('are matched on addresses with odd characters', async () => {
      const emails = ["o'brien/sales@example.nl", 'a?b=c&d@example.nl', '50%25#1@example.nl']
      const ids = await stage.remote.plantDebtors(emails)
      const books = stage.open()
      for (const [index, email] of emails.entries()) {
        const found = await connector.findDebtor(books, email)
        expect(found).toMatchObject({ is: 'found', debtor: { id: ids[index] } })
      }
    })
    test('two with one address: by the rule of the connector, always the same', async () => {
      const ids = await stage.remote.plantDebtors([planted.email, planted.email])
      const books = stage.open()
      const match = await connector.findDebtor(books, planted.email)
      expect(match).toMatchObject(
        system.twoDebtors === 'lowest'
          ? { is: 'found', debtor: { id: ids[0] } }
          : { is: 'ambiguous', count: 2 },
      )
      expect(await connector.findDebtor(books, planted.email)).toEqual(match)
    })
    test('are listed with what changed since, if and only if they can’t be searched', async () => {
      const books = stage.open()
      const since = async (cursor: Cursor) => {
        const pages: DebtorPage[] = []
        for await (const page of connector.changedDebtors?.(books, cursor) ?? []) pages.push(page)
        return pages
      }
      expect(connector.changedDebtors !== undefined).toBe(system.listsDebtors === true)
      if (connector.changedDebtors === undefined) return
      expect((await since(null)).flatMap(({ debtors }) => debtors)).toEqual([])
      const [first] = await stage.remote.plantDebtors(['Sanne@Example.nl'])
      const pages = await since(null)
      const listed = { id: first, emails: ['sanne@example.nl'] }
      expect(pages.flatMap(({ debtors }) => debtors)).toEqual([listed])
      const [second] = await stage.remote.plantDebtors(['jo@example.nl'])
      const changed = await since(pages.at(-1)?.cursor ?? null)
      const debtors = changed.flatMap((page) => page.debtors)
      expect(debtors).toContainEqual({ id: second, emails: ['jo@example.nl'] })
    })
    test.each([
      ['one character too many', 'x'.repeat(system.debtorNameMax + 1), ''],
      ['emoji', '👩‍👩‍👧‍👦 Zoë', '🏳️‍🌈'.repeat(20)],
      ['right to left', 'שרה', 'محمد'],
      ['markup and quotes', `O'Brien & <b>"Söhne"</b>`, '\\/'],
      ['half a character and a control character', 'a\ud83d', 'b\u0000c'],
    ])('unusual names: %s', async (_what, firstName, lastName) => {
      const draft = ordinary({ buyer: { firstName, lastName } })
      const books = stage.open()
      await stage.debtorFor(books, await stage.factsFor(books), draft)
      const name = stage.remote.debtors()[0]?.name ?? ''
      const intended = `${firstName} ${lastName}`.toWellFormed().replace('\0', ' ')
      expect(name).not.toBe('')
      expect(intended.startsWith(name)).toBe(true)
      expect(Array.from(name).length).toBeLessThanOrEqual(system.debtorNameMax)
    })
  })

  describe('compose', () => {
    test('is pure: the same values give the same wire, and are left as they were', async () => {
      const { draft, debtor, facts } = deepFreeze(await stage.prepare())
      const compose = () => connector.compose(draft, debtor, facts)
      expect(compose()).toEqual(compose())
    })
    test('refuses a VAT rate that the account does not have', async () => {
      const { facts, debtor } = await stage.prepare()
      const odd = draftOf([{ amount: '11.70', percent: '17' }])
      expect(connector.compose(odd, debtor, facts)).toMatchObject({
        is: 'refused',
        reason: {
          code: connector.capabilities.vatCodes ? 'VAT_CODE_MISSING' : 'VAT_RATE_UNKNOWN_TO_BOOKS',
        },
      })
    })
    test('refuses a currency that the system does not take', async () => {
      const { facts, debtor } = await stage.prepare()
      const { is } = connector.compose(ordinary({ currency: 'JPY' }), debtor, facts)
      expect(is).toBe(connector.capabilities.currencies === 'any' ? 'composed' : 'refused')
    })
  })

  describe('create', () => {
    test('200 lines', async () => {
      const lines = Array.from({ length: 200 }, (_line, index) => ({
        quantity: String((index % 7) + 1),
        amount: (((index % 7) + 1) * (index + 1) * 0.01).toFixed(2),
        percent: index % 3 === 0 ? '9' : '21',
      }))
      const { books, draft, wire } = await stage.prepare(draftOf(lines))
      valueOf(await connector.create(books, wire))
      expect(stage.remote.invoices()).toMatchObject([
        { lineCount: 200, totalCents: toCents(draft.totals.gross) },
      ])
    })
    test('free lines and lines below zero', async () => {
      const { books, wire } = await stage.prepare(
        draftOf([
          { amount: '0.00' },
          { amount: '24.20', quantity: '2' },
          { amount: '-2.50', kind: 'discount' },
          { amount: '0.01', percent: '9' },
        ]),
      )
      valueOf(await connector.create(books, wire))
      expect(stage.remote.invoices()).toMatchObject([{ totalCents: 2171 }])
    })
    test('lines whose SKU or description is made of odd characters', async () => {
      const odd = [
        'a/b\\c d',
        '№ 5–6',
        '"x" & <b>',
        '0000123',
        '😀-1',
        'علي حسن',
        '',
        'x'.repeat(64),
      ]
      const draft = draftOf(odd.map(() => ({ amount: '12.10' })))
      const lines = draft.lines.map((line, index) => ({
        ...line,
        sku: odd[index] ?? '',
        description: odd[index] || 'Mok',
      }))
      const { books, wire } = await stage.prepare({ ...draft, lines })
      valueOf(await connector.create(books, wire))
      const totalCents = toCents(draft.totals.gross)
      expect(stage.remote.invoices()).toMatchObject([{ lineCount: odd.length, totalCents }])
    })
    test('an invoice that costs nothing', async () => {
      const { books, wire } = await stage.prepare(draftOf([{ amount: '0.00' }]))
      valueOf(await connector.create(books, wire))
      expect(stage.remote.invoices()).toMatchObject([{ totalCents: 0 }])
    })
    test('an invoice below zero, if the system has such a thing', async () => {
      const { books, facts, debtor } = await stage.prepare()
      const hasThem = system.negativeTotals !== NOT_SUPPORTED
      const credit = draftOf([{ amount: '-24.20', quantity: '2' }], { reference: 'C_W-1042' })
      const composition = connector.compose(credit, debtor, facts)
      expect(composition.is).toBe(hasThem ? 'composed' : 'refused')
      expect(connector.capabilities.creditInvoices).toBe(hasThem)
      if (composition.is === 'refused') return
      valueOf(await connector.create(books, composition.wire))
      expect(stage.remote.invoices()).toMatchObject([{ totalCents: -2420 }])
    })
    test('a VAT rate that has left the account is a plain refusal, and nothing is made', async () => {
      const { books, wire } = await stage.prepare()
      stage.remote.dropVatRate(21)
      expect(await connector.create(books, wire)).toMatchObject({
        is: 'refused',
        reason: { code: 'INVOICE_REFUSED' },
      })
      expect(stage.remote.invoices()).toEqual([])
    })
    test('wrong keys postpone it and break the connection', async () => {
      const { wire } = await stage.prepare()
      const outcome = await connector.create(stage.open(system.wrongCredentials), wire)
      expect(outcome).toMatchObject({
        is: 'postponed',
        broken: true,
        reason: { code: 'CREDENTIALS_REFUSED' },
      })
      expect(stage.remote.invoices()).toEqual([])
    })
    test('a rate limit postpones it and says for how long', async () => {
      const { books, wire } = await stage.prepare()
      stage.remote.faults.add({ fault: 'rate-limit', match: system.createsInvoice })
      const outcome = await connector.create(books, wire)
      expect(outcome).toMatchObject({ is: 'postponed', reason: { code: 'RATE_LIMITED' } })
      expect(outcome.is === 'postponed' && outcome.retryAfterMs).toBeGreaterThan(0)
      expect(outcome).not.toHaveProperty('broken')
    })
  })

  describe('find', () => {
    const references = [
      'W/1042',
      'a+b c%20d',
      '№ 5–6',
      '"x" <b>&amp;',
      "O'Brien;--",
      '😀-1',
      'ÄÖ ß',
      '0000123',
      '1e3',
      '12.10',
      '-5',
      'C_100',
      '*',
      '%',
      'x'.repeat(50),
    ]
    const lookalikes = ['w/1042', '123', '1000', '12.1', 'C_10', '5', 'W/104', 'W/1042 1', 'x']

    test('a reference with odd characters, and nothing that only resembles it', async () => {
      const { books, facts, debtor, hint } = await stage.prepare()
      for (const reference of references) {
        const wire = stage.wireOf(ordinary({ reference }), debtor, facts)
        valueOf(await connector.create(books, wire))
      }
      const invoices = stage.remote.invoices()
      expect(invoices.map(({ reference }) => reference)).toEqual(references)
      for (const { reference, number } of invoices) {
        expect(await connector.find(books, reference, hint)).toMatchObject({
          is: 'found',
          receipt: { remoteNumber: number },
        })
      }
      for (const other of lookalikes) {
        expect(await connector.find(books, other, hint)).toEqual({ is: 'none' })
      }
    })
    test('of two invoices with our reference nobody can tell which is ours', async () => {
      const { books, debtor, hint } = await stage.prepare()
      const twin = { debtorId: debtor.id, reference: 'W-1042', date: hint.date }
      await stage.remote.plantInvoice(twin)
      expect((await connector.find(books, 'W-1042', hint)).is).toBe('found')
      await stage.remote.plantInvoice(twin)
      expect((await connector.find(books, 'W-1042', hint)).is).toBe('cannot-tell')
    })
    test('among three hundred of the same customer, and never a wrong answer', async () => {
      const { books, debtor, draft, hint, wire } = await stage.prepare()
      valueOf(await connector.create(books, wire))
      for (let each = 1; each < 300; each += 1) {
        const other = { debtorId: debtor.id, reference: `X-${each}`, date: hint.date }
        await stage.remote.plantInvoice(other)
      }
      expect((await connector.find(books, draft.reference, hint)).is).toBe('found')
      expect((await connector.find(books, 'W-9999', hint)).is).toBe('none')
    })
  })

  describe('what the contract leaves open', () => {
    test.each(Object.entries(system.guesses))('%s', async (_guess, apply) => {
      apply(stage.remote)
      await stage.roundTrip(stage.open())
    })
    test('answers with fields that nobody knows', async () => {
      const extra = { nested: [{ deep: null }], text: 'x' }
      const http = altering(stage.http(), (fields) => ({ ...fields, doorvoer_unknown: extra }))
      await stage.roundTrip(stage.open({}, http))
    })
    test.each(system.optionalFields)('answers without %s', async (name) => {
      const http = altering(stage.http(), (fields) =>
        Object.fromEntries(Object.entries(fields).filter(([key]) => key !== name)),
      )
      await stage.roundTrip(stage.open({}, http))
    })
  })
})
