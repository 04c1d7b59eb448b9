import { expect, it } from 'vitest'
import { faultsOf, lockFile, nameOf } from '../../scripts/lock-audit.ts'

const good = {
  version: '1.0.0',
  license: 'MIT',
  resolved: 'https://registry.example/a/-/a-1.0.0.tgz',
  integrity: 'sha512-abc',
}

const faults = (name: string, change: object, own?: string) =>
  faultsOf(
    lockFile.parse({
      lockfileVersion: 3,
      packages: { '': { version: '0' }, [`node_modules/${name}`]: { ...good, ...change } },
    }),
    () => own,
  )

it.each([
  ['a', {}],
  ['a', { license: '(MIT OR GPL-2.0-only)' }],
  ['a', { license: 'MIT AND ISC' }],
  ['node', { hasInstallScript: true }],
])('takes %s with %j', (name, change) => {
  expect(faults(name, change)).toEqual([])
})

it.each([
  ['a licence that the AGPL does not go with', 'a', { license: 'GPL-2.0-only' }, 'is under'],
  ['a licence of a seller', 'a', { license: 'SEE LICENSE IN LICENSE.md' }, 'is under'],
  ['half a licence', 'a', { license: 'MIT AND SSPL-1.0' }, 'is under'],
  ['no licence', 'a', { license: undefined }, 'names no licence'],
  ['code from a repository', 'a', { resolved: 'git+ssh://git@host.example/a.git' }, 'registry'],
  ['code without TLS', 'a', { resolved: 'http://registry.example/a.tgz' }, 'registry'],
  ['code that may change', 'a', { integrity: undefined }, 'SHA-512'],
  ['a weak hash', 'a', { integrity: 'sha1-abc' }, 'SHA-512'],
  ['a script at installation', 'a', { hasInstallScript: true }, 'runs a script'],
  ['a version that was poisoned', 'event-stream', { version: '3.3.6' }, 'was poisoned'],
])('refuses %s', (_, name, change, fault) => {
  expect(faults(name, change)).toEqual([expect.stringContaining(fault)])
})

it('believes the package where the lock file says nothing', () => {
  expect(faults('a', { license: undefined }, 'ISC')).toEqual([])
  expect(nameOf('node_modules/a/node_modules/@b/c')).toBe('@b/c')
})
