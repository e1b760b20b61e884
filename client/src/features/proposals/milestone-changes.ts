import { canonicalJson } from '@cabildo/schema/canonical'
import type { JsonNode } from '@cabildo/schema/content'
import { wordsOf } from '@cabildo/schema/hunks/hunk'
import { type Language, milestoneAttributes, milestoneValue, milestoneWords } from '@cabildo/schema/milestone-words'
import { childrenOf } from '@cabildo/schema/text'

/** A date or an actor of a milestone that is another one: what it is called, what it was and what it is. '' for none. */
export interface AttributeChange {
  name: string
  was: string
  is: string
}

/** The dates and actors in which two milestones differ, in words. */
export const attributeChanges = (was: JsonNode, is: JsonNode, language: Language): AttributeChange[] =>
  milestoneAttributes.flatMap((attribute) => {
    const [before, after] = [was, is].map(({ attrs }) => milestoneValue(attribute, attrs?.[attribute], language))
    return before === undefined || after === undefined || before === after
      ? []
      : [{ name: milestoneWords[attribute][language], was: before, is: after }]
  })

/** Whether two blocks differ within alone: a milestone stays one while its name or its outputs do. */
export function looksLike(was: JsonNode, is: JsonNode): boolean {
  if (was.type !== is.type) return false
  if (canonicalJson(was.attrs ?? {}) === canonicalJson(is.attrs ?? {})) return true
  return was.type === 'milestone' && childrenOf(was).some((part, at) => saysAsMuch(part, childrenOf(is)[at]))
}

const saysAsMuch = (one: JsonNode, other: JsonNode | undefined): boolean =>
  other !== undefined && wordsOf([one]) !== '' && wordsOf([one]) === wordsOf([other])
