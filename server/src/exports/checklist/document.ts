import type { WrittenLanguage } from '@cabildo/protocol/names'
import type { Localized } from '@cabildo/schema/templates/template'
import { type Block, clean, heading, type Outline, paragraph } from '../outline.ts'
import type { Exporting, PlanText } from '../plan-text.ts'
import { dayOf } from '../words.ts'
import type { Requirement } from './requirement.ts'

const said = {
  es: {
    title: 'Requisitos mínimos de OGP',
    standing: { met: 'Cumplido', partly: 'En parte', missing: 'Falta', unknown: 'Por confirmar' },
    summary: (met: number, all: number) => `${met} de ${all} requisitos se ven cumplidos en los datos.`,
    caution:
      'Esta lista se calcula con los datos del plan. No sustituye la evaluación: dice qué se puede mostrar y qué falta, por su nombre. Lo que dice «sin confirmar» no se pudo leer en la fuente oficial.',
    source: 'Pregunta o norma',
    unconfirmed: 'sin confirmar',
    shown: 'Lo que lo muestra',
    missing: 'Lo que falta',
  },
  en: {
    title: 'OGP minimum requirements',
    standing: { met: 'Met', partly: 'Partly', missing: 'Missing', unknown: 'To be confirmed' },
    summary: (met: number, all: number) => `${met} of ${all} requirements are seen to be met in the data.`,
    caution:
      'This list is computed from the plan’s data. It is no assessment: it says what can be shown and what is missing, by name. What says “unconfirmed” could not be read in the official source.',
    source: 'Question or standard',
    unconfirmed: 'unconfirmed',
    shown: 'What shows it',
    missing: 'What is missing',
  },
} as const

/** The checklist as a document. */
export function checklistOutline(
  { title, place }: PlanText,
  requirements: readonly Requirement[],
  { language, at, address }: Exporting,
): Outline {
  const say = said[language]
  const met = requirements.filter(({ standing }) => standing === 'met').length
  return {
    ...{ language, title: clean(`${say.title}: ${title}`), author: clean(place), at },
    lines: [clean(place), dayOf(at, language), say.summary(met, requirements.length)],
    blocks: [
      paragraph(say.caution),
      ...requirements.flatMap((requirement): Block[] => [
        heading(
          2,
          `${say.standing[requirement.standing]}. ${requirement.text[language]}`,
          requirement.key.replaceAll('_', '-'),
        ),
        { kind: 'facts', rows: [{ term: say.source, text: sourceOf(requirement, say.unconfirmed) }] },
        ...named(say.shown, requirement.shown, language),
        ...named(say.missing, requirement.missing, language),
      ]),
    ],
    foot: { lines: [clean(title)], address },
  }
}

const sourceOf = ({ source, confirmed }: Requirement, unconfirmed: string): string =>
  confirmed ? source : `${source} (${unconfirmed})`

function named(title: string, several: readonly Localized[], language: WrittenLanguage): Block[] {
  if (several.length === 0) return []
  const items = several.slice(0, 60).map((one) => [paragraph(one[language])])
  return [paragraph(`${title}:`), { kind: 'list', ordered: false, start: 1, items }]
}
