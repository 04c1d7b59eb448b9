import { expect, it } from 'vitest'
import { createTextIndex } from './text-index.ts'

it('narrows down to what shares the rarest three letters', () => {
  const index = createTextIndex()
  index.add(1, 'anna@shop.nl')
  index.add(2, 'bram@shop.nl')
  index.add(2, 'bram@other.nl')
  expect(index.candidates('ANNA@shop.nl')).toEqual([1])
  expect(index.candidates('@shop.nl')).toEqual([1, 2])
  expect(index.candidates('bram')).toEqual([2])
  expect(index.candidates('zzz')).toEqual([])
  expect(index.candidates('an')).toBeUndefined()
})
