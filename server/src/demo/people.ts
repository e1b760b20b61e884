import type { Role } from '@cabildo/protocol/http/common'
import type { DemoGroup, DemoGroupKey } from './groups.ts'

/** Everybody's password in the demo. Public: the README names it. */
export const demoPassword = 'cabildo-demo'

/** Who takes part in the demo's plan. `key` is the part of the address before the @. */
export const people = [
  { key: 'coordinacion', name: 'Marta Quintero', role: 'coordinator', group: 'municipality' },
  { key: 'facilitacion', name: 'Rubén Ábrego', role: 'facilitator', group: 'municipality' },
  { key: 'gobierno', name: 'Iván Castillo', role: 'drafter', group: 'municipality' },
  { key: 'sociedad', name: 'Yadira Moreno', role: 'drafter', group: 'kernel' },
  { key: 'revision', name: 'Noris Sanjur', role: 'reviewer', group: 'kernel' },
  { key: 'alcaldia', name: 'Elda Carrión', role: 'approver', group: 'mayor' },
  { key: 'aval', name: 'Tomás Herrera', role: 'endorser', group: 'kernel' },
  { key: 'monitoreo', name: 'Lucía Pinzón', role: 'monitor', group: 'monitor' },
] as const satisfies readonly { key: string; name: string; role: Role; group: DemoGroupKey }[]

export type DemoPersonKey = (typeof people)[number]['key']

/** The demo's plan. */
export const demoPlan = {
  slug: 'chepo',
  title: 'Plan de acción de gobierno abierto de Chepo',
  place: 'Chepo, Panamá',
} as const

/** When the demo's plan begins, was submitted and ends. Invented, and without the contradictions of the published one. */
export const demoDays = { start: '2026-03-01', submitted: '2026-03-28', end: '2028-04-30' } as const

/** Another plan, of somebody who has no part in the first: what is theirs stays theirs. */
export const otherPlan = {
  slug: 'municipio-vecino',
  title: 'Plan de acción de un municipio vecino',
  place: 'Municipio vecino, Panamá',
  group: {
    name: 'Municipio vecino',
    sector: 'government',
    kind: 'government_office',
    territory: 'Municipio vecino',
    contact: 'vecino@example.test',
  } satisfies DemoGroup as DemoGroup,
  person: { key: 'ajena', name: 'Saúl Vergara', role: 'drafter' },
  commitment: 'Ventanilla única para trámites (demostración)',
} as const

/** The address of somebody in the demo. */
export function demoAddress(key: string): string {
  return `${key}@demo.cabildo.test`
}
