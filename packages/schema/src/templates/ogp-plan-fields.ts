import { ogpPlanShape, type PlanFieldName } from './ogp-plan-shape.ts'
import type { Localized, TemplateField } from './template.ts'

interface Words {
  ogpRow: number
  label: Localized
  question: Localized
  help: Localized
  softLimit: number
}

const words: Readonly<Record<PlanFieldName, Words>> = {
  forewords: {
    ogpRow: 8,
    label: { es: 'Palabras de presentación', en: 'Forewords' },
    question: {
      es: '¿Qué quieren decir quienes firman el plan a quien lo abre?',
      en: 'What do those who sign the plan want to say to whoever opens it?',
    },
    help: {
      es: 'Unas líneas de la alcaldía y, si quieren, de la sociedad civil: por qué hacen este plan y qué cambia para la gente. Ponga el nombre y el cargo de quien habla.',
      en: 'A few lines from the mayor’s office and, if they wish, from civil society: why you make this plan and what changes for people. Give the name and post of whoever speaks.',
    },
    softLimit: 2500,
  },
  vision: {
    ogpRow: 9,
    label: { es: 'La visión', en: 'The vision' },
    question: {
      es: '¿Cómo imagina el gobierno abierto de su municipio dentro de muchos años?',
      en: 'How do you picture open government in your municipality many years from now?',
    },
    help: {
      es: 'Describa lo que la gente podrá saber, decidir y vigilar cuando todo funcione, más allá de este plan y de esta administración.',
      en: 'Describe what people will be able to know, decide and watch once everything works, beyond this plan and this administration.',
    },
    softLimit: 1500,
  },
  achievements: {
    ogpRow: 10,
    label: { es: 'Lo logrado', en: 'What was achieved' },
    question: {
      es: '¿Qué avances de gobierno abierto hay ya?',
      en: 'What progress in open government is there already?',
    },
    help: {
      es: 'Cuente reformas, prácticas o servicios que ya existen, desde cuándo y cómo se puede comprobar. Si apenas comienza, dígalo.',
      en: 'Tell of reforms, practices or services that exist already, since when, and how that can be checked. If you have only begun, say so.',
    },
    softLimit: 1500,
  },
  challenges: {
    ogpRow: 11,
    label: { es: 'Los retos', en: 'The challenges' },
    question: {
      es: '¿Qué falta mejorar y por dónde quiere empezar?',
      en: 'What is still to be improved, and where do you want to begin?',
    },
    help: {
      es: 'Nombre los problemas que más pesan según lo que dijo la gente, y cuáles enfrenta este plan.',
      en: 'Name the problems that weigh most, going by what people said, and which of them this plan faces.',
    },
    softLimit: 1500,
  },
  goals: {
    ogpRow: 12,
    label: { es: 'Metas a mediano plazo', en: 'Medium-term goals' },
    question: {
      es: '¿Qué quiere haber conseguido en los próximos años?',
      en: 'What do you want to have achieved in the next few years?',
    },
    help: {
      es: 'Metas que se puedan comprobar y que duren más que el plan: para cuándo y en qué oficinas o juntas comunales.',
      en: 'Goals that can be checked and that last longer than the plan: by when, and in which offices or communal boards.',
    },
    softLimit: 1200,
  },
  planContribution: {
    ogpRow: 13,
    label: { es: 'Lo que aporta este plan', en: 'What this plan adds' },
    question: {
      es: '¿De qué manera acerca este plan a la visión?',
      en: 'In what way does this plan bring the vision closer?',
    },
    help: {
      es: 'Una los compromisos con la visión: qué parte adelanta cada uno.',
      en: 'Tie the commitments to the vision: which part each of them moves forward.',
    },
    softLimit: 1200,
  },
  administrationGoals: {
    ogpRow: 14,
    label: { es: 'La visión y el plan de gobierno', en: 'The vision and the government’s programme' },
    question: {
      es: '¿Cómo ayuda la visión a lo que se propuso la administración?',
      en: 'How does the vision help what the administration set out to do?',
    },
    help: {
      es: 'Señale qué metas del plan de gobierno se cumplen mejor con puertas abiertas.',
      en: 'Point out which aims of the administration are met better with open doors.',
    },
    softLimit: 1200,
  },
  arrangements: {
    ogpRow: 16,
    label: { es: 'Coordinación entre instituciones', en: 'Coordination between institutions' },
    question: {
      es: '¿Cómo se ponen de acuerdo las oficinas que cumplen el plan?',
      en: 'How do the offices that carry out the plan agree among themselves?',
    },
    help: {
      es: 'Diga qué mesa, enlace o acuerdo existe, quién lo dirige, cada cuánto se reúne y qué otras instituciones ayudan.',
      en: 'Say which table, liaison or agreement exists, who leads it, how often it meets and which other institutions help.',
    },
    softLimit: 1200,
  },
  spaces: {
    ogpRow: 17,
    label: { es: 'Espacios de encuentro', en: 'Meeting places' },
    question: {
      es: '¿Dónde trabajan juntos gobierno y sociedad civil, en persona y en línea?',
      en: 'Where do government and civil society work together, in person and online?',
    },
    help: {
      es: 'Describa reuniones en los sectores, mesas, talleres y medios en línea: qué se hizo en cada uno y a quién le queda cerca.',
      en: 'Describe meetings in the communities, round tables, workshops and online means: what was done in each and whom it is near to.',
    },
    softLimit: 1500,
  },
  diversity: {
    ogpRow: 18,
    label: { es: 'Diversidad', en: 'Diversity' },
    question: {
      es: '¿Qué hizo para que estuvieran también quienes casi nunca llegan?',
      en: 'What did you do so that those who rarely come were there too?',
    },
    help: {
      es: 'Piense en comarcas, islas, jóvenes, personas mayores, mujeres, personas con discapacidad: horarios, transporte, idiomas, papel y voz.',
      en: 'Think of indigenous communities, islands, the young, the old, women, people with disabilities: times, transport, languages, paper and voice.',
    },
    softLimit: 1200,
  },
  participants: {
    ogpRow: 19,
    label: { es: 'Quiénes participaron', en: 'Who took part' },
    question: { es: '¿Quiénes estuvieron en esos espacios?', en: 'Who was there in those spaces?' },
    help: {
      es: 'Los grupos registrados aparecen solos aquí debajo. Explique con palabras quiénes son y qué aportó cada parte. No ponga datos de personas.',
      en: 'The groups that are registered appear below by themselves. Explain in words who they are and what each side brought. Give no personal data.',
    },
    softLimit: 1200,
  },
  collaboration: {
    ogpRow: 22,
    label: { es: 'La colaboración que sigue', en: 'Collaboration from here on' },
    question: {
      es: '¿Cómo seguirán trabajando juntos mientras el plan se cumple?',
      en: 'How will you go on working together while the plan is carried out?',
    },
    help: {
      es: 'Escriba en futuro: quiénes, con qué reuniones y acuerdos, y qué podrán decidir las organizaciones.',
      en: 'Write in the future: who, with which meetings and agreements, and what organisations will be able to decide.',
    },
    softLimit: 1200,
  },
  monitoringBody: {
    ogpRow: 23,
    label: { es: 'Ente de monitoreo', en: 'Monitoring body' },
    question: {
      es: '¿Quién vigilará el plan sin depender del municipio?',
      en: 'Who will watch the plan without depending on the municipality?',
    },
    help: {
      es: 'Diga quién es, qué experiencia tiene y por qué es independiente. Su teléfono y su correo no van aquí: tienen un lugar que no se publica.',
      en: 'Say who it is, what experience they have and why they are independent. Their telephone and address do not go here: they have a place that is not published.',
    },
    softLimit: 1500,
  },
  discussion: {
    ogpRow: 25,
    label: { es: 'Hablar de los avances', en: 'Talking about progress' },
    question: {
      es: '¿Qué actividades habrá para conversar sobre los avances con la gente?',
      en: 'What activities will there be to talk about progress with people?',
    },
    help: {
      es: 'Actividades con fecha o frecuencia: reuniones, visitas, asambleas, y quién las convoca.',
      en: 'Activities with a date or a rhythm: meetings, visits, assemblies, and who calls them.',
    },
    softLimit: 1000,
  },
  checkins: {
    ogpRow: 26,
    label: { es: 'Seguimiento con las oficinas', en: 'Following up with offices' },
    question: {
      es: '¿Cómo se revisará el avance con las oficinas responsables?',
      en: 'How will progress be reviewed with the offices responsible?',
    },
    help: {
      es: 'Quién pregunta, cada cuánto, con qué formato, y qué pasa si algo se atrasa.',
      en: 'Who asks, how often, in what form, and what happens when something is late.',
    },
    softLimit: 1000,
  },
  sharing: {
    ogpRow: 27,
    label: { es: 'Contar los resultados', en: 'Telling the results' },
    question: {
      es: '¿Dónde y cómo conocerá la gente los resultados del seguimiento?',
      en: 'Where and how will people learn the results of the monitoring?',
    },
    help: {
      es: 'Ponga los enlaces de la página y de las redes, y los medios para quien no tiene internet: tableros, radio, reuniones.',
      en: 'Give the links of the website and the networks, and the means for people without internet: boards, radio, meetings.',
    },
    softLimit: 1000,
  },
}

/** The texts of a plan with their words, in the order in which they are read. */
export const planFields: readonly (TemplateField & { name: PlanFieldName; ogpRow: number })[] = ogpPlanShape.fields.map(
  (field) => ({ ...field, ...words[field.name] }),
)
