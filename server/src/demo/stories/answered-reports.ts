import { invented, type Story } from '../story.ts'

/** The third commitment of the demo: being written, with gaps and open questions. */
export const answeredReports: Story = {
  title: 'Respuesta pública a los reportes de agua, caminos y basura',
  state: 'drafting',
  steps: [
    { by: 'facilitacion', in: 'summary', write: invented },
    {
      by: 'facilitacion',
      in: 'summary',
      write: `Quien reporte un problema de agua, de camino o de basura recibirá un número y una respuesta con fecha. Todos los reportes y sus respuestas se podrán ver en un mapa y en una lista pública.`,
    },
    {
      by: 'facilitacion',
      in: 'problem',
      write: `La gente reporta por teléfono, por mensaje, en la ventanilla o parando al personal en la calle. Nadie sabe cuántos reportes hay. En un conteo de dos semanas de febrero se anotaron 87: 39 de agua, 31 de caminos y 17 de basura. De esos, 22 tuvieron alguna respuesta.`,
    },
    {
      by: 'sociedad',
      in: 'problem',
      write: `El silencio es lo que más molesta. Una persona mayor de Santa Cruz de Chinina reportó tres veces la misma fuga; cuando por fin llegó la cuadrilla, dijo que nadie le había avisado que el agua no es del municipio sino de otra institución.`,
    },
    {
      by: 'sociedad',
      in: 'causes',
      write: `- No hay un solo lugar donde quede anotado el reporte.
- Varias instituciones atienden lo mismo, y cada una espera por la otra.
- Se mide el trabajo por obras grandes, no por respuestas dadas.`,
    },
    {
      by: 'gobierno',
      in: 'causes',
      write: `A esto se suma que las cuadrillas salen sin una lista del día: atienden lo que ven o lo que llega por una llamada.`,
    },
    {
      by: 'gobierno',
      in: 'background',
      write: `Existe un grupo de mensajes de la Alcaldía que lleva dos años. Sirve para avisar, pero los mensajes se pierden y no se puede saber cuáles se resolvieron. Un municipio vecino usa una hoja compartida con números de reporte; lo visitamos en marzo y funciona con dos personas.`,
    },
    {
      by: 'gobierno',
      in: 'solution',
      write: `Un solo registro de reportes para todo el distrito. Entran por teléfono, mensaje, ventanilla o por la junta comunal, y todos reciben un número.

Cada reporte tendrá un plazo según su urgencia:

| Urgencia | Ejemplo | Primera respuesta | Solución o explicación |
| Alta | Puente caído, agua contaminada | 24 horas | 3 días |
| Media | Fuga, hueco grande, basura de dos semanas | 3 días | 15 días |
| Baja | Herbazales, señal dañada | 5 días | 30 días |`,
    },
    {
      by: 'sociedad',
      in: 'solution',
      write: `Cuando el problema sea de otra institución, el municipio pasará el reporte, dirá a quién lo pasó y preguntará cada quince días hasta tener respuesta. La persona no tendrá que empezar de nuevo.`,
    },
    {
      by: 'facilitacion',
      keep: 'Con los plazos de la cuadrilla',
      note: 'Los plazos salieron de la reunión con Obras Municipales.',
    },
    {
      by: 'gobierno',
      in: 'solution',
      replace: '3 días',
      with: '4 días',
    },
    {
      by: 'facilitacion',
      in: 'results',
      write: `- De cada 10 reportes, 8 con respuesta dentro del plazo. Hoy son 2 o 3.
- Un mapa público al día, con los reportes abiertos y los cerrados.
- Una reunión al mes en la que se revisan los que siguen abiertos.`,
    },
    {
      by: 'sociedad',
      in: 'transparency',
      write: `Los reportes y sus respuestas se publican sin el nombre ni el teléfono de quien reporta. Se podrán ver por sector, por tipo y por fecha, y bajar en una hoja de cálculo cada semana.`,
    },
    {
      by: 'sociedad',
      in: 'accountability',
      write: `Cada primer lunes del mes, la persona a cargo de Obras Municipales explica en la radio local cuántos reportes hubo, cuántos se cerraron y cuáles siguen abiertos.`,
    },
    {
      by: 'facilitacion',
      in: 'participation',
      write: `Las juntas comunales podrán anotar reportes de quienes no usan teléfono. Un grupo de seis personas, una por corregimiento, revisará cada mes diez reportes cerrados y dirá si de verdad se resolvieron.`,
    },
    {
      by: 'gobierno',
      in: 'resources',
      write: `Dos personas para el registro, de la planilla actual. Un teléfono con mensajes. Por definir: quién cubre los fines de semana.`,
    },
    {
      by: 'gobierno',
      facts: {
        leadInstitution: 'Dirección de Obras y Servicios Municipales',
        supportGovernment: ['Juntas comunales', 'Oficina de Datos'],
        supportCivilSociety: ['Comités de agua', 'Kernel Community'],
        periodStart: '2027-04-01',
        policyAreas: ['public_services', 'social_accountability'],
        ogpValues: ['public_accountability'],
      },
    },
    {
      by: 'gobierno',
      milestone: {
        title: 'Registro único en marcha',
        outputs: 'Un número para cada reporte y lista del día para las cuadrillas.',
        start: '2027-04-01',
        due: '2027-06-30',
        lead: 'Obras y Servicios Municipales',
        supportGovernment: 'Oficina de Datos',
      },
    },
    {
      by: 'sociedad',
      milestone: {
        title: 'Mapa y lista pública',
        outputs: 'Mapa al día en la página municipal y hoja impresa en cada junta comunal.',
        start: '2027-06-01',
        due: '2027-08-31',
        lead: 'Oficina de Datos',
        supportCivilSociety: 'Kernel Community',
      },
    },
    {
      by: 'sociedad',
      in: 'problem',
      write: `Falta contar los reportes que llegan a los comités de agua. Quedamos en traerlos para la próxima reunión.`,
    },
  ],
}
