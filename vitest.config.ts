import { defineConfig } from 'vitest/config'
import { LongFirst } from './test/support/long-first.ts'

/** What signs people in: better-auth counts their attempts for a whole process, so each file has one of its own. */
const withPeople = [
  'src/{commands,server}/**/*.test.ts',
  'src/main.test.ts',
  'test/{browser,crash,migration,operations,prove,security}/**/*.test.ts',
]

export default defineConfig({
  test: {
    globalSetup: ['test/support/global-setup.ts'],
    // More than the two cores of a small machine: whoever kills processes or watches a page waits half of the time.
    maxWorkers: 4,
    sequence: { sequencer: LongFirst },
    testTimeout: 30_000,
    hookTimeout: 60_000,
    restoreMocks: true,
    projects: [
      { extends: true, test: { name: 'people', include: withPeople } },
      {
        extends: true,
        test: {
          name: 'parts',
          include: ['{src,sandbox,test,web}/**/*.test.ts'],
          exclude: [...withPeople, '**/node_modules/**'],
          // No test here changes what a module holds, so a worker need not read them all anew for each of 200
          // files: that took half of the processor time of the small ones.
          isolate: false,
        },
      },
    ],
  },
})
