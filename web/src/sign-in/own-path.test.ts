import { expect, it } from 'vitest'
import { ownPath } from './own-path.ts'

it.each(['/', '/i/1/report?search=a', '/new#x'])('whoever signs in goes on to %s', (path) => {
  expect(ownPath(path)).toBe(path)
})

it.each([
  'https://evil.example/',
  '//evil.example/',
  '/\\evil.example/',
  '\\\\evil.example',
  '/\t/evil.example',
  '/\n/evil.example',
  '/.//evil.example',
  'javascript:alert(1)',
  ' /report',
  '',
  undefined,
  ['/report'],
])('whoever signs in is sent to no other website: %j', (value) => {
  expect(ownPath(value)).toBeUndefined()
})
