import type { DemoGroupKey } from '../groups.ts'

/** How many of a group registered and came. */
type Came = readonly [registered: number, attended: number]

/** A meeting of the demo. */
export interface DemoMeeting {
  title: string
  place: string
  daysAgo: number
  starts: string
  ends: string
  mode?: 'in_person' | 'both'
  agenda: readonly string[]
  /** Title, days before the meeting on which it was sent, and to whom. */
  sent?: readonly [title: string, daysBefore: number, to: string]
  came: Partial<Record<DemoGroupKey | 'none', Came>>
  /** Women, men, other, of whom it is known. */
  genders?: readonly [women: number, men: number, other: number]
  results: string
}

const officials = { municipality: [4, 4] } as const satisfies DemoMeeting['came']
const usual = [
  'Qué es gobierno abierto',
  'Qué le hace falta al sector',
  'Ideas para el plan',
  'Qué sigue y cuándo',
] as const

/**
 * The twelve meetings of the demo, all open to the public, in the order in which they were held. Chepo's published plan says
 * that twenty groups took part in twelve public meetings, that officials visit the sectors for most of them and that some are
 * held in the hall of the municipal council. Days, places, counts and results are invented for the demonstration.
 */
export const demoMeetings: readonly DemoMeeting[] = [
  {
    ...{ title: 'Apertura del proceso', place: 'Salón del Concejo Municipal', mode: 'both' },
    ...{ daysAgo: 118, starts: '09:00', ends: '11:30' },
    agenda: ['Qué es gobierno abierto', 'Quiénes participan', 'Calendario de las visitas'],
    sent: ['Resumen de gobierno abierto en dos páginas', 14, 'A los veinte grupos, por mensaje y en papel'],
    came: {
      ...{ ...officials, mayor: [2, 2], kernel: [3, 3], monitor: [1, 1], neighboursChepo: [20, 16] },
      ...{ seniorsChepo: [8, 6], youthChepo: [10, 9], none: [0, 5] },
    },
    genders: [25, 20, 1],
    results: 'Se acordó visitar cada sector antes de escribir nada.',
  },
  {
    ...{ title: 'Reunión con el sector de Chepo Cabecera', place: 'Parque central de Chepo' },
    ...{ daysAgo: 111, starts: '16:00', ends: '18:00', agenda: usual },
    came: { ...officials, neighboursChepo: [30, 27], seniorsChepo: [6, 6], none: [0, 8] },
    results: 'Lo más repetido: saber en qué se gasta.',
  },
  {
    ...{ title: 'Reunión con el sector de Cañita', place: 'Casa comunal de Cañita' },
    ...{ daysAgo: 104, starts: '15:00', ends: '17:30', agenda: usual },
    came: { ...officials, neighboursCanita: [24, 19], seniorsCanita: [9, 8], boardCanita: [5, 5] },
    genders: [18, 17, 0],
    results: 'Piden letra grande en todo lo que se publique.',
  },
  {
    ...{ title: 'Reunión con el sector de El Llano', place: 'Escuela de El Llano' },
    ...{ daysAgo: 97, starts: '15:00', ends: '17:00', agenda: usual },
    came: { ...officials, neighboursElLlano: [22, 14], producersElLlano: [12, 12] },
    results: 'Los productores piden que se diga qué caminos se arreglan y cuándo.',
  },
  {
    ...{ title: 'Reunión con el sector de Las Margaritas', place: 'Cancha de Las Margaritas' },
    ...{ daysAgo: 90, starts: '17:00', ends: '19:00', agenda: usual },
    came: { ...officials, neighboursMargaritas: [28, 21], youthMargaritas: [12, 15], none: [0, 3] },
    genders: [22, 20, 1],
    results: 'El grupo de jóvenes ofrece explicar el presupuesto en su escuela.',
  },
  {
    ...{ title: 'Reunión con la Comunidad indígena de Madungandí', place: 'Casa de congreso de Madungandí' },
    ...{ daysAgo: 83, starts: '09:00', ends: '12:00', agenda: usual },
    sent: ['Resumen de gobierno abierto, leído y explicado en guna', 10, 'A la comunidad, de palabra'],
    came: { ...officials, kernel: [2, 2], madungandi: [40, 38] },
    results: 'Quieren que alguien de la comunidad explique allá cada informe.',
  },
  {
    ...{ title: 'Reunión en la isla de Chepillo', place: 'Muelle de Chepillo' },
    ...{ daysAgo: 76, starts: '10:00', ends: '12:00', agenda: usual },
    came: { municipality: [3, 3], neighboursChepillo: [18, 17] },
    results: 'Lo que se publique debe llegar a la isla en papel.',
  },
  {
    ...{ title: 'Reunión con el sector de Santa Cruz de Chinina', place: 'Capilla de Santa Cruz de Chinina' },
    ...{ daysAgo: 69, starts: '15:00', ends: '17:00', agenda: usual },
    came: { ...officials, neighboursChinina: [20, 12] },
    results: 'Preguntan a quién se reclama cuando una obra se detiene.',
  },
  {
    ...{ title: 'Encuentro de jóvenes', place: 'Salón del Concejo Municipal', mode: 'both' },
    ...{ daysAgo: 55, starts: '14:00', ends: '17:00' },
    agenda: ['Qué decide un municipio', 'Presupuesto participativo', 'Ideas'],
    came: { municipality: [2, 2], kernel: [3, 3], youthChepo: [18, 16], youthMargaritas: [14, 11] },
    genders: [17, 14, 1],
    results: 'Proponen que una parte del dinero la decidan los barrios.',
  },
  {
    ...{ title: 'Reunión con productores y juntas de Tortí', place: 'Casa comunal de Tortí' },
    ...{ daysAgo: 41, starts: '15:00', ends: '18:00', agenda: usual },
    came: { ...officials, neighboursTorti: [16, 13], producersTorti: [14, 14], boardTorti: [6, 5] },
    results: 'Se acordó volver con los borradores escritos.',
  },
  {
    ...{ title: 'Taller sobre los borradores en Tortí', place: 'Casa comunal de Tortí' },
    ...{ daysAgo: 20, starts: '14:00', ends: '17:00' },
    agenda: ['Lectura de los borradores por mesas', 'Qué falta y qué sobra', 'Qué se hará con cada aporte'],
    sent: ['Borradores de los cuatro compromisos', 15, 'A los grupos de Tortí y a los sectores vecinos'],
    came: {
      ...{ neighboursTorti: [6, 0], producersTorti: [5, 0], boardTorti: [3, 0], youthMargaritas: [2, 0] },
      ...{ seniorsCanita: [2, 0], madungandi: [2, 0] },
    },
    results: 'Treinta aportes. Cada uno recibe respuesta; los adoptados se ven en la versión siguiente.',
  },
  {
    ...{ title: 'Devolución: qué se hizo con cada aporte', place: 'Salón del Concejo Municipal', mode: 'both' },
    ...{ daysAgo: 6, starts: '09:00', ends: '11:00' },
    agenda: ['Respuestas a los aportes', 'Lo que no se adoptó y por qué', 'Qué sigue'],
    sent: ['Matriz de aportes y respuestas', 3, 'A todas las personas que aportaron'],
    came: {
      ...{ ...officials, mayor: [1, 1], kernel: [3, 2], monitor: [1, 1], neighboursTorti: [8, 6], boardTorti: [2, 2] },
      none: [0, 4],
    },
    results: 'Quedan respuestas pendientes; se darán antes de pedir la aprobación.',
  },
]

/** The place, from 0, of the meeting that was the demo's workshop. */
export const workshopMeeting = 10
