import { describe, expect, it } from 'vitest'
import { saleOf, type SaleSample } from '../../test/support/sale.ts'
import { gate, type Trigger } from './gate.ts'

const trigger: Trigger = { statuses: ['2', '5'], paidOnly: true, from: '2026-03-02' }

const gated = (change: SaleSample, wanted: Partial<Trigger> = {}) => {
  const result = gate(saleOf([{ amount: '12.10' }], change), { ...trigger, ...wanted })
  return result.is === 'pass' ? 'pass' : `${result.is} ${result.reason.code}`
}

const waiting = { id: '4', label: 'Wacht op betaling' }

describe('gate', () => {
  it('lets through what is paid, in a chosen status and not too old', () => {
    expect(gated({})).toBe('pass')
    expect(gated({ status: { id: '5', label: 'Verzonden' } })).toBe('pass')
  })

  it('waits for the status, and says which one the sale has', () => {
    expect(gated({ status: waiting })).toBe('wait STATUS_NOT_YET')
    expect(gate(saleOf([], { status: waiting }), trigger)).toMatchObject({
      reason: { params: { status: 'Wacht op betaling' } },
    })
    expect(gated({}, { statuses: [] })).toBe('wait STATUS_NOT_YET')
  })

  it('compares the id of a status and not its name', () => {
    expect(gated({ status: { id: '22', label: '2' } })).toBe('wait STATUS_NOT_YET')
  })

  it('waits for the payment only when that is asked', () => {
    expect(gated({ paid: false })).toBe('wait NOT_PAID_YET')
    expect(gated({ paid: false }, { paidOnly: false })).toBe('pass')
  })

  it('does not wait for the payment of a credit invoice, which is the merchant’s', () => {
    const credit = { ref: { kind: 'credit' as const, id: '7' }, paid: false }
    expect(gated(credit)).toBe('pass')
    expect(gated({ ...credit, status: waiting })).toBe('wait STATUS_NOT_YET')
  })

  it('closes what was cancelled, whatever else is true of it', () => {
    expect(gated({ cancelled: true })).toBe('close SALE_CANCELLED')
    const also = { cancelled: true, paid: false, status: waiting, date: '2020-01-01' }
    expect(gated(also)).toBe('close SALE_CANCELLED')
  })

  it('books from the first day on, and nothing before it', () => {
    expect(gated({ date: '2026-03-02' })).toBe('pass')
    expect(gated({ date: '2026-03-01' })).toBe('close SALE_BEFORE_START')
    expect(gated({ date: '2026-03-01', paid: false })).toBe('close SALE_BEFORE_START')
    expect(gated({ date: '2001-01-01' }, { from: null })).toBe('pass')
  })

  it('names both days', () => {
    expect(gate(saleOf([], { date: '2026-02-28' }), trigger)).toEqual({
      is: 'close',
      reason: { code: 'SALE_BEFORE_START', params: { date: '2026-02-28', from: '2026-03-02' } },
    })
  })
})
