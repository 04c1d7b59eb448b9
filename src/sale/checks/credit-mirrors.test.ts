import { expect, it } from 'vitest'
import { saleInputOf, saleOf } from '../../../test/support/sale.ts'
import { creditMirrors } from './credit-mirrors.ts'

const judge = (kind: 'order' | 'invoice' | 'credit', total: string) =>
  creditMirrors.run(saleInputOf(saleOf([{ amount: total }], { ref: { kind, id: '1' } })))

it('passes sales above and credits below zero, and either at zero', () => {
  expect(judge('order', '12.10')).toBeNull()
  expect(judge('invoice', '0')).toBeNull()
  expect(judge('credit', '-12.10')).toBeNull()
  expect(judge('credit', '0')).toBeNull()
})

it('refuses the other way round', () => {
  expect(judge('credit', '12.10')).toEqual({ code: 'SIGN_WRONG', params: { total: '12.10' } })
  expect(judge('order', '-12.10')).toMatchObject({ code: 'SIGN_WRONG' })
})
