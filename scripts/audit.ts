/**
 * `node scripts/audit.ts`: what the packages we stand on are licensed under, where they come from, and whether
 * the registry knows of weaknesses. Ends with 1 for what is wrong with the lock file and for weaknesses that are
 * high or critical in what merchants run; never for lack of a network.
 */
import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { z } from 'zod'
import { faultsOf, lockFile } from './lock-audit.ts'

const root = path.resolve(import.meta.dirname, '..')
const patienceMs = 60_000

const ownWord = z.object({ license: z.string() })

const licenceOf = (place: string): string | undefined => {
  try {
    const text = readFileSync(path.join(root, place, 'package.json'), 'utf8')
    return ownWord.safeParse(JSON.parse(text)).data?.license
  } catch {
    // An optional package of another platform is not here.
    return undefined
  }
}

const audited = z.object({
  vulnerabilities: z.record(z.string(), z.object({ severity: z.string(), range: z.string() })),
})

/** What the registry knows; null when it could not be asked. */
const weaknesses = () => {
  const { stdout } = spawnSync('npm', ['audit', '--json', '--omit=dev'], {
    cwd: root,
    encoding: 'utf8',
    timeout: patienceMs,
  })
  try {
    return audited.parse(JSON.parse(stdout)).vulnerabilities
  } catch {
    return null
  }
}

const lock = lockFile.parse(JSON.parse(readFileSync(path.join(root, 'package-lock.json'), 'utf8')))
const faults = faultsOf(lock, licenceOf)
for (const fault of faults) console.log(fault)

const found = weaknesses()
if (found === null) console.log('the registry could not be asked for known weaknesses')
const bad = Object.entries(found ?? {}).filter(([, { severity }]) =>
  ['high', 'critical'].includes(severity),
)
for (const [name, { severity, range }] of bad) console.log(`${name} ${range}: ${severity}`)
if (found !== null) {
  const other = Object.keys(found).length - bad.length
  console.log(`known weaknesses: ${bad.length} high or critical, ${other} lesser`)
}
console.log(`${Object.keys(lock.packages).length - 1} packages, ${faults.length} faults`)
process.exitCode = faults.length + bad.length === 0 ? 0 : 1
