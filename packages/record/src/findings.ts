/** What a verifier says: findings with stable codes, each in Spanish and in English, and the exit code they add up to. */
import { catalogue, type FindingLevel } from './finding-words.ts'

/** One thing that was found. */
export interface Finding {
  readonly level: FindingLevel
  /** Stable. */
  readonly code: string
  /** The entry it is about. */
  readonly seq?: number
  /** The file of the bundle it is about. */
  readonly file?: string
  readonly es: string
  readonly en: string
}

/** What a finding is about, to be put into its words. */
export interface About {
  readonly seq?: number | undefined
  readonly file?: string | undefined
  /** Values for the places `{0}`, `{1}`… of its words. */
  readonly words?: readonly (string | number)[] | undefined
}

/** A code of the list. */
export type FindingCode = keyof typeof catalogue

function fill(text: string, words: readonly (string | number)[]): string {
  return text.replaceAll(/\{(\d)\}/g, (_, at) => String(words[Number(at)] ?? ''))
}

/** A finding of the list, in words. Without words of its own it names the entry it is about. */
export function finding(code: FindingCode, about: About = {}): Finding {
  const [level, es, en] = catalogue[code]
  const { seq, file } = about
  const words = about.words ?? (seq === undefined ? [] : [seq])
  return {
    level,
    code,
    ...(seq === undefined ? {} : { seq }),
    ...(file === undefined ? {} : { file }),
    es: fill(es, words),
    en: fill(en, words),
  }
}

/** Exit codes of a verifier. */
export const exitCodes = { sound: 0, tampered: 1, incomplete: 2, unknownKey: 3, usage: 64 } as const

/** The exit code of findings together: damage before an unknown key, before what is missing. */
export function exitCodeOf(findings: readonly Finding[]): 0 | 1 | 2 | 3 {
  const has = (level: FindingLevel) => findings.some((found) => found.level === level)
  if (has('damaged')) return exitCodes.tampered
  if (has('unknown-key')) return exitCodes.unknownKey
  return has('incomplete') ? exitCodes.incomplete : exitCodes.sound
}

/** Damages that are told one by one; beyond, they are counted. */
export const maxDamages = 50

/** Collects findings. */
export interface Findings {
  readonly add: (code: FindingCode, about?: About) => void
  readonly take: (found: Finding) => void
  readonly list: () => Finding[]
}

/** An empty collection. */
export function createFindings(): Findings {
  const found: Finding[] = []
  let damages = 0
  const take = (next: Finding) => {
    if (next.level === 'damaged') damages += 1
    if (next.level !== 'damaged' || damages <= maxDamages) found.push(next)
  }
  return {
    take,
    add: (code, about) => take(finding(code, about)),
    list: () => (damages > maxDamages ? [...found, finding('more', { words: [damages - maxDamages] })] : [...found]),
  }
}
