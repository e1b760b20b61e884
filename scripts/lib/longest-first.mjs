import { readFile } from 'node:fs/promises'
import { BaseSequencer } from 'vitest/node'

/**
 * The files that take longest, longest first. A new machine has measured none yet, and by their size some of them would
 * come last, when one worker has nothing left to do. A name that is gone changes nothing but the order.
 */
const long = [
  'e2e/phones.e2e.ts',
  'e2e/offline.e2e.ts',
  'e2e/workshop.e2e.ts',
  'e2e/proposals.e2e.ts',
  'e2e/people.e2e.ts',
  'e2e/versions.e2e.ts',
  'e2e/record.e2e.ts',
  'e2e/account.e2e.ts',
  'e2e/receipts.e2e.ts',
  'e2e/writing.e2e.ts',
  'e2e/form.e2e.ts',
  'e2e/accessible.e2e.ts',
  'server/src/rooms/crash.pg.test.ts',
  'server/src/main.pg.test.ts',
]

/**
 * Vitest's own order, by group and measured time or size, with the files known to be long in front of their group. Those
 * of one project follow each other, and of these the ones with a page of jsdom: a worker that goes on with the same keeps
 * what it has read, and for anything else it ends and another begins. Journeys are first, for they are the longest.
 */
export class LongestFirst extends BaseSequencer {
  async sort(files) {
    const withPage = new Set()
    for (const file of files) if (await hasPage(file)) withPage.add(file)
    const order = (file) => {
      const { name, config } = file.project
      return 2 * config.sequence.groupOrder + (name === 'e2e' || withPage.has(file) ? 0 : 1)
    }
    const rank = ({ moduleId }) => {
      const found = long.findIndex((name) => moduleId.endsWith(`/${name}`))
      return found === -1 ? long.length : found
    }
    const sorted = await super.sort(files)
    return sorted.toSorted((a, b) => order(a) - order(b) || rank(a) - rank(b))
  }
}

/** Whether a file's first line asks for a page of jsdom. */
async function hasPage({ moduleId }) {
  return (await readFile(moduleId, 'utf8')).startsWith('// @vitest-environment jsdom\n')
}
