import type { Display } from '@cabildo/protocol/http/common'
import type { AgeBand, Gender } from '@cabildo/protocol/http/workshops'
import type { DemoGroupKey } from '../groups.ts'

/** Somebody who came to the demo's workshop. Who gave the same `phone` shared it. */
export interface DemoGuest {
  name: string
  group: DemoGroupKey
  display: Display
  /** Place of their table, from 0. */
  table: number
  phone: number
  gender?: Gender
  ageBand?: AgeBand
  /** How the consent was given; read on the phone unless said otherwise. */
  way?: 'paper' | 'spoken'
}

/** A workshop that is over, so that a visitor sees its board and its totals. All of it is invented. */
export const demoWorkshop = {
  title: 'Taller de prueba en Tortí (demostración)',
  place: 'Casa comunal de Tortí',
  daysAgo: 20,
  hours: 3,
  tables: ['Mesa 1: agua y caminos', 'Mesa 2: cuentas claras', 'Mesa 3: juventud'],
  /** Numbers of the commitments it worked on. */
  commitments: [1, 2],
  guests: [
    {
      name: 'Mercedes',
      group: 'neighboursTorti',
      display: 'name',
      table: 0,
      phone: 1,
      gender: 'woman',
      ageBand: '45_59',
    },
    {
      name: 'Don Eligio',
      group: 'producersTorti',
      display: 'name',
      table: 0,
      phone: 1,
      gender: 'man',
      ageBand: '60_plus',
      way: 'spoken',
    },
    { name: 'K. M.', group: 'boardTorti', display: 'group', table: 1, phone: 2, gender: 'woman', ageBand: '30_44' },
    { name: 'Yari', group: 'youthMargaritas', display: 'name', table: 2, phone: 3, gender: 'woman', ageBand: '18_29' },
    { name: 'Nel', group: 'youthMargaritas', display: 'anonymous', table: 2, phone: 3 },
    {
      name: 'Señora Digna',
      group: 'seniorsCanita',
      display: 'name',
      table: 1,
      phone: 1,
      gender: 'woman',
      ageBand: '60_plus',
      way: 'paper',
    },
    { name: 'I. D.', group: 'madungandi', display: 'group', table: 0, phone: 4, gender: 'man' },
  ] satisfies readonly DemoGuest[] as readonly DemoGuest[],
} as const
