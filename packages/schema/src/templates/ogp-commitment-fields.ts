import type { TemplateField } from './template.ts'

/** The twelve text fields of a commitment, in the order in which they are read. */
export const commitmentFields = [
  {
    name: 'title',
    kind: 'line',
    label: { es: 'Nombre del compromiso', en: 'Name of the commitment' },
    question: { es: '¿Cómo se llama el compromiso?', en: 'What is the commitment called?' },
    help: {
      es: 'Una frase que diga qué va a cambiar y para quién. Que se entienda sin haber leído nada más.',
      en: 'One phrase that says what will change and for whom. It should make sense to someone who has read nothing else.',
    },
    softLimit: 120,
  },
  {
    name: 'summary',
    kind: 'rich',
    label: { es: 'Breve descripción', en: 'Brief description' },
    question: { es: '¿Qué se compromete a hacer y para quién?', en: 'What will you do, and for whom?' },
    help: {
      es: 'Un párrafo corto: qué se hará, quién lo hará, a quién sirve y para cuándo. Es lo único que leerán muchas personas.',
      en: 'One short paragraph: what will be done, by whom, who benefits and by when. For many people this is all they will read.',
    },
    softLimit: 600,
  },
  {
    name: 'problem',
    kind: 'rich',
    label: { es: 'El problema', en: 'The problem' },
    question: { es: '¿Qué problema público quiere resolver?', en: 'Which public problem do you want to solve?' },
    help: {
      es: 'Describa el problema como lo vive la gente: qué pasa, a quiénes afecta, en qué lugares y desde cuándo. Dé un dato de hoy, con su fuente, para poder medir después cuánto cambió.',
      en: 'Describe the problem as people live it: what happens, who is affected, where, and since when. Give one figure for today, with its source, so that the change can be measured later.',
    },
    softLimit: 2500,
  },
  {
    name: 'causes',
    kind: 'rich',
    label: { es: 'Las causas', en: 'The causes' },
    question: { es: '¿Por qué existe el problema?', en: 'Why does the problem exist?' },
    help: {
      es: 'Anote las causas de fondo, no solo lo que se ve. Pregúntese «¿por qué?» varias veces seguidas y diga cómo lo sabe: datos, quejas recibidas, lo que contaron los vecinos en las reuniones.',
      en: 'Write down the causes underneath, not only what can be seen. Ask "why?" several times in a row and say how you know: data, complaints received, what neighbours told you at the meetings.',
    },
    softLimit: 2000,
  },
  {
    name: 'background',
    kind: 'rich',
    label: { es: 'Lo hecho hasta ahora', en: 'What has been done so far' },
    question: {
      es: '¿Qué se ha intentado ya y qué resultado dio?',
      en: 'What has been tried already, and what came of it?',
    },
    help: {
      es: 'Cuente lo que ya se hizo, aquí o en otro lugar parecido, y qué funcionó y qué no. Si no se ha hecho nada, dígalo.',
      en: 'Tell what has been done, here or in a similar place, what worked and what did not. If nothing has been done, say so.',
    },
    softLimit: 2000,
  },
  {
    name: 'solution',
    kind: 'rich',
    label: { es: 'La solución', en: 'The solution' },
    question: { es: '¿Qué se hará para resolverlo?', en: 'What will be done to solve it?' },
    help: {
      es: 'Explique qué se hará, paso por paso, y en qué se diferencia de lo anterior. Diga qué parte del problema resuelve y qué parte queda fuera. Si la solución quedará en una norma o en una práctica fija, indíquelo.',
      en: 'Explain what will be done, step by step, and how it differs from before. Say how much of the problem it solves and what it leaves out. If it will become a rule or a standing practice, say which.',
    },
    softLimit: 3000,
  },
  {
    name: 'results',
    kind: 'rich',
    label: { es: 'Los resultados', en: 'The results' },
    question: { es: '¿Qué será distinto al terminar?', en: 'What will be different at the end?' },
    help: {
      es: 'Distinga lo que se entregará (un portal, un reglamento, reuniones) de lo que cambiará para la gente (saber, poder, confiar, recibir respuesta). Ponga una meta por resultado y diga cómo se medirá.',
      en: 'Tell apart what will be delivered (a website, a rule, meetings) from what will change for people (knowing, being able, trusting, getting an answer). Set one target per result and say how it will be measured.',
    },
    softLimit: 2000,
  },
  {
    name: 'transparency',
    kind: 'rich',
    label: { es: 'Transparencia', en: 'Transparency' },
    question: { es: '¿Qué información abrirá o mejorará?', en: 'What information will it open or improve?' },
    help: {
      es: 'Diga qué datos o documentos podrá ver cualquier persona, dónde, cada cuánto se pondrán al día y en qué formato. Piense también en quien no tiene internet.',
      en: 'Say which data or documents anyone will be able to see, where, how often they will be updated and in what format. Think also of people without internet.',
    },
    softLimit: 1200,
  },
  {
    name: 'accountability',
    kind: 'rich',
    label: { es: 'Rendición de cuentas', en: 'Accountability' },
    question: { es: '¿Ante quién y cómo se responderá?', en: 'Who will answer to whom, and how?' },
    help: {
      es: 'Diga quién responderá por el compromiso, ante quién y cada cuánto. Explique cómo la gente podrá vigilar, preguntar y reclamar, y qué pasa si no se cumple.',
      en: 'Say who will answer for the commitment, to whom and how often. Explain how people can watch, ask and complain, and what happens if it is not kept.',
    },
    softLimit: 1200,
  },
  {
    name: 'participation',
    kind: 'rich',
    label: { es: 'Participación', en: 'Participation' },
    question: {
      es: '¿Cómo tomará parte la gente al definir, hacer y vigilar?',
      en: 'How will people take part in defining, doing and watching?',
    },
    help: {
      es: 'Diga a quiénes se buscará, con qué medios y en qué momentos, y qué podrán decidir. Incluya a quienes casi nunca llegan: comarcas, islas, jóvenes, personas mayores, personas con discapacidad. Explique cómo sabrán qué se hizo con su aporte.',
      en: 'Say whom you will seek out, by what means and when, and what they can decide. Include those who rarely come: indigenous communities, islands, the young, the old, people with disabilities. Explain how they will learn what became of their input.',
    },
    softLimit: 1500,
  },
  {
    name: 'resources',
    kind: 'rich',
    label: { es: 'Recursos', en: 'Resources' },
    question: { es: '¿Con qué se cuenta y qué falta?', en: 'What do you have, and what is missing?' },
    help: {
      es: 'Anote el personal, el dinero, los equipos y los permisos que hacen falta, de dónde saldrán y qué está por conseguir. Los compromisos sin gente ni presupuesto se atrasan.',
      en: 'List the staff, money, equipment and permits needed, where they will come from and what is still to be found. Commitments without people or a budget fall behind.',
    },
    softLimit: 1200,
  },
  {
    name: 'milestones',
    kind: 'milestones',
    label: { es: 'Hitos', en: 'Milestones' },
    question: { es: '¿Qué pasos se darán, cuándo y por quién?', en: 'Which steps will be taken, when and by whom?' },
    help: {
      es: 'Un hito es un paso que se puede comprobar. Dele un nombre, una fecha, un producto que quede y un responsable. Entre tres y ocho hitos suelen bastar.',
      en: 'A milestone is a step that can be checked. Give it a name, a date, an output that remains and someone responsible. Three to eight are usually enough.',
    },
    softLimit: 4000,
  },
] as const satisfies readonly TemplateField[]
