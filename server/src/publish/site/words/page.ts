import type { WrittenLanguage } from '@cabildo/protocol/names'

/** Words of the frame around every page, and of the small page that others show. */
export interface PageWords {
  site: string
  skip: string
  other: { language: WrittenLanguage; name: string; label: string }
  member: string
  plans: string
  plansLead: string
  noPlans: string
  nav: { label: string; plan: string; history: string; inputs: string; record: string; members: string }
  notTranslated: string
  notFound: string
  notFoundText: string
  foot: string
  feed: string
  print: string
  contents: string
  embed: string
  embedHelp: string
  open: string
}

const es: PageWords = {
  site: 'Cabildo',
  skip: 'Ir al contenido',
  other: { language: 'en', name: 'English', label: 'Read this page in English' },
  member: 'Entrar',
  plans: 'Planes públicos',
  plansLead: 'Los planes de gobierno abierto que un municipio y su gente escriben juntos.',
  noPlans: 'Todavía no hay ningún plan público.',
  nav: {
    ...{ label: 'Partes del plan', plan: 'El plan', history: 'Cómo se llegó a este texto', inputs: 'Aportes' },
    ...{ record: 'Registro', members: 'Para quienes participan' },
  },
  notTranslated: 'Aún no traducido: este texto está en español.',
  notFound: 'Aquí no hay nada',
  notFoundText: 'La dirección no existe, o lo que había aquí no es público.',
  foot: 'Todo lo que se lee aquí es público. Los borradores los ven solo quienes los escriben.',
  feed: 'Novedades (RSS)',
  print: 'Al imprimir, cada parte lleva un código que abre su dirección.',
  contents: 'En esta página',
  embed: 'Mostrarlo en otra página',
  embedHelp: 'Copie esto en la página donde quiere mostrarlo:',
  open: 'Abrir el compromiso completo',
}

const en: PageWords = {
  site: 'Cabildo',
  skip: 'Skip to the content',
  other: { language: 'es', name: 'Español', label: 'Leer esta página en español' },
  member: 'Sign in',
  plans: 'Public plans',
  plansLead: 'The open government plans that a town and its people write together.',
  noPlans: 'There is no public plan yet.',
  nav: {
    ...{ label: 'Parts of the plan', plan: 'The plan', history: 'How this text came to be', inputs: 'Contributions' },
    ...{ record: 'Record', members: 'For those who take part' },
  },
  notTranslated: 'Not translated yet: this text is in Spanish.',
  notFound: 'There is nothing here',
  notFoundText: 'The address does not exist, or what was here is not public.',
  foot: 'Everything you read here is public. Drafts are seen by those who write them alone.',
  feed: 'News (RSS)',
  print: 'On paper, each part carries a code that opens its address.',
  contents: 'On this page',
  embed: 'Show it on another page',
  embedHelp: 'Copy this into the page where you want to show it:',
  open: 'Open the whole commitment',
}

/** Words of the frame around every page, and of the small page that others show, by language. */
export const pageWords: Record<WrittenLanguage, PageWords> = { es, en }
