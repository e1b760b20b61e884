/** Who stands behind the plan of the demo: an endorsement, the mayor's letter, and a partner's. */

import type { Actor } from '../auth/sessions.ts'
import { newId } from '../db/ids.ts'
import { type EndorsementDeps, endorse, keepLetter, listEndorsements } from '../endorsements/service.ts'
import { typeset } from '../typeset/service.ts'
import { people } from './people.ts'

const template = `#let data = json("data.json")
#set document(title: data.title)
#set text(lang: "es", font: ("Libertinus Serif", "New Computer Modern"), size: 12pt)
#set page(paper: "a5", margin: 2cm)
#title()
#for line in data.lines [
  #par(line)
]
`

const letters = [
  {
    by: 'coordinacion',
    side: 'government',
    organisation: 'Despacho de la Alcaldía (demostración)',
    lines: [
      'La Alcaldía respalda este plan de acción y se compromete a informar de su avance cada seis meses.',
      'Carta de demostración: nadie la firmó.',
    ],
  },
  {
    by: 'aval',
    side: 'partner',
    organisation: 'Kernel Community (demostración)',
    lines: [
      'Participamos en la redacción de estos compromisos y acompañaremos su cumplimiento.',
      'Carta de demostración: nadie la firmó.',
    ],
  },
] as const

/** Endorses what can be endorsed in the plan of the demo, and keeps both letters. */
export async function plantSupport(
  deps: EndorsementDeps,
  { plan, actorOf, at }: { plan: string; actorOf: (key: string) => Actor; at: Date },
): Promise<void> {
  const endorser = actorOf('aval')
  const { texts } = await listEndorsements(deps, endorser, plan)
  await endorse(deps, endorser, plan, {
    key: newId(),
    name: people.find(({ key }) => key === 'aval')?.name ?? '',
    office: 'Coordinador (demostración)',
    organisation: 'Kernel Community (demostración)',
    texts: texts.map(({ version }) => ({ versionId: version.id, contentHash: version.contentHash })),
  })
  for (const { by, side, organisation, lines } of letters) {
    const pdf = await typeset(async () => ({ template, data: { title: 'Carta de apoyo', lines }, at }))
    await keepLetter(deps, actorOf(by), { planId: plan, side, organisation }, async () => pdf)
  }
}
