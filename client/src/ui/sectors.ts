import type { Person, Sector } from '@cabildo/protocol/http/common'

/** How a sector is told apart without its colour: a letter and the line around its people. */
export interface SectorMark {
  letter: string
  line: 'solid' | 'dashed' | 'dotted' | 'double' | 'thin'
}

/** The mark of every sector. The letters are Spanish: Gobierno, Sociedad Civil, Vecindad, Academia, Privado. */
export const sectorMarks: Readonly<Record<Sector, SectorMark>> = {
  government: { letter: 'G', line: 'solid' },
  civil_society: { letter: 'C', line: 'dashed' },
  community: { letter: 'V', line: 'dotted' },
  academia: { letter: 'A', line: 'double' },
  private_sector: { letter: 'P', line: 'thin' },
}

/** Words between a name and a surname that initials leave out. */
const particles = new Set(['de', 'del', 'la', 'las', 'los', 'y', 'da', 'do', 'van', 'von', 'el'])

/** One or two capitals for a name: of its first word and of the next that is not a particle. `?` for an empty name. */
export function initials(name: string): string {
  const words = name.split(/[\s-]+/u).filter((word) => /\p{L}|\p{N}/u.test(word))
  const telling = words.filter((word, place) => place === 0 || !particles.has(word.toLowerCase()))
  const letters = telling.slice(0, 2).map((word) => [...word][0] ?? '')
  return letters.join('').toLocaleUpperCase('es') || '?'
}

/** What stands in a person's badge: their initials; of who is shown without a name, those of the group. */
export function initialsOf({ name, group }: { name: string; group: { name: string } | null }): string {
  return initials(name || (group?.name ?? ''))
}

/** Which of `count` tints of their sector a person wears: always the same for the same id. */
export function tintOf(person: Pick<Person, 'id'>, count = 4): number {
  let sum = 0
  for (const letter of person.id) sum = (sum * 31 + letter.charCodeAt(0)) >>> 0
  return sum % count
}
