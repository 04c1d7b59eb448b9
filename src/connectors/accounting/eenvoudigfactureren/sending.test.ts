import { describe, expect, onTestFinished, test } from 'vitest'
import { startEenvoudigfactureren } from '../../../../sandbox/eenvoudigfactureren/index.ts'
import type { FaultKind } from '../../../../sandbox/kit/fault-rule.ts'
import { wallClock } from '../../../world/clock.ts'
import { createHttpClient } from '../../http.ts'
import { defaultsOf } from '../../settings.ts'
import { draftOf, order100200 } from './fixtures/samples.ts'
import { eenvoudigfactureren } from './index.ts'
import { settings } from './settings.ts'

/** Sending is a call of its own that is not idempotent: never twice, never lost in silence. */
const open = async (sendInvoice: string, vatNumber = '') => {
  const sandbox = await startEenvoudigfactureren({ limits: 'off' })
  const http = createHttpClient({ privateAllowed: ['127.0.0.0/8'], budgetMs: 400 })
  onTestFinished(async () => {
    await http.close()
    await sandbox.close()
  })
  const books = {
    credentials: { apiKey: 'sandbox-key', baseUrl: `${sandbox.url}/api/v1` },
    settings: { ...defaultsOf(settings), sendInvoice },
    http,
    clock: wallClock,
  }
  const choices = await eenvoudigfactureren.choices(books)
  const facts = { settings: books.settings, choices, vatTable: [], products: {} }
  const { debtor: person } = order100200()
  const buyer = { ...person.buyer, vatNumber }
  const draft = order100200({ debtor: { ...person, buyer } })
  const traits = eenvoudigfactureren.planDebtor(draft, facts)
  const debtor = await eenvoudigfactureren.createDebtor(books, draft.debtor, traits)
  if (debtor.is !== 'done') throw new Error(debtor.is)
  const composed = eenvoudigfactureren.compose(draft, debtor.value, facts)
  if (composed.is === 'refused') throw new Error(composed.reason.code)
  const find = () =>
    eenvoudigfactureren.find(books, draft.reference, {
      date: draft.date,
      debtorId: debtor.value.id,
    })
  const create = async () => {
    const outcome = await eenvoudigfactureren.create(books, composed.wire)
    return outcome.is === 'done' ? (outcome.value.warning?.code ?? 'fine') : outcome.is
  }
  const sent = () => sandbox.ledger().sendings.map(({ by }) => by)
  const add = (fault: FaultKind, path: string, method = 'POST') =>
    sandbox.faults.add({ fault, match: { method, path } })
  return { sandbox, find, create, sent, add, facts, books, debtor: debtor.value }
}

describe('sending', () => {
  test('off: nothing leaves, and a look-up has nothing to warn of', async () => {
    const stage = await open('no')
    expect(await stage.create()).toBe('fine')
    expect(stage.sent()).toEqual([])
    expect(await stage.find()).not.toHaveProperty('receipt.warning')
  })
  test('by mail, once', async () => {
    const stage = await open('email')
    expect(await stage.create()).toBe('fine')
    expect(stage.sandbox.ledger().sendings).toMatchObject([
      { by: 'email', recipients: 'lien@example.be' },
    ])
  })
  test('by Peppol to who has a VAT number, by mail to who has none', async () => {
    const business = await open('peppol', 'BE0468561072')
    expect(await business.create()).toBe('fine')
    expect(business.sent()).toEqual(['peppol'])
    const person = await open('peppol')
    expect(await person.create()).toBe('fine')
    expect(person.sent()).toEqual(['email'])
  })
  test('Peppol takes an invoice with a discount, and a credit note', async () => {
    const { books, facts, debtor, sent } = await open('peppol', 'BE0468561072')
    const drafts = [
      draftOf([{ amount: '24.20' }, { amount: '-2.42', kind: 'discount' }], { reference: 'D-1' }),
      draftOf([{ quantity: '-2', amount: '-24.20' }], { reference: 'C_1' }),
    ]
    for (const draft of drafts) {
      const composed = eenvoudigfactureren.compose(draft, debtor, facts)
      if (composed.is === 'refused') throw new Error(composed.reason.code)
      const outcome = await eenvoudigfactureren.create(books, composed.wire)
      expect(outcome).not.toHaveProperty('value.warning')
    }
    expect(sent()).toEqual(['peppol', 'peppol'])
  })

  test.each([
    ['reset-after', 'INVOICE_SENDING_UNKNOWN', 1],
    ['reset-before', 'INVOICE_SENDING_UNKNOWN', 0],
    ['timeout-after', 'INVOICE_SENDING_UNKNOWN', 1],
    ['error-after', 'INVOICE_SENDING_UNKNOWN', 1],
    ['html', 'INVOICE_SENDING_UNKNOWN', 0],
    ['rate-limit', 'INVOICE_NOT_SENT', 0],
    ['unauthorized', 'INVOICE_NOT_SENT', 0],
  ] as const)(
    '%s on the call that sends: a warning, and no second try',
    async (fault, code, count) => {
      const stage = await open('email')
      stage.add(fault, '/sendemail$')
      expect(await stage.create()).toBe(code)
      expect(stage.sent()).toHaveLength(count)
      expect(stage.sandbox.ledger().requests.byCall['POST /invoices']).toBeLessThanOrEqual(2)
    },
  )
  test('a refusal is a warning', async () => {
    const stage = await open('email')
    const { clients } = stage.sandbox.ledger()
    const gone = { email_address: '', contacts: [] }
    await fetch(`${stage.books.credentials.baseUrl}/clients/${clients[0]?.client_id ?? 0}`, {
      method: 'POST',
      headers: { 'x-api-key': 'sandbox-key', 'content-type': 'application/json' },
      body: JSON.stringify(gone),
    })
    expect(await stage.create()).toBe('INVOICE_NOT_SENT')
    expect(stage.sent()).toEqual([])
  })
  test('an invoice that could not be read back is not sent: its total was not seen', async () => {
    const stage = await open('email')
    stage.add('error-before', '/invoices/\\d+$', 'GET')
    expect(await stage.create()).toBe('INVOICE_NOT_SENT')
    expect(stage.sent()).toEqual([])
  })
  test('an invoice with another total than predicted is not sent', async () => {
    const stage = await open('email')
    stage.sandbox.switches.priceDecimals = 2
    const draft = draftOf([{ quantity: '3', amount: '10.00' }], { reference: 'T-1' })
    const composed = eenvoudigfactureren.compose(draft, stage.debtor, stage.facts)
    if (composed.is === 'refused') throw new Error(composed.reason.code)
    const outcome = await eenvoudigfactureren.create(stage.books, composed.wire)
    expect(outcome).toMatchObject({ is: 'done', value: { warning: { code: 'INVOICE_NOT_SENT' } } })
    expect(stage.sent()).toEqual([])
  })
  test('after a lost answer the look-up finds it, warns, and sends nothing', async () => {
    const stage = await open('email')
    stage.add('reset-after', '/invoices$')
    expect(await stage.create()).toBe('uncertain')
    expect(await stage.find()).toMatchObject({
      is: 'found',
      receipt: { warning: { code: 'INVOICE_SENDING_UNKNOWN' } },
    })
    expect(stage.sent()).toEqual([])
  })
})
