import { invented, type Story } from '../story.ts'

const marked = invented.replace('un compromiso del', 'un acta del')

/** Minutes of two meetings of the demo, by the place of the meeting from 0. Every word of them is invented. */
export const demoMinutes: readonly { meeting: number; story: Pick<Story, 'steps'> }[] = [
  {
    meeting: 0,
    story: {
      steps: [
        { by: 'facilitacion', in: 'attendees', write: marked },
        {
          by: 'facilitacion',
          in: 'attendees',
          write: `Se llenó el salón y hubo que traer sillas del parque. Unas personas siguieron la reunión desde su casa, por el teléfono de un familiar. De las comunidades lejanas no vino nadie: el aviso llegó tarde y el pasaje es caro.`,
        },
        {
          by: 'facilitacion',
          in: 'points',
          write: `1. Qué es gobierno abierto y qué no es.
2. Quiénes pueden participar y cómo.
3. Calendario de las visitas a los sectores.
4. Quién responde lo que se pregunta, punto que pidió la gente.`,
        },
        {
          by: 'facilitacion',
          in: 'said',
          write: `El despacho explicó el proceso con ejemplos del distrito. El grupo de vecinos de la cabecera preguntó para qué reunirse otra vez si de la última consulta no se supo nada. La alcaldía reconoció que entonces no se respondió por escrito.`,
        },
        {
          by: 'sociedad',
          in: 'said',
          write: `La asociación de personas mayores pidió reuniones de día y con sillas con respaldo. Los jóvenes pidieron un canal que no dependa de tener correo. No hubo acuerdo sobre transmitir todas las reuniones: a unos les da confianza y a otros les quita las ganas de hablar.`,
        },
        {
          by: 'facilitacion',
          in: 'agreements',
          write: `- Nada se escribe antes de visitar cada sector. Responde el despacho; la última visita, antes de que termine el trimestre.
- Todo lo que se diga lleva número y recibe respuesta por escrito. Responde cada dirección.
- La invitación sale con dos semanas, en papel y de palabra donde no hay señal. Responde facilitación.`,
        },
        {
          by: 'sociedad',
          in: 'outcomes',
          write: `De esta reunión no salieron aportes al texto: salió la manera de recogerlos. Queda por decidir si las reuniones se transmiten.`,
        },
        {
          by: 'facilitacion',
          keep: 'Acta leída y corregida',
          note: 'Se leyó al comenzar la reunión siguiente y se corrigió lo que pidieron los grupos.',
        },
      ],
    },
  },
  {
    meeting: 10,
    story: {
      steps: [
        { by: 'facilitacion', in: 'attendees', write: marked },
        {
          by: 'facilitacion',
          in: 'attendees',
          write: `Vinieron de Tortí, de Las Margaritas y de Cañita, y una persona de Madungandí que explicó a su mesa en guna. Faltaron productores que ese día tenían entrega. Varias personas compartieron teléfono; a quien no quiso usarlo se le anotó lo que dijo.`,
        },
        {
          by: 'facilitacion',
          in: 'points',
          write: `1. Lectura de los borradores, cada mesa uno.
2. Qué falta y qué sobra en cada texto.
3. Qué se hará con cada aporte.`,
        },
        {
          by: 'facilitacion',
          in: 'said',
          write: `En la mesa de cuentas se leyó la hoja del mes en voz alta y se midió el tamaño de la letra con una regla: nadie de la asociación de Cañita pudo leerla sin lentes.

En la mesa de agua y caminos se pidió ver el costo del camino a las fincas. La respuesta fue que el contrato es anterior y que hoy no se puede mostrar la foto de antes.`,
        },
        {
          by: 'gobierno',
          in: 'said',
          write: `En la mesa de juventud se habló de un resumen en video. La dirección dijo que hoy no hay quién lo haga cada mes, y que la radio llega a más casas. No todos quedaron conformes.`,
        },
        {
          by: 'facilitacion',
          in: 'agreements',
          write: `- La letra de la hoja se prueba con la asociación de Cañita antes de imprimir. Responde la dirección de finanzas, en un mes.
- Las juntas comunales reciben el informe dos días antes que el público. Responde el despacho.
- Cada aporte de hoy se responde antes de pedir la aprobación.`,
        },
        {
          by: 'sociedad',
          in: 'outcomes',
          write: `Lo que se adoptó se ve en la versión «Con los aportes de Tortí» de los compromisos 1 y 2. Lo que no se adoptó tiene su razón escrita junto al aporte.`,
        },
        {
          by: 'facilitacion',
          keep: 'Acta para las mesas',
          note: 'Se envió en papel a las tres mesas para que la corrijan.',
        },
        {
          by: 'sociedad',
          in: 'outcomes',
          write: `La mesa de juventud pide que se anote: quiere volver a hablar del video cuando se revise el plan.`,
        },
      ],
    },
  },
]
