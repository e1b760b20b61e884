import type { Localized, TemplateFact } from './template.ts'
import { templates } from './templates.ts'

const labels: ReadonlyMap<string, Localized> = new Map(
  templates.flatMap(({ fields, facts }) => [
    ...fields.map(({ name, label }) => [name, label] as const),
    ...facts.map(({ key, label }) => [key, label] as const),
  ]),
)

/** What a field or a fact is called, in whatever form; undefined for none. */
export const labelNamed = (name: string): Localized | undefined => labels.get(name)

/** The fact of this key, in whatever form. */
export const factNamed = (key: string): TemplateFact | undefined =>
  templates.flatMap(({ facts }) => facts).find((fact) => fact.key === key)
