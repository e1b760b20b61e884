import { createCrowd } from '../harness/crowd.ts'
import { bringPaper } from '../harness/open-document.ts'
import { readPaper } from '../harness/paper.ts'
import type { ServerProcess } from '../harness/server-process.ts'
import type { Site } from './contenders.ts'
import { type Row, rest, withCrowd, withServer } from './row.ts'

const paper = readPaper()

/** Long enough for a server that puts idle documents away to do so (Cabildo's bench server does after 3 s). */
const idleFor = 6000

/**
 * Memory a server holds for each room, connection and large document: the growth of its resident set after garbage
 * collection, from a server that has already done the same work in other rooms, so that code and caches do not count.
 */
export const memory: Row = {
  name: 'memory',
  title: 'memory (RSS after garbage collection)',
  atMost: 2,
  measures: [
    { key: 'room', label: 'per idle room of one, holding a sentence', unit: 'kB', better: 'lower', digits: 0 },
    { key: 'connection', label: 'per connection in one room', unit: 'kB', better: 'lower', digits: 1 },
    { key: 'paper', label: 'per room holding the 259,778-edit document', unit: 'kB', better: 'lower', digits: 0 },
  ],
  async run({ site, quick }) {
    return {
      room: await perRoom(site, quick ? 250 : 500),
      connection: await perConnection(site, quick ? 200 : 400),
      paper: await perPaper(site, quick ? 10 : 20),
    }
  },
}

async function perRoom(site: Site, count: number): Promise<number> {
  const names = await site.makeRooms(count + 50)
  return withCrowd(site, async (crowd, server) => {
    const enter = async (some: readonly string[]) => {
      for (const name of some) {
        const room = await crowd.join(name, 1)
        await crowd.prepare(room, 1)
        for (const member of room.members) crowd.type(member, 20)
      }
    }
    await enter(names.slice(0, 50))
    const before = await held(server)
    await enter(names.slice(50))
    return ((await held(server)) - before) / count
  })
}

async function perConnection(site: Site, count: number): Promise<number> {
  const [name = ''] = await site.makeRooms(1)
  return withServer(site, async (server) => {
    const crowd = createCrowd(site.door(server))
    await crowd.join(name, 50)
    const before = await held(server)
    await crowd.join(name, count)
    const after = await held(server)
    await crowd.leave()
    return (after - before) / count
  })
}

async function perPaper(site: Site, count: number): Promise<number> {
  const warm = 3
  const names = await site.makeRooms(count + warm)
  return withServer(site, async (server) => {
    const inside: { close(): Promise<void> }[] = []
    const bring = async (some: readonly string[]) => {
      for (const name of some) inside.push(await bringPaper(site.door(server), name, paper))
    }
    await bring(names.slice(0, warm))
    const before = await held(server)
    await bring(names.slice(warm))
    const after = await held(server)
    await Promise.all(inside.map(({ close }) => close()))
    return (after - before) / count
  })
}

/** Resident kB once the server has been idle and has collected its garbage. */
async function held(server: ServerProcess): Promise<number> {
  await rest(idleFor)
  await server.collect()
  await rest(300)
  return server.usage().rss
}
