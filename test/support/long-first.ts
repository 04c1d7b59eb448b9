import path from 'node:path'
import { BaseSequencer, type TestSpecification } from 'vitest/node'

/**
 * The files that take longest, longest first, as `npm test` shows them. Who comes before whom is all that counts: a
 * fresh clone knows no durations, and one of these alone at the end is waited for by an idle machine.
 */
const long: readonly string[] = [
  'test/crash/crash.test.ts',
  'test/browser/walks.test.ts',
  'test/migration/killed.test.ts',
  'test/browser/every-page.test.ts',
  'test/crash/zombie.test.ts',
  'test/operations/restart.test.ts',
  'test/security/roles.test.ts',
  'test/browser/dashboard.test.ts',
  'test/browser/mishaps.test.ts',
  'test/browser/account.test.ts',
  'test/property/baskets.test.ts',
]

const project = path.resolve(import.meta.dirname, '../..')

/** Long ones first, then those that need a process of their own, and last the small ones that share theirs. */
const rankOf = ({ moduleId, project: { config } }: TestSpecification): number => {
  const place = long.indexOf(path.relative(project, moduleId))
  if (place !== -1) return place
  return config.isolate ? long.length : long.length + 1
}

/** The order of the test files; among equals that of vitest, which goes by what it measured or else by size. */
export class LongFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files)
    return sorted.sort((one, other) => rankOf(one) - rankOf(other))
  }
}
