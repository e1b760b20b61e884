import { setTimeout as pause } from 'node:timers/promises'
import { countTyped } from '../harness/open-document.ts'
import { type Row, rest, withCrowd, withServer } from './row.ts'

const rooms = 100
const keysASecond = 50
const patience = 1000
const openedAtOnce = 10

/**
 * kill -9 in the middle of typing: one types and one reads in each of a hundred rooms, 5,000 updates a second in all.
 * Then the server is started again and every room is opened anew. Lost is what the reader had received and is gone.
 */
export const durability: Row = {
  name: 'kill',
  title: 'kill -9 under 5,000 updates/s in 100 rooms',
  suits: ({ role }) => role !== 'limit',
  measures: [
    { key: 'lost', label: 'lost of what others had received', unit: '%', better: 'lower', digits: 1 },
    {
      key: 'lostSaved',
      label: 'lost of what authors were told is saved',
      unit: 'characters',
      better: 'lower',
      digits: 0,
    },
  ],
  async run({ site, quick, random, note }) {
    const names = await site.makeRooms(rooms)
    const before = await withCrowd(site, async (crowd, server) => {
      const places = await crowd.fill(names, 2, 1)
      const writers = places.flatMap(({ members }) => members.slice(0, 1))
      const typing = crowd.typeSteadily(writers, keysASecond, quick ? 2500 : 4000)
      const killed = pause(1500 + random() * (quick ? 800 : 2000)).then(() => server.kill())
      await Promise.all([typing, killed])
      // What the kernel still held for us has been received as well.
      await rest(300)
      return places.map(({ name, members: [writer, reader] }) => ({
        name,
        received: reader?.seen[0] ?? 0,
        saved: writer?.saved(),
      }))
    })

    let received = 0
    let lost = 0
    let lostSaved = 0
    const tells = before.some(({ saved }) => saved !== undefined)
    await withServer(site, async (server) => {
      const door = site.door(server)
      for (let first = 0; first < before.length; first += openedAtOnce) {
        const some = before.slice(first, first + openedAtOnce)
        const counts = some.map(({ name, ...had }) =>
          countTyped(door, name, Math.max(had.received, had.saved ?? 0), patience).then((kept) => ({ ...had, kept })),
        )
        for (const room of await Promise.all(counts)) {
          received += room.received
          lost += Math.max(0, room.received - room.kept)
          lostSaved += Math.max(0, (room.saved ?? 0) - room.kept)
        }
      }
    })
    note(`${lost} of ${received} received characters lost`)
    return { lost: (lost * 100) / received, ...(tells ? { lostSaved } : {}) }
  },
}
