import { median } from '../harness/histogram.ts'
import { bringPaper, openPaper, openPaperTogether } from '../harness/open-document.ts'
import { readPaper } from '../harness/paper.ts'
import { type Figures, type Row, rest, withServer } from './row.ts'

const paper = readPaper()
const visitors = 200

/** Opening the paper of 259,778 edits: warm, by two hundred at once, and after a restart. */
export const opening: Row = {
  name: 'open',
  title: '259,778-edit document',
  measures: [
    { key: 'warm', label: 'open warm, from the open socket', unit: 'ms', better: 'lower', digits: 1 },
    { key: 'together', label: '200 at once, until all have it', unit: 'ms', better: 'lower', digits: 0 },
    { key: 'togetherCpu', label: '200 at once: server CPU each', unit: 'ms', better: 'lower', digits: 2 },
    {
      key: 'cold',
      label: 'open cold, first after a restart, from the first packet',
      unit: 'ms',
      better: 'lower',
      digits: 0,
    },
  ],
  async run({ site, contender, quick }) {
    const [room = ''] = await site.makeRooms(1)
    const figures: Figures = await withServer(site, async (server) => {
      const door = site.door(server)
      const owner = await bringPaper(door, room, paper)
      await rest(1000)
      const warm: number[] = []
      for (let i = 0; i < (quick ? 5 : 9); i++) {
        warm.push((await openPaper(door, room, paper.length)).fromSocket)
        await rest(30)
      }
      const together = await openPaperTogether(door, room, paper.length, visitors, () => server.usage().cpu)
      await owner.close()
      if (contender.stores) {
        await rest(1500)
        await server.stop()
      }
      return { warm: median(warm), together: together.took, togetherCpu: together.cpu / visitors }
    })
    if (!contender.stores) return figures
    const cold: number[] = []
    for (let i = 0; i < (quick ? 1 : 2); i++) {
      cold.push(
        await withServer(site, async (server) => {
          await rest(500)
          const { fromConnect } = await openPaper(site.door(server), room, paper.length)
          await rest(300)
          await server.stop()
          return fromConnect
        }),
      )
    }
    return { ...figures, cold: median(cold) }
  },
}
