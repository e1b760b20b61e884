import { type MilestoneAttribute, milestoneAttributes } from '@cabildo/schema/milestone-words'

/** What a compared block is, for a reader: the nearest thing around its words that has a name people use. */
export type Place =
  | 'paragraph'
  | 'heading'
  | 'listItem'
  | 'quote'
  | 'cell'
  | 'milestone'
  | 'milestoneTitle'
  | 'milestoneOutputs'

const places: Readonly<Record<string, Place>> = {
  milestoneTitle: 'milestoneTitle',
  milestoneOutputs: 'milestoneOutputs',
  milestone: 'milestone',
  tableCell: 'cell',
  tableHeader: 'cell',
  listItem: 'listItem',
  blockquote: 'quote',
  heading: 'heading',
}

/** The date or actor of a milestone that a compared block holds, by the attribute's name; undefined for any other block. */
export function milestoneAttributeOf(path: string): MilestoneAttribute | undefined {
  return milestoneAttributes.find((name) => path === `milestone/${name}`)
}

/** Reads the path of a compared block (`bulletList/listItem/paragraph`): the innermost part with a name of its own. */
export function placeOf(path: string): Place {
  for (const part of path.split('/').toReversed()) {
    const place = places[/^[A-Za-z]+/.exec(part)?.[0] ?? '']
    if (place) return place
  }
  return 'paragraph'
}

/** What several blocks that stand together are: their common place, a milestone for the parts of one, else undefined. */
export function placeOfAll(paths: readonly string[]): Place | undefined {
  const found = [...new Set(paths.map(placeOf))]
  if (found.length <= 1) return found[0]
  return found.every((place) => place.startsWith('milestone')) ? 'milestone' : undefined
}
