import { invented, type Story } from '../story.ts'

/** The fourth commitment of the demo: short, and the first that both sides approved (`approved.ts`). */
export const festivalCommittee: Story = {
  title: 'Elección abierta del comité de la fiesta de San Cristóbal',
  state: 'proposed',
  steps: [
    { by: 'coordinacion', in: 'summary', write: invented },
    {
      by: 'coordinacion',
      in: 'summary',
      write: `El comité que organiza la fiesta patronal de San Cristóbal se elegirá cada año con reglas escritas, en una reunión abierta, y publicará sus cuentas al terminar.`,
    },
    {
      by: 'coordinacion',
      in: 'problem',
      write: `La elección abierta del comité se hizo una vez y fue bien recibida, pero no está escrita en ninguna norma. Si cambia la administración, puede volver a hacerse como antes: por designación y sin cuentas.`,
    },
    {
      by: 'sociedad',
      in: 'problem',
      write: `Tampoco se sabe cuánto cuesta la fiesta. El último comité entregó facturas por B/. 14,300.00, sin un informe que las sume.`,
    },
    {
      by: 'sociedad',
      in: 'causes',
      write: `Depende de la buena voluntad de cada año. No hay reglamento, ni plazo, ni formato de cuentas.`,
    },
    {
      by: 'coordinacion',
      in: 'background',
      write: `Al inicio de esta administración se hizo un esquema abierto para escoger el comité: convocatoria pública, postulaciones y votación a la vista. Es la práctica que se quiere dejar por escrito.`,
    },
    {
      by: 'coordinacion',
      in: 'solution',
      write: `Un reglamento corto, aprobado por el Concejo, que diga:

- quién puede postularse y cómo se reparten los puestos entre sectores;
- cuándo se convoca y cómo se vota;
- qué cuentas se entregan, en qué formato y antes de qué fecha.`,
    },
    {
      by: 'sociedad',
      in: 'results',
      write: `Comité elegido antes de mayo de cada año, con al menos dos jóvenes y dos personas de fuera de la cabecera. Cuentas publicadas treinta días después de la fiesta.`,
    },
    {
      by: 'coordinacion',
      in: 'transparency',
      write: `Lista de postulados, resultado de la votación y cuentas, en la página y en el tablero del parque.`,
    },
    {
      by: 'sociedad',
      in: 'accountability',
      write: `El comité presenta sus cuentas en una reunión abierta en el parque. Sin cuentas presentadas no se entrega el aporte municipal del año siguiente.`,
    },
    {
      by: 'sociedad',
      in: 'participation',
      write: `Vota cualquier persona mayor de 15 años que viva en el distrito. Por conversar: cómo votan quienes viven en la isla.`,
    },
    {
      by: 'coordinacion',
      in: 'resources',
      write: `No necesita presupuesto propio. Una jornada de trabajo de la Secretaría del Concejo.`,
    },
    {
      by: 'coordinacion',
      facts: {
        leadInstitution: 'Secretaría del Concejo Municipal',
        supportCivilSociety: ['Comité de la fiesta', 'Parroquia San Cristóbal'],
        policyAreas: ['public_participation'],
        ogpValues: ['civic_participation'],
      },
    },
    {
      by: 'coordinacion',
      milestone: {
        title: 'Reglamento de elección del comité',
        outputs: 'Acuerdo municipal publicado.',
        start: '2026-04-15',
        due: '2027-04-15',
        lead: 'Secretaría del Concejo Municipal',
        supportCivilSociety: 'Comité de la fiesta',
      },
    },
  ],
}
