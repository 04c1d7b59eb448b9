/** `npm run check`: format, lint, types, floors and unused code. All of them run; any of them fails it. */
import { spawnSync } from 'node:child_process'

const checks: readonly (readonly [string, readonly string[]])[] = [
  ['format', ['node_modules/prettier/bin/prettier.cjs', '--check', '--log-level', 'warn', '.']],
  ['lint', ['node_modules/eslint/bin/eslint.js', '.', '--max-warnings', '0']],
  ['types', ['node_modules/typescript/bin/tsc', '-p', '.']],
  ['types of the dashboard', ['node_modules/typescript/bin/tsc', '--noEmit', '-p', 'web']],
  [
    'floors',
    [
      'node_modules/dependency-cruiser/bin/dependency-cruiser.mjs',
      '--no-progress',
      'src',
      'sandbox',
      'test',
      'bench',
    ],
  ],
  ['packages we stand on', ['scripts/audit.ts']],
  ['unused exports', ['scripts/unused-exports.ts']],
  ['pages of the connectors', ['scripts/connector-docs.ts', '--check']],
  ['pages of the problems', ['scripts/problem-docs.ts', '--check']],
]

let failed = 0
for (const [name, args] of checks) {
  const startedMs = performance.now()
  const { status } = spawnSync(process.execPath, args, { stdio: 'inherit' })
  const seconds = ((performance.now() - startedMs) / 1000).toFixed(1)
  console.log(`${status === 0 ? 'ok    ' : 'FAILED'} ${name} (${seconds} s)`)
  if (status !== 0) failed += 1
}
process.exitCode = failed === 0 ? 0 : 1
