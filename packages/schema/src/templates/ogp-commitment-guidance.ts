import type { commitmentFields } from './ogp-commitment-fields.ts'
import type { Localized } from './template.ts'

/**
 * What a reviewer will look for in each text field of a commitment, one short sentence each. Apart from the fields: it is
 * read by who asks for it, and nobody who only writes waits for it.
 */
export const commitmentGuidance: Readonly<Record<(typeof commitmentFields)[number]['name'], readonly Localized[]>> = {
  title: [
    { es: 'Dice qué se hará, no solo el tema.', en: 'It says what will be done, not only the subject.' },
    { es: 'No usa siglas sin explicar.', en: 'It uses no unexplained initials.' },
  ],
  summary: [
    { es: 'Nombra una acción concreta.', en: 'It names a concrete action.' },
    { es: 'Dice quién se beneficia.', en: 'It says who benefits.' },
    { es: 'Se entiende sin leer el resto.', en: 'It can be understood without the rest.' },
  ],
  problem: [
    { es: 'Dice a quiénes afecta y dónde.', en: 'It says who is affected and where.' },
    { es: 'Dice desde cuándo ocurre.', en: 'It says since when it happens.' },
    {
      es: 'Da un punto de partida: un dato con fecha y fuente.',
      en: 'It gives a baseline: a figure with its date and source.',
    },
    {
      es: 'Habla del problema, no de la falta de la solución.',
      en: 'It tells the problem, not that the solution is missing.',
    },
  ],
  causes: [
    { es: 'Va más allá de los síntomas.', en: 'It goes beyond the symptoms.' },
    { es: 'Cada causa tiene un respaldo.', en: 'Each cause has something to back it.' },
    { es: 'Distingue lo que el municipio puede cambiar.', en: 'It tells apart what the municipality can change.' },
  ],
  background: [
    { es: 'Nombra intentos anteriores y sus resultados.', en: 'It names earlier attempts and their results.' },
    { es: 'Deja claro qué falta.', en: 'It makes clear what is missing.' },
    { es: 'Dice si esto continúa algo o es nuevo.', en: 'It says whether this continues something or is new.' },
  ],
  solution: [
    { es: 'Responde a las causas anotadas arriba.', en: 'It answers the causes written above.' },
    { es: 'Se podrá comprobar si se hizo o no.', en: 'One will be able to check whether it was done.' },
    { es: 'Va más lejos de lo que ya se hace.', en: 'It goes beyond what is done today.' },
    {
      es: 'Deja algo que dure después de esta administración.',
      en: 'It leaves something that outlasts this administration.',
    },
  ],
  results: [
    {
      es: 'Cada resultado tiene una meta y una forma de medirla.',
      en: 'Each result has a target and a way to measure it.',
    },
    { es: 'Compara con el punto de partida del problema.', en: 'It compares with the baseline of the problem.' },
    { es: 'Separa lo que se entrega de lo que cambia.', en: 'It separates what is delivered from what changes.' },
  ],
  transparency: [
    { es: 'Nombra la información y dónde estará.', en: 'It names the information and where it will be.' },
    { es: 'Dice cada cuánto se actualiza.', en: 'It says how often it is updated.' },
    { es: 'La gente podrá usarla sin pedir permiso.', en: 'People will be able to use it without asking.' },
  ],
  accountability: [
    { es: 'Hay una persona o dirección responsable.', en: 'A person or department is responsible.' },
    { es: 'La gente tiene un medio para exigir respuesta.', en: 'People have a way to demand an answer.' },
    { es: 'Se sabe qué pasa si no se cumple.', en: 'It is known what happens if it is not kept.' },
  ],
  participation: [
    { es: 'Nombra grupos y no solo «la ciudadanía».', en: 'It names groups, not only "citizens".' },
    { es: 'Dice qué pueden influir o decidir.', en: 'It says what they can influence or decide.' },
    { es: 'Cada aporte recibe una respuesta con sus razones.', en: 'Each input gets an answer with its reasons.' },
  ],
  resources: [
    { es: 'Hay personal asignado con nombre de cargo.', en: 'Staff are assigned, by post.' },
    {
      es: 'Dice el monto y la partida, o que no cuesta.',
      en: 'It gives the amount and its budget line, or says it costs nothing.',
    },
    { es: 'Señala lo que aún falta conseguir.', en: 'It points out what is still to be found.' },
  ],
  milestones: [
    { es: 'Cada hito tiene fecha de inicio y de cumplimiento.', en: 'Each milestone has a start and a due date.' },
    { es: 'Cada hito deja un producto que se puede ver.', en: 'Each milestone leaves an output that can be seen.' },
    { es: 'Cada hito tiene responsable.', en: 'Each milestone has someone responsible.' },
    { es: 'Las fechas caben en el periodo del compromiso.', en: 'The dates fit in the period of the commitment.' },
  ],
}
