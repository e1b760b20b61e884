import type { Draft, DraftItem } from '@cabildo/protocol/http/api'
import type { Language } from '../../lib/language.ts'

type LabelledField = { name: string; label: Record<Language, string> }

/** Drafts that wait for their author, and those put away; both in the order given. */
export function sortDrafts(items: readonly DraftItem[]): { open: DraftItem[]; away: DraftItem[] } {
  return {
    open: items.filter((item) => item.dismissedAt === null),
    away: items.filter((item) => item.dismissedAt !== null),
  }
}

/**
 * What its author wrote, as text to paste elsewhere: every block they changed or added, whole, under the name of its
 * field. Blocks they only took away say nothing.
 */
export function writtenText(
  diff: Pick<Draft['diff'], 'fields'>,
  fields: readonly LabelledField[],
  language: Language,
): string {
  const parts = diff.fields.flatMap(({ field, blocks }) => {
    const texts = blocks.flatMap((block) =>
      (block.kind === 'added' || block.kind === 'changed') && block.after?.trim() ? [block.after.trim()] : [],
    )
    const label = fields.find(({ name }) => name === field)?.label[language] ?? field
    return texts.length === 0 ? [] : [`${label}\n\n${texts.join('\n\n')}`]
  })
  return parts.join('\n\n\n')
}

/** A name for the file of a draft, made of its day so that several stand apart: `borrador-2026-03-28-1504.txt`. UTC. */
export function draftFileName(word: string, createdAt: string): string {
  const [day = '', clock = ''] = createdAt.split('T')
  return `${word}-${day}-${clock.slice(0, 5).replace(':', '')}.txt`
}
