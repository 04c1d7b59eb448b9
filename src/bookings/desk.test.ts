import { expect, test } from 'vitest'
import { emailHash } from './desk.ts'

test('an e-mail address is kept as what nobody can read, the same for every spelling', () => {
  const key = new Uint8Array(32).fill(1)
  const hash = emailHash(key, 'an@klant.example')
  expect(hash).toHaveLength(32)
  expect(emailHash(key, ' An@KLANT.example ')).toEqual(hash)
  expect(emailHash(key, 'bo@klant.example')).not.toEqual(hash)
  expect(emailHash(new Uint8Array(32).fill(2), 'an@klant.example')).not.toEqual(hash)
})
