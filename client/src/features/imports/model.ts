import type { ImportPreview } from '@cabildo/protocol/http/imports'
import type { JsonNode } from '@cabildo/schema/content'
import { holdsOne, type Target } from '@cabildo/schema/imported/targets'
import { factFrom, fieldFrom, type PartToWrite } from '@cabildo/schema/imported/values'
import { lineOf } from '@cabildo/schema/imported/words'
import { childrenOf, factText, textOf } from '@cabildo/schema/text'
import type { ClientRefusalCode } from '../../lib/refusal.ts'

/** One part of a file, as it was read. */
export type Part = ImportPreview['parts'][number]
/** The name of a target; empty for what is left out. */
export type Choice = string

type Targets = ReadonlyMap<string, Target>

/** A part as it is sent to be written. */
export interface ChosenPart {
  target: string
  heading: string | null
  content: Part['content']
  now?: string
}

/**
 * What is proposed for each part: where its heading leads. What holds one value is proposed only where it has none yet, so that
 * nothing that is written is replaced by saying yes.
 */
export function proposedChoices({ parts, targets: standing }: ImportPreview, targets: Targets): Choice[] {
  const written = new Set(standing.filter((one) => one.written).map(({ target }) => target))
  return parts.map(({ target: name }) => {
    const target = name === null ? undefined : targets.get(name)
    return !name || !target || (holdsOne(target) && written.has(name)) ? '' : name
  })
}

/** Whether parts may have been written all the same: the answer was lost, or says nothing about it. */
export const mayBeWritten = (code: ClientRefusalCode): boolean =>
  code === 'offline' || code === 'unavailable' || code === 'internal'

/** A part as it would be written there: under its heading, unless that is what the field is called. */
function partFor({ heading, target, content }: Part, choice: Choice): PartToWrite {
  return { heading: target === choice ? null : heading, content: content as JsonNode } // its contract says that it is a `doc`
}

/** The parts that are to be written, in their order, each with what the reader saw in its place, and which parts of the file they are. */
export function chosenParts(
  { parts, targets: standing }: ImportPreview,
  targets: Targets,
  choices: readonly Choice[],
): { places: number[]; parts: ChosenPart[] } {
  const nowOf = new Map(standing.map(({ target, now }) => [target as string, now]))
  const places = [...parts.keys()].filter((at) => {
    const target = targets.get(choices[at] ?? '')
    const part = parts[at]
    return part && target && written(part, choices[at] ?? '', target).kind !== 'none'
  })
  return {
    places,
    parts: places.flatMap((at) => {
      const part = parts[at]
      const choice = choices[at]
      const target = targets.get(choice ?? '')
      if (!part || !choice || !target) return []
      return {
        target: choice,
        heading: partFor(part, choice).heading,
        content: part.content,
        ...(holdsOne(target) && { now: nowOf.get(choice) ?? '' }),
      }
    }),
  }
}

/** What a part would say in a field: blocks, milestones, a line; or nothing that it can hold. */
export type Written = { kind: 'rich' | 'milestones'; doc: JsonNode } | { kind: 'line'; text: string } | { kind: 'none' }

/** What a part would say there. */
export function written(part: Part, choice: Choice, target: Target, language: 'es' | 'en' = 'es'): Written {
  const own = partFor(part, choice)
  if (target.what === 'fact') {
    const value = factFrom(target.fact, [own])
    return value === null ? { kind: 'none' } : { kind: 'line', text: factText(target.fact, value, language) }
  }
  const doc = fieldFrom(target.kind, [own])
  if (target.kind !== 'line') return childrenOf(doc).length > 0 ? { kind: target.kind, doc } : { kind: 'none' }
  const text = childrenOf(doc).map(lineOf).join(' ').trim()
  return text === '' ? { kind: 'none' } : { kind: 'line', text }
}

/** What stands in a field now as its reader knows it: choices by their labels. */
export function nowInWords(target: Target, now: string, language: 'es' | 'en'): string {
  if (target.what === 'field') return now
  const { fact } = target
  return factText(fact, fact.kind === 'choices' || fact.kind === 'list' ? now.split('; ') : now, language)
}

/** The first blocks of a text, about so many letters of them; undefined when that is all of it. */
export function beginning(doc: JsonNode, letters: number): JsonNode | undefined {
  const blocks = childrenOf(doc)
  let sum = 0
  const end = blocks.findIndex((block) => {
    sum += textOf(block).length
    return sum > letters
  })
  return end === -1 || end >= blocks.length - 1 ? undefined : { ...doc, content: blocks.slice(0, end + 1) }
}
