import { factAllowed } from '@cabildo/schema/rules'
import type { ChoicesFact, DateFact, ListFact, TemplateFact, TextFact } from '@cabildo/schema/templates/template'

/** What a fact may hold. `null` clears it. */
export type FactValue = string | string[] | null

/** Why a value cannot be stored as it was written; the words for each stand in the catalogue. */
export type FactProblem = 'tooLong' | 'tooMany' | 'notAllowed' | 'noSuchDay'

/** What came of writing into a fact: the value to store, or why it cannot be stored. */
export type FactPatch = { ok: true; value: FactValue } | { ok: false; problem: FactProblem }

const tidy = (text: string) => text.replace(/\s+/gu, ' ').trim()

/** The text that stands in the control of a fact: a list has one item a line. */
export function factText(value: unknown): string {
  if (Array.isArray(value)) return value.filter((item) => typeof item === 'string').join('\n')
  return typeof value === 'string' ? value : ''
}

/**
 * Reads what somebody wrote into the control of a fact. Space is tidied, empty lines and repeated names are dropped. What
 * the room would not take is never sent: a writer is not put out of the room for a name that is too long.
 */
export function readFact(fact: TextFact | DateFact | ListFact, text: string): FactPatch {
  const value = fact.kind === 'list' ? [...new Set(text.split('\n').map(tidy).filter(Boolean))] : tidy(text)
  if (value.length === 0) return { ok: true, value: null }
  if (factAllowed(fact.key, value)) return { ok: true, value }
  return { ok: false, problem: problemOf(fact, value) }
}

function problemOf(fact: TextFact | DateFact | ListFact, value: string | string[]): FactProblem {
  if (fact.kind === 'date') return 'noSuchDay'
  if (fact.kind === 'list' && value.length > fact.maxItems) return 'tooMany'
  const texts = Array.isArray(value) ? value : [value]
  return texts.some((item) => item.length > fact.maxLength) ? 'tooLong' : 'notAllowed'
}

/** The choices a fact holds, in the order of its options, those it does not know left out. */
export function chosen(fact: ChoicesFact, value: unknown): string[] {
  const held = new Set(Array.isArray(value) ? value : [])
  return fact.options.map((option) => option.value).filter((option) => held.has(option))
}

/** Marks or unmarks one choice. Answers `undefined` when no more may be marked, `null` when none is left. */
export function toggleChoice(fact: ChoicesFact, value: unknown, option: string): string[] | null | undefined {
  const held = chosen(fact, value)
  if (held.includes(option)) {
    const rest = held.filter((other) => other !== option)
    return rest.length === 0 ? null : rest
  }
  if (held.length >= fact.maxItems) return undefined
  return chosen(fact, [...held, option])
}

/** Says whether a period ends before it starts. Days are `YYYY-MM-DD`; an open end is no problem. */
export function endsBeforeStart(start: unknown, end: unknown): boolean {
  return typeof start === 'string' && typeof end === 'string' && start !== '' && end !== '' && end < start
}

/** Facts of a template by key, in the order asked for; keys it does not know are left out. */
export function factsOf(facts: readonly TemplateFact[], keys: readonly string[]): TemplateFact[] {
  return keys.flatMap((key) => facts.find((fact) => fact.key === key) ?? [])
}
