import { defineConfig } from 'vitest/config'
import { LongestFirst } from './scripts/lib/longest-first.mjs'

const source = '{packages/*/src,server/src,client/src,bench,scripts}'
const ci = process.env.CI === 'true'

/**
 * One run has three kinds of test: pure ones, then ones with a real PostgreSQL and journeys in a browser. The last two
 * run as one group, so that no worker waits for the other at the end of either.
 */
export default defineConfig({
  test: {
    // For two cores: a journey waits a quarter of its time, for a screen to come to rest or a second to pass.
    maxWorkers: 3,
    // Room for what is young: with Node's own sixteen megabytes a tenth of a worker's time went into sorting it.
    execArgv: ['--min-semi-space-size=32', '--max-semi-space-size=64'],
    passWithNoTests: false,
    allowOnly: !ci,
    sequence: { sequencer: LongestFirst },
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          include: [`${source}/**/*.test.{ts,tsx,mjs}`],
          exclude: ['**/*.pg.test.ts', '**/node_modules/**'],
          testTimeout: 30_000,
          // What they import holds no state, so that they may share it: a quarter of their time.
          isolate: false,
          sequence: { groupOrder: 0 },
        },
      },
      {
        extends: true,
        test: {
          name: 'pg',
          include: [`${source}/**/*.pg.test.ts`],
          globalSetup: ['packages/testkit/src/postgres-setup.ts'],
          // What others do in the same cluster may hold up what is waited for.
          expect: { poll: { timeout: 30_000 } },
          testTimeout: 60_000,
          hookTimeout: 60_000,
          // As above: the whole program is read once by a worker and not once by each of a hundred files.
          isolate: false,
          sequence: { groupOrder: 1 },
        },
      },
      {
        extends: true,
        test: {
          name: 'e2e',
          include: ['e2e/**/*.e2e.ts'],
          globalSetup: ['packages/testkit/src/postgres-setup.ts', 'e2e/prepare.ts'],
          // Where nobody watches, a journey that lost a race with its machine is made once more, and the report says so
          // (decision 13): what is broken fails twice.
          retry: ci ? 1 : 0,
          // What a person would see soon may take a busy machine a while.
          expect: { poll: { timeout: 30_000, interval: 100 } },
          testTimeout: 180_000,
          hookTimeout: 120_000,
          isolate: false,
          sequence: { groupOrder: 1 },
        },
      },
    ],
  },
})
