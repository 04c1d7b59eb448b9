/**
 * `npm test [vitest arguments]`: builds the dashboard, finds or gets Chromium, runs every test, and ends with
 * one line that counts them.
 */
import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { z } from 'zod'
import { buildDashboard } from '../src/commands/build-dashboard.ts'
import { findOrInstallChromium } from './chromium.ts'

const summary = z.object({
  numPassedTests: z.number(),
  numFailedTests: z.number(),
  numFailedTestSuites: z.number(),
  numPendingTests: z.number(),
})

const chromium = findOrInstallChromium()
if (chromium === null) {
  console.log(
    'No Chromium could be found or installed on this machine: the browser tests will fail.',
  )
}
await buildDashboard()

const folder = mkdtempSync(path.join(tmpdir(), 'doorvoer-summary-'))
const file = path.join(folder, 'summary.json')
const run = spawnSync(
  process.execPath,
  [
    'node_modules/vitest/vitest.mjs',
    'run',
    '--reporter=default',
    '--reporter=json',
    `--outputFile=${file}`,
    ...process.argv.slice(2),
  ],
  { stdio: 'inherit', env: { ...process.env, DOORVOER_TEST_CHROMIUM: chromium ?? '' } },
)

const written = existsSync(file) ? readFileSync(file, 'utf8') : 'null'
rmSync(folder, { recursive: true, force: true })
const counted = summary.safeParse(JSON.parse(written))
if (!counted.success) {
  console.log('vitest ended before it could count; what it said stands above')
  process.exit(1)
}
const { numPassedTests, numFailedTests, numFailedTestSuites, numPendingTests } = counted.data
// A file that breaks before its first test counts as a failure too.
const failed =
  numFailedTests > 0 || numFailedTestSuites === 0 ? numFailedTests : numFailedTestSuites
const skipped = numPendingTests > 0 ? `, ${numPendingTests} skipped` : ''
console.log(`${numPassedTests} passed, ${failed} failed${skipped}`)
process.exitCode = run.status === 0 && failed === 0 ? 0 : 1
