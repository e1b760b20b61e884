import { createCrowd } from '../harness/crowd.ts'
import { bringPaper } from '../harness/open-document.ts'
import { readPaper } from '../harness/paper.ts'
import type { ServerProcess } from '../harness/server-process.ts'
import { type Figures, type Measure, type Row, rest, withServer } from './row.ts'
import type { Site } from './site.ts'

const paper = readPaper()

/** Longer than a server that puts idle documents away waits to do so. */
const idleFor = 4500
const idleAfter = 2000

const growth = { unit: 'kB', better: 'lower', digits: 0 } as const
const kinds: readonly Measure[] = [
  { ...growth, key: 'room', label: 'per idle room of one, holding a sentence' },
  { ...growth, key: 'connection', label: 'per connection in one room', digits: 1 },
  { ...growth, key: 'paper', label: 'per room holding the 259,778-edit document' },
]

/**
 * Memory a server holds for each room, connection and large document: the growth of its resident set, from a server that
 * has already done the same work in other rooms, so that code and caches do not count. "As left" is what the system sees
 * once all is quiet: V8 keeps the pages of its busiest moment. "Needed" is what stays after a collection that gives back
 * whatever is free. Three servers at once, one for each: nobody is in a hurry here.
 */
export const memory: Row = {
  name: 'memory',
  title: 'resident memory',
  atMost: 2,
  measures: [
    ...kinds.flatMap((measure) => [
      { ...measure, label: `${measure.label}, needed` },
      { ...measure, key: `${measure.key}Left`, label: `${measure.label}, as left` },
      { ...measure, key: `${measure.key}Used`, label: `${measure.label}, used by JavaScript`, aside: true as const },
    ]),
  ],
  async run({ site, quick }) {
    const all = await Promise.all([
      perRoom(site, quick ? 400 : 1000),
      perConnection(site, quick ? 200 : 400),
      perPaper(site, quick ? 10 : 20),
    ])
    return Object.assign({}, ...all)
  },
}

async function perRoom(site: Site, count: number): Promise<Figures> {
  const warm = 100
  const names = await site.makeRooms(count + warm)
  return withServer({ ...site, start: () => site.start({ idleAfter }) }, async (server) => {
    const crowd = createCrowd(site.door(server))
    const enter = async (some: readonly string[]) => {
      for (const { members } of await crowd.fill(some, 1, 1)) for (const member of members) crowd.type(member, 20)
    }
    await enter(names.slice(0, warm))
    const before = await held(server)
    await enter(names.slice(warm))
    const figures = grown('room', before, await held(server), count)
    await crowd.leave()
    return figures
  })
}

async function perConnection(site: Site, count: number): Promise<Figures> {
  const [name = ''] = await site.makeRooms(1)
  return withServer({ ...site, start: () => site.start({ idleAfter }) }, async (server) => {
    const crowd = createCrowd(site.door(server))
    await crowd.join(name, 50)
    const before = await held(server)
    await crowd.join(name, count)
    const figures = grown('connection', before, await held(server), count)
    await crowd.leave()
    return figures
  })
}

async function perPaper(site: Site, count: number): Promise<Figures> {
  const warm = 3
  const names = await site.makeRooms(count + warm)
  return withServer({ ...site, start: () => site.start({ idleAfter }) }, async (server) => {
    const inside: { close(): Promise<void> }[] = []
    const bring = async (some: readonly string[]) => {
      for (const name of some) inside.push(await bringPaper(site.door(server), name, paper))
    }
    await bring(names.slice(0, warm))
    const before = await held(server)
    await bring(names.slice(warm))
    const figures = grown('paper', before, await held(server), count)
    await Promise.all(inside.map(({ close }) => close()))
    return figures
  })
}

interface Held {
  collected: number
  uncollected: number
  used: number
}

function grown(key: string, before: Held, after: Held, count: number): Figures {
  return {
    [key]: (after.collected - before.collected) / count,
    [`${key}Left`]: (after.uncollected - before.collected) / count,
    [`${key}Used`]: (after.used - before.used) / count,
  }
}

/** kB once the server has been idle: resident before and after it has collected its garbage, and in use after that. */
async function held(server: ServerProcess): Promise<Held> {
  await rest(idleFor)
  const uncollected = server.usage().rss
  const used = await server.collect()
  await rest(300)
  return { uncollected, collected: server.usage().rss, used }
}
