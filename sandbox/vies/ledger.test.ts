import { expect, it } from 'vitest'
import { createLedgerBook } from './ledger.ts'
import { readGet } from './question.ts'
import { resultOf } from './result.ts'
import { defaultSwitches } from './switches.ts'
import { exampleMoment } from './test-client.ts'

it('keeps the last 20,000 checks and counts them all', () => {
  const book = createLedgerBook()
  for (let index = 1; index <= 30_002; index += 1) {
    const question = readGet(`/ms/DE/vat/${index}`, new URLSearchParams(), defaultSwitches)
    if (question === undefined) throw new Error('not a question')
    book.ask(question, { at: exampleMoment, garbage: '' })(resultOf('VALID'))
  }
  const { checks, total } = book.read({})
  expect([checks.length, total]).toEqual([20_000, 30_002])
  expect([checks[0]?.number, checks.at(-1)?.number]).toEqual(['DE10003', 'DE30002'])
  expect(checks.at(-1)?.verdict).toBe('VALID')
})
