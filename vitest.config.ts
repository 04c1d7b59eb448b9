import { defineConfig } from 'vitest/config'
import { LongFirst } from './test/support/long-first.ts'

/**
 * What has a process of its own for each file: what starts and kills others, and browsers, who all sign in from
 * one address, for better-auth counts attempts for a whole process.
 */
const alone = ['test/{browser,crash,migration,prove}/**/*.test.ts']

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
      { extends: true, test: { name: 'alone', include: alone } },
      {
        extends: true,
        test: {
          name: 'parts',
          include: ['{src,sandbox,test,web}/**/*.test.ts'],
          exclude: [...alone, '**/node_modules/**'],
          // No test here changes what a module holds, so a worker need not read them all anew for each of 300
          // files: that took half of the processor time of the small ones.
          isolate: false,
        },
      },
    ],
  },
})
