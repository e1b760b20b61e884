import type { FieldKind, Template, TemplateFact } from '../templates/template.ts'

/** Where something from a file can go in a form. */
export type Target =
  | { what: 'field'; name: string; kind: FieldKind }
  | { what: 'fact'; name: string; fact: TemplateFact }

/** How a target is named on the wire: `field:problem`, `fact:periodStart`. */
export const targetName = ({ what, name }: Pick<Target, 'what' | 'name'>): string => `${what}:${name}`

/** Everything that a form can take in, by its name, in the order in which it stands there. */
export function targetsOf({ sections, fields, facts }: Template): ReadonlyMap<string, Target> {
  const all = sections.flatMap((section): Target[] => [
    ...section.fields.flatMap((name) => {
      const field = fields.find((one) => one.name === name)
      return field ? [{ what: 'field' as const, name, kind: field.kind }] : []
    }),
    ...section.facts.flatMap((name) => {
      const fact = facts.find(({ key }) => key === name)
      return fact ? [{ what: 'fact' as const, name, fact }] : []
    }),
  ])
  return new Map(all.map((target) => [targetName(target), target]))
}

/** Whether a target holds one value, so that nothing can come after it. */
export const holdsOne = (target: Target): boolean => target.what === 'fact' || target.kind === 'line'
