import { invented, type Story } from '../story.ts'

/** The second commitment of the demo: all fields have a text, some of it still argued about. */
export const participatoryBudget: Story = {
  title: 'Presupuesto participativo con las juntas comunales',
  state: 'drafting',
  steps: [
    { by: 'sociedad', in: 'summary', write: invented },
    {
      by: 'sociedad',
      in: 'summary',
      write: `En cada corregimiento, la gente decidirá en asamblea en qué obra pequeña se usa una parte del presupuesto de inversión del municipio. La junta comunal ejecuta la obra elegida y rinde cuentas al terminar.`,
    },
    {
      by: 'sociedad',
      in: 'problem',
      write: `Las obras de los corregimientos se escogen cada año sin preguntar. En 2025, de 22 obras pequeñas, 4 se hablaron antes en una reunión con vecinos. En El Llano se reparó un parque mientras la gente pedía un paso seguro en la quebrada.

Quedan por fuera, sobre todo, las personas que no viven en la cabecera: las comunidades indígenas, la isla y los sectores a más de una hora de camino.`,
    },
    {
      by: 'gobierno',
      in: 'problem',
      write: `También hay un costo para el municipio: tres obras de 2024 quedaron a medias porque la comunidad no las cuidó ni las pidió. Sumaron B/. 27,500.00.`,
    },
    {
      by: 'facilitacion',
      in: 'causes',
      write: `Anotado en las mesas de trabajo del 14 y el 21 de marzo:

- La ley permite el presupuesto participativo, pero el municipio no tiene un reglamento que diga cómo.
- Varias juntas de desarrollo local no están organizadas o no se reúnen.
- Las fechas no ayudan: cuando se consulta, el presupuesto ya está aprobado.
- La gente dejó de ir a las reuniones porque no vio resultados.`,
    },
    {
      by: 'gobierno',
      in: 'background',
      write: `En 2025 la Alcaldía hizo doce reuniones de sector y recogió 140 peticiones. Once se volvieron obras. No se explicó por qué las otras no, y eso causó molestia.

La experiencia del comité de la fiesta de San Cristóbal, elegido a la vista de todos, mostró que cuando las reglas se conocen antes, el resultado se acepta mejor.`,
    },
    {
      by: 'sociedad',
      in: 'solution',
      write: `Cada año el municipio reservará una parte fija del presupuesto de inversión para obras que decide la gente. El ciclo tendrá cuatro pasos, los mismos en todos los corregimientos:

1. **Proponer.** Cualquier persona presenta una idea, por escrito, de palabra o por teléfono.
2. **Revisar.** El municipio dice qué ideas se pueden hacer, cuánto cuestan y por qué otras no.
3. **Decidir.** Asamblea abierta en cada corregimiento, con voto secreto desde los 15 años.
4. **Cumplir.** La junta comunal hace la obra y la muestra en una visita abierta.`,
    },
    { by: 'sociedad', keep: 'Propuesta de la sociedad civil', note: 'Antes de hablar del monto.' },
    {
      by: 'gobierno',
      in: 'solution',
      write: `El primer año se reservará el **8 %** del presupuesto de inversión, repartido en partes iguales. Con lo aprendido se revisará el reparto.`,
    },
    {
      by: 'sociedad',
      in: 'solution',
      replace: 'repartido en partes iguales',
      with: 'la mitad en partes iguales y la otra mitad según población y distancia a la cabecera',
    },
    {
      by: 'coordinacion',
      in: 'solution',
      replace: '8 %',
      with: '10 %',
    },
    {
      by: 'gobierno',
      in: 'solution',
      write: `> Por acordar: qué pasa si una asamblea no reúne al menos 40 personas. La Tesorería propone pasar el dinero al año siguiente; Kernel Community propone repetir la asamblea en otro sector.`,
    },
    {
      by: 'gobierno',
      facts: {
        leadInstitution: 'Alcaldía Municipal, Dirección de Planificación',
        supportGovernment: ['Tesorería Municipal', 'Juntas comunales', 'Ingeniería Municipal'],
        supportCivilSociety: ['Kernel Community', 'Juntas de desarrollo local', 'Grupos de jóvenes'],
        periodStart: '2027-03-01',
        periodEnd: '2028-03-31',
      },
    },
    {
      by: 'facilitacion',
      in: 'results',
      write: `| Qué | Hoy | Meta |
| Obras pequeñas decididas en asamblea | 4 de 22 | 15 de 22 |
| Corregimientos con asamblea | 1 | todos |
| Mujeres entre quienes votan | sin dato | la mitad |
| Obras terminadas en el año | 13 | 18 |`,
    },
    {
      by: 'sociedad',
      in: 'results',
      write: `Al terminar, cada corregimiento tendrá una obra que escogió su gente, y un reglamento que obliga a repetirlo cada año, gobierne quien gobierne.`,
    },
    {
      by: 'gobierno',
      in: 'transparency',
      write: `Se publicará la lista completa de ideas recibidas, con el costo de cada una y la razón de las que no pasan. El día de la asamblea habrá una hoja impresa por persona. Los resultados se publican esa misma noche, con el acta.`,
    },
    {
      by: 'sociedad',
      in: 'accountability',
      write: `Cada junta comunal informa en el tablero y en la página el avance de su obra, una vez al mes. Un comité de tres vecinos, elegido en la misma asamblea, recibe la obra y firma el acta. Si algo falta, el acta lo dice y el municipio responde en quince días.`,
    },
    {
      by: 'facilitacion',
      in: 'participation',
      write: `Para que lleguen quienes casi nunca llegan:

- Asambleas en domingo y cerca: una por corregimiento y, donde hay más de una hora de camino, dos.
- Transporte en lancha para la isla y cuidado de niñas y niños durante la reunión.
- Explicación en guna y en emberá donde haga falta, con facilitadores de la comunidad.
- Voto desde los 15 años: los grupos de jóvenes lo pidieron en las dos mesas.`,
    },
    {
      by: 'gobierno',
      in: 'resources',
      write: `- Monto para obras: el 10 % de la inversión, unos B/. 96,000.00 el primer año.
- Dos personas de Planificación durante el ciclo.
- B/. 6,800.00 para asambleas: transporte, sonido, impresión y alimentación.
- Falta: un vehículo todo terreno entre mayo y julio.`,
    },
    {
      by: 'gobierno',
      milestone: {
        title: 'Reglamento del presupuesto participativo',
        outputs: 'Acuerdo municipal con reglas, fechas y monto, consultado en dos reuniones abiertas.',
        start: '2027-03-01',
        due: '2027-05-31',
        lead: 'Dirección de Planificación',
        supportGovernment: 'Secretaría del Concejo',
        supportCivilSociety: 'Kernel Community',
      },
    },
    {
      by: 'sociedad',
      milestone: {
        title: 'Recepción y revisión de ideas',
        outputs: 'Lista pública de ideas con costo y respuesta razonada.',
        start: '2027-06-01',
        due: '2027-07-31',
        lead: 'Ingeniería Municipal',
        supportCivilSociety: 'Juntas de desarrollo local',
      },
    },
    {
      by: 'sociedad',
      milestone: {
        title: 'Asambleas en todos los corregimientos',
        outputs: 'Actas con votos y obra elegida, publicadas la misma noche.',
        start: '2027-08-01',
        due: '2027-09-30',
        lead: 'Juntas comunales',
        supportGovernment: 'Alcaldía Municipal',
        supportCivilSociety: 'Grupos de jóvenes; personas mayores',
      },
    },
    {
      by: 'gobierno',
      milestone: {
        title: 'Obras terminadas y visitadas',
        outputs: 'Acta de recibo firmada por el comité de vecinos de cada obra.',
        start: '2027-10-15',
        due: '2028-03-31',
        lead: 'Juntas comunales',
        supportGovernment: 'Ingeniería Municipal',
      },
    },
    {
      by: 'sociedad',
      facts: {
        policyAreas: ['democratizing_decisions', 'public_participation', 'participatory_budget'],
        ogpValues: ['civic_participation', 'public_accountability'],
      },
    },
    {
      by: 'facilitacion',
      keep: 'Después de la mesa del 21 de marzo',
      note: 'Con el reparto nuevo y un punto por acordar.',
    },
    {
      by: 'gobierno',
      in: 'resources',
      write: `La Alcaldía está pidiendo el vehículo prestado a la gobernación; se espera respuesta en abril.`,
    },
  ],
}
