import type { ReactionKind, ThreadKind } from '@cabildo/protocol/http/threads'
import type { TextFieldName } from '@cabildo/schema/templates/ogp-commitment'
import type { DemoPersonKey } from '../people.ts'
import type { Change } from '../story.ts'

/** A thread of the demo. `on`: the words it is on; with the field alone, the field; without it, the whole commitment. */
export interface DemoThread {
  commitment: number
  by: DemoPersonKey
  kind: ThreadKind
  on?: { in: TextFieldName; words?: string }
  body: string
  /** Whom the first comment calls by name, at its beginning. */
  calls?: DemoPersonKey
  replies?: readonly { by: DemoPersonKey; body: string }[]
  reactions?: readonly { by: DemoPersonKey; kind: ReactionKind }[]
  steps?: readonly { by: DemoPersonKey; step: 'resolved' | 'reopened'; reason: string }[]
  /** Whether the comment was made an input, which gets the next number. */
  input?: true
}

/** A proposal of the demo, and what was decided; open when nothing is told. */
export interface DemoProposal {
  commitment: number
  by: DemoPersonKey
  note: string
  changes: readonly [Change, ...Change[]]
  decided?: { by: DemoPersonKey; step: 'accept' | 'reject'; reason: string } | 'withdrawn'
}

/** What people say beside the demo's texts. All of it is invented. */
export const demoThreads: readonly DemoThread[] = [
  {
    commitment: 2,
    by: 'monitoreo',
    kind: 'question',
    on: { in: 'results', words: '15 de 22' },
    body: '¿Por qué no todas? ¿Cuáles quedan fuera?',
    replies: [{ by: 'gobierno', body: 'Siete ya están contratadas para este año y no se pueden volver a escoger.' }],
    steps: [{ by: 'gobierno', step: 'resolved', reason: 'Queda en 15 de 22: las otras siete ya están contratadas.' }],
  },
  {
    commitment: 3,
    by: 'aval',
    kind: 'objection',
    on: { in: 'accountability', words: 'explica en la radio local' },
    body: 'La radio no llega a la isla ni a Madungandí. Falta otra manera de enterarse.',
    replies: [
      { by: 'sociedad', body: 'De acuerdo. En la mesa se habló también del tablero de la junta.' },
      { by: 'gobierno', body: 'Lo consulto con Obras: habría que llevar la hoja cada mes.' },
    ],
    reactions: [
      { by: 'revision', kind: 'agree' },
      { by: 'monitoreo', kind: 'agree' },
    ],
  },
  {
    commitment: 2,
    by: 'revision',
    kind: 'praise',
    on: { in: 'causes' },
    body: 'Se entiende sin saber de presupuestos. Ojalá todo el plan estuviera escrito así.',
    reactions: [{ by: 'facilitacion', kind: 'thanks' }],
  },
  {
    commitment: 3,
    by: 'revision',
    kind: 'comment',
    on: { in: 'transparency', words: 'sin el nombre ni el teléfono de quien reporta' },
    calls: 'gobierno',
    body: '¿y si el reporte mismo nombra a alguien? Habría que leerlos antes de publicarlos.',
  },
  {
    commitment: 3,
    by: 'revision',
    kind: 'comment',
    on: { in: 'participation' },
    body: 'El grupo de seis personas debería salir de un sorteo en una reunión abierta, para que nadie dude de él.',
    input: true,
  },
  {
    commitment: 2,
    by: 'revision',
    kind: 'objection',
    on: { in: 'solution', words: 'qué pasa si una asamblea no reúne al menos 40 personas' },
    body: 'En los sectores pequeños no viven 40 personas adultas. El número debe depender de cuántos son.',
    replies: [
      { by: 'gobierno', body: 'La Tesorería pide un mínimo para que una obra no la decidan cinco.' },
      { by: 'sociedad', body: '¿Y si fuera una parte de quienes viven allí?' },
    ],
    reactions: [{ by: 'aval', kind: 'agree' }],
  },
  {
    commitment: 2,
    by: 'monitoreo',
    kind: 'question',
    on: { in: 'results', words: 'Mujeres entre quienes votan' },
    body: '¿Cómo se va a saber, si el voto es secreto?',
    replies: [{ by: 'facilitacion', body: 'Por la lista de entrada, que no dice qué votó cada quien.' }],
    steps: [
      { by: 'facilitacion', step: 'resolved', reason: 'Se cuenta en la entrada y no en el voto.' },
      { by: 'monitoreo', step: 'reopened', reason: 'Falta que el texto lo diga.' },
    ],
  },
  {
    commitment: 3,
    by: 'monitoreo',
    kind: 'question',
    on: { in: 'problem', words: 'se anotaron 87' },
    body: '¿Dónde se puede ver ese conteo?',
  },
  {
    commitment: 4,
    by: 'alcaldia',
    kind: 'comment',
    body: 'Me gustaría que esto saliera junto con el presupuesto participativo: son las mismas reglas de voto.',
  },
]

/** What people propose to change in the demo's texts. All of it is invented. */
export const demoProposals: readonly DemoProposal[] = [
  {
    commitment: 1,
    by: 'revision',
    note: 'Lo pidieron en Tortí: que esté donde la gente pasa, y que se pueda leer.',
    changes: [
      {
        in: 'transparency',
        replace: 'una hoja impresa de dos páginas en cada junta comunal',
        with: 'una hoja impresa de dos páginas, en letra grande, en cada junta comunal, escuela y tienda que la quiera',
      },
    ],
    decided: { by: 'gobierno', step: 'accept', reason: 'Cuesta poco y llega a más gente.' },
  },
  {
    commitment: 1,
    by: 'revision',
    note: 'Quien no escribe también pregunta.',
    changes: [
      {
        in: 'accountability',
        replace: 'Toda pregunta por escrito',
        with: 'Toda pregunta, por escrito o por teléfono,',
      },
    ],
    decided: { by: 'sociedad', step: 'accept', reason: '' },
  },
  {
    commitment: 1,
    by: 'aval',
    note: 'Las juntas son las primeras a las que se pregunta.',
    changes: [
      {
        in: 'solution',
        write: 'Las juntas comunales recibirán el informe dos días antes de que salga, para poder explicarlo.',
      },
    ],
    decided: { by: 'coordinacion', step: 'accept', reason: 'Acordado con las juntas.' },
  },
  {
    commitment: 1,
    by: 'monitoreo',
    note: 'Lo que manda la ley no puede quedarse en el 90 %.',
    changes: [{ in: 'results', replace: '90 %', with: '100 %' }],
    decided: {
      by: 'gobierno',
      step: 'reject',
      reason: 'El primer año no lo podemos cumplir: hay contratos de antes sin acta. Se revisa para el segundo.',
    },
  },
  {
    commitment: 2,
    by: 'revision',
    note: 'De la mesa de Tortí y de la hoja de Chepillo.',
    changes: [
      {
        in: 'participation',
        replace: 'Transporte en lancha para la isla y cuidado de niñas y niños durante la reunión',
        with: 'Transporte en lancha para la isla, de ida y vuelta según la marea, y cuidado de niñas y niños durante la reunión; sillas y sombra para las personas mayores',
      },
    ],
    decided: { by: 'sociedad', step: 'accept', reason: 'Las dos cosas se pidieron y se pueden pagar.' },
  },
  {
    commitment: 2,
    by: 'aval',
    note: 'Para que la primera vez no sea la de verdad.',
    changes: [
      {
        milestone: {
          title: 'Asamblea de ensayo en un sector',
          outputs: 'Acta con lo que funcionó y lo que no, publicada.',
          start: '2027-06-15',
          due: '2027-07-15',
          lead: 'Dirección de Planificación',
          supportCivilSociety: 'Kernel Community',
        },
      },
    ],
  },
  {
    commitment: 2,
    by: 'aval',
    note: 'Me parecía poco.',
    changes: [{ in: 'solution', replace: '10 %', with: '15 %' }],
    decided: 'withdrawn',
  },
  {
    commitment: 3,
    by: 'revision',
    note: 'Lo pidió un productor de Tortí.',
    changes: [
      {
        in: 'solution',
        write: 'Quien reportó recibirá un mensaje o una llamada cuando el problema esté resuelto.',
      },
    ],
    decided: { by: 'facilitacion', step: 'accept', reason: 'Es la mitad del compromiso.' },
  },
  {
    commitment: 3,
    by: 'revision',
    note: 'Son quienes reciben los reportes de la isla.',
    changes: [{ facts: { supportCivilSociety: ['Comités de agua', 'Kernel Community', 'Grupo de pescadores'] } }],
  },
  {
    commitment: 3,
    by: 'monitoreo',
    note: 'Que se vea cuánto.',
    changes: [
      {
        in: 'problem',
        replace: 'Nadie sabe cuántos reportes hay',
        with: 'Nadie sabe cuántos reportes hay ni cuánto esperan',
      },
    ],
  },
]
