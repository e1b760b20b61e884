import type { Display } from '@cabildo/protocol/http/common'
import type { InputChannel, InputOutcome } from '@cabildo/protocol/http/inputs'
import type { TextFieldName } from '@cabildo/schema/templates/ogp-commitment'
import type { DemoGroupKey } from '../groups.ts'
import type { DemoPersonKey } from '../people.ts'

/** An answer of the demo. `shown`: the commitment, by number, and the name of its version that shows it. */
export interface DemoAnswer {
  by: DemoPersonKey
  outcome: InputOutcome
  reason: string
  shown?: readonly [commitment: number, version: string]
  /** The place, from 1, of the input it was merged into. */
  into?: number
}

/** Something that somebody brought in the demo: whose it is, by the name of a guest of its workshop, a group, or a name. */
export interface DemoInput {
  channel: InputChannel
  from: { guest: string } | { name?: string; display?: Display; group: DemoGroupKey } | { member: DemoPersonKey }
  words: string
  about?: readonly [commitment: number, field?: TextFieldName]
  answers?: readonly DemoAnswer[]
}

/** Names of the versions that the round leaves behind. */
export const afterRound = {
  name: 'Con los aportes de Tortí',
  note: 'Con lo que se adoptó de la reunión de Tortí y de las propuestas.',
} as const
const now = (commitment: number) => [commitment, afterRound.name] as const
const meeting = { channel: 'meeting' } as const

/**
 * What people brought, in the order of its numbers, with what it was answered. In the spirit of Chepo's published plan, of
 * meetings in which officials go to the sectors; every word and name is invented for the demonstration. A few wait for
 * their answer.
 */
export const demoInputs: readonly DemoInput[] = [
  {
    ...meeting,
    from: { guest: 'Mercedes' },
    words: 'Que el informe del mes se pegue también en la tienda y en la escuela, no solo en la junta comunal.',
    about: [1, 'transparency'],
    answers: [
      {
        ...{ by: 'gobierno', outcome: 'adopted', shown: now(1) },
        reason:
          'La hoja impresa irá también a las escuelas y a las tiendas que la quieran. Lo propuso Kernel Community.',
      },
    ],
  },
  {
    ...meeting,
    from: { guest: 'Don Eligio' },
    words: 'Que digan cuánto costó el camino a las fincas y quién lo hizo, con una foto de antes y otra de después.',
    about: [1, 'solution'],
    answers: [
      {
        ...{ by: 'gobierno', outcome: 'adapted', shown: [1, 'Texto para revisión'] },
        reason:
          'De cada contrato se publica para qué es, con quién y cuánto, con acta y dos fotos. No prometemos la de antes: en obras que ya empezaron no la hay.',
      },
    ],
  },
  {
    ...meeting,
    from: { guest: 'K. M.' },
    words: 'La junta quiere recibir el informe unos días antes, para poder explicarlo cuando la gente pregunte.',
    about: [1, 'solution'],
    answers: [
      {
        ...{ by: 'coordinacion', outcome: 'adopted', shown: now(1) },
        reason: 'Las juntas comunales lo recibirán dos días antes.',
      },
    ],
  },
  {
    ...meeting,
    from: { guest: 'Señora Digna' },
    words: 'La letra de la hoja, que sea grande. Los mayores no leemos letra chiquita.',
    about: [1, 'transparency'],
    answers: [
      {
        ...{ by: 'gobierno', outcome: 'adopted', shown: now(1) },
        reason: 'El texto dice ahora «en letra grande». La probaremos con la asociación de Cañita antes de imprimir.',
      },
    ],
  },
  {
    ...meeting,
    from: { guest: 'Yari' },
    words: 'Un resumen en video corto que se pueda ver en el teléfono.',
    about: [1, 'transparency'],
    answers: [
      {
        ...{ by: 'gobierno', outcome: 'not_adopted' },
        reason:
          'Hoy no hay quién lo haga cada mes. Habrá un resumen de tres minutos para la radio, que se podrá reenviar por mensaje; el video se verá en la revisión de los seis meses.',
      },
    ],
  },
  {
    ...meeting,
    from: { guest: 'Nel' },
    words: 'Que publiquen también los sueldos.',
    about: [1, 'background'],
    answers: [
      {
        ...{ by: 'gobierno', outcome: 'out_of_scope' },
        reason:
          'Las planillas ya se publican porque la ley lo pide. Este compromiso trata del gasto y de los contratos.',
      },
    ],
  },
  {
    ...meeting,
    from: { guest: 'I. D.' },
    words: 'Que el informe se explique en la comunidad y en guna, por alguien de la comunidad.',
    about: [1, 'participation'],
    answers: [
      {
        ...{ by: 'gobierno', outcome: 'not_adopted' },
        reason: 'No hay dinero para traducir el informe entero cada mes.',
      },
      {
        ...{ by: 'sociedad', outcome: 'adapted', shown: [1, 'Texto para revisión'] },
        reason:
          'Lo hablamos otra vez: traducir el informe entero no se puede, pero en el grupo de vecinos que lo lee habrá al menos una persona de una comunidad indígena, que lo explica allá.',
      },
    ],
  },
  {
    ...meeting,
    from: { group: 'producersTorti' },
    words: 'Publicar el precio de cada cosa que se compra, para poder compararlo con el de la calle.',
    about: [1, 'solution'],
  },
  {
    ...meeting,
    from: { name: 'Hermelinda', display: 'name', group: 'neighboursTorti' },
    words: 'Que haya un número para preguntar por el informe.',
    about: [1, 'accountability'],
    answers: [
      {
        ...{ by: 'sociedad', outcome: 'merged', into: 10 },
        reason: 'Pide lo mismo que la junta de Tortí; la respuesta está allí.',
      },
    ],
  },
  {
    ...meeting,
    from: { group: 'boardTorti' },
    words: 'Que las preguntas se puedan hacer por teléfono y no solo por escrito.',
    about: [1, 'accountability'],
    answers: [
      {
        ...{ by: 'sociedad', outcome: 'adopted', shown: now(1) },
        reason: 'El texto dice ahora «por escrito o por teléfono», con el mismo plazo.',
      },
    ],
  },
  {
    ...meeting,
    from: { guest: 'Mercedes' },
    words: 'Que la asamblea sea un domingo, después de misa y cerca.',
    about: [2, 'participation'],
    answers: [
      {
        ...{ by: 'sociedad', outcome: 'adopted', shown: [2, 'Después de la mesa del 21 de marzo'] },
        reason: 'Así quedó: asambleas en domingo y cerca, dos donde hay más de una hora de camino.',
      },
    ],
  },
  {
    ...meeting,
    from: { group: 'producersTorti' },
    words: 'Que la plata no se reparta por igual: a los de lejos todo les cuesta más.',
    about: [2, 'solution'],
    answers: [
      {
        ...{ by: 'coordinacion', outcome: 'adopted', shown: [2, 'Después de la mesa del 21 de marzo'] },
        reason: 'La mitad se reparte según población y distancia a la cabecera.',
      },
    ],
  },
  {
    ...meeting,
    from: { guest: 'K. M.' },
    words: 'Si no llegan 40 personas, que la asamblea se repita en otro sector. Que no se pierda la plata.',
    about: [2, 'solution'],
  },
  {
    ...meeting,
    from: { guest: 'Señora Digna' },
    words: 'Un lugar con sillas y sombra. Dos horas de pie no aguantamos.',
    about: [2, 'participation'],
    answers: [
      {
        ...{ by: 'sociedad', outcome: 'adopted', shown: now(2) },
        reason: 'Se añadió a lo que tendrá cada asamblea.',
      },
    ],
  },
  {
    ...meeting,
    from: { guest: 'Yari' },
    words: 'Que se pueda votar desde los 12 años, que los parques son para nosotros.',
    about: [2, 'solution'],
    answers: [
      {
        ...{ by: 'coordinacion', outcome: 'not_adopted' },
        reason:
          'Las dos mesas acordaron los 15 años, y el grupo de jóvenes estuvo en ambas. Quienes tengan menos pueden presentar ideas y defenderlas en la asamblea.',
      },
    ],
  },
  {
    ...meeting,
    from: { guest: 'Nel' },
    words: 'Voto secreto de verdad, sin que mire el de la junta.',
    about: [2, 'solution'],
    answers: [
      {
        ...{ by: 'gobierno', outcome: 'adopted', shown: [2, 'Propuesta de la sociedad civil'] },
        reason: 'El texto ya lo decía: voto secreto.',
      },
    ],
  },
  {
    ...meeting,
    from: { guest: 'I. D.' },
    words: 'Que la comunidad decida según su costumbre, en su congreso, y no en una asamblea de fuera.',
    about: [2, 'solution'],
  },
  {
    ...meeting,
    from: { name: 'Aurelio', display: 'anonymous', group: 'neighboursElLlano' },
    words: 'Que el paso seguro en la quebrada de El Llano sea la primera obra.',
    about: [2],
    answers: [
      {
        ...{ by: 'coordinacion', outcome: 'out_of_scope' },
        reason: 'Qué obra se hace lo decide cada asamblea. La idea quedó anotada para la de El Llano.',
      },
    ],
  },
  {
    channel: 'paper',
    from: { group: 'youthMargaritas' },
    words: 'La lancha de la isla debe esperar a la marea.',
    about: [2, 'participation'],
    answers: [
      {
        ...{ by: 'sociedad', outcome: 'merged', into: 20 },
        reason: 'La vecindad de Chepillo pide lo mismo y con más detalle.',
      },
    ],
  },
  {
    channel: 'paper',
    from: { group: 'neighboursChepillo' },
    words: 'La lancha tiene que salir temprano y volver antes de las cinco, por la marea. Si no, nos quedamos allá.',
    about: [2, 'participation'],
    answers: [
      {
        ...{ by: 'sociedad', outcome: 'adapted', shown: now(2) },
        reason: 'El texto dice «de ida y vuelta según la marea». La hora no se fija: cambia cada día.',
      },
    ],
  },
  {
    ...meeting,
    from: { guest: 'Mercedes' },
    words: 'La fuga de la entrada de Tortí lleva tres meses. ¿Quién la arregla?',
    about: [3],
    answers: [
      {
        ...{ by: 'gobierno', outcome: 'out_of_scope' },
        reason:
          'Es un reporte y no una idea para el texto: lo anotamos como tal y lo pasamos a la institución que lleva el agua. Es de lo que trata este compromiso.',
      },
    ],
  },
  {
    ...meeting,
    from: { guest: 'Don Eligio' },
    words: 'Que el que reporta se entere cuando lo arreglaron.',
    about: [3, 'solution'],
    answers: [
      {
        ...{ by: 'sociedad', outcome: 'adopted', shown: now(3) },
        reason: 'Recibirá un mensaje o una llamada. Lo propuso Kernel Community y se aceptó.',
      },
    ],
  },
  {
    channel: 'paper',
    from: { group: 'seniorsCanita' },
    words: 'Muchos no tenemos teléfono con datos. Que se pueda reportar en la junta comunal.',
    about: [3, 'solution'],
    answers: [
      {
        ...{ by: 'gobierno', outcome: 'adopted', shown: [3, 'Con los plazos de la cuadrilla'] },
        reason: 'Los reportes entran también por la junta comunal, con el mismo número y el mismo plazo.',
      },
    ],
  },
  {
    channel: 'paper',
    from: { group: 'boardCanita' },
    words: 'Cuatro días para un puente caído es mucho. Hay niños que lo cruzan.',
    about: [3, 'solution'],
  },
  {
    channel: 'voice',
    from: { name: 'Ceferina', display: 'group', group: 'seniorsChepo' },
    words: 'Yo llamo y nadie contesta. Que haya una persona y no una grabadora.',
    about: [3, 'resources'],
    answers: [
      {
        ...{ by: 'gobierno', outcome: 'adapted', shown: now(3) },
        reason: 'Habrá dos personas en el registro. De noche y en fin de semana contestará una grabadora, por ahora.',
      },
    ],
  },
  {
    channel: 'photo',
    from: { group: 'youthChepo' },
    words:
      'Del pliego de la mesa 3: horario fijo de la basura; un contenedor en la escuela; multa al que la bota al río.',
    about: [3],
    answers: [
      {
        ...{ by: 'gobierno', outcome: 'not_adopted' },
        reason:
          'Horarios y multas los fija un acuerdo municipal y no este compromiso, que trata de responder. El contenedor de la escuela se anotó como reporte.',
      },
    ],
  },
  {
    channel: 'mail',
    from: { group: 'seniorsChepo' },
    words: 'Que en el comité de la fiesta haya un puesto para las personas mayores.',
    about: [4, 'solution'],
  },
  {
    channel: 'online',
    from: { member: 'revision' },
    words: 'Las cuentas de la fiesta deberían llevar el mismo formato que el informe mensual, para poder compararlas.',
    about: [4, 'transparency'],
  },
  {
    ...meeting,
    from: { guest: 'K. M.' },
    words: 'Que nos digan qué pasó con lo que dijimos hoy. Siempre apuntan y nunca vuelven.',
    about: [1, 'participation'],
    answers: [
      {
        ...{ by: 'coordinacion', outcome: 'adopted', shown: [1, 'Texto para revisión'] },
        reason: 'Quien haga un aporte sabrá qué se hizo con él. Esta respuesta es el comienzo.',
      },
    ],
  },
  {
    channel: 'paper',
    from: { name: 'Juvenal', display: 'name', group: 'producersElLlano' },
    words: 'Que pongan alumbrado en la cancha de El Llano.',
    answers: [
      {
        ...{ by: 'coordinacion', outcome: 'out_of_scope' },
        reason: 'Es una obra. Puede proponerse en la asamblea del presupuesto participativo cuando empiece.',
      },
    ],
  },
]
