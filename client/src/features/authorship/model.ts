import type { AuthoredRun, GroupShare, PartOfGroup, RestShare } from '@cabildo/protocol/http/authorship'
import type { Sector } from '@cabildo/protocol/http/common'
import type { JsonNode } from '@cabildo/schema/content'
import { type SectorMark, sectorMarks } from '../../ui/sectors.ts'

/** How a group is told apart without its colour: a code, the line of its sector, and which of its sector it is. */
export interface GroupMark {
  groupId: string
  name: string
  sector: Sector
  /** The letter of the sector, with a number where several groups share one: `G`, `C1`, `C2`. */
  code: string
  line: SectorMark['line']
  /** 0, 1 or 2: a pattern beside the line. */
  turn: number
}

/** The marks of the groups that wrote, by id. */
export function groupMarks(groups: readonly { id: string; name: string; sector: Sector }[]): Map<string, GroupMark> {
  const marks = new Map<string, GroupMark>()
  for (const { id, name, sector } of groups) {
    const same = groups.filter((group) => group.sector === sector)
    const place = same.findIndex((group) => group.id === id)
    const { letter, line } = sectorMarks[sector]
    const code = same.length > 1 ? `${letter}${place + 1}` : letter
    marks.set(id, { groupId: id, name, sector, code, line, turn: place % 3 })
  }
  return marks
}

/** The mark of a sector as a whole. */
export function sectorMark(sector: Sector, name: string): GroupMark {
  const { letter, line } = sectorMarks[sector]
  return { groupId: sector, name, sector, code: letter, line, turn: 0 }
}

/** Words of one author for one group, put there by one person in one go. */
export interface Stretch {
  field: string
  text: string
  authorId: string
  groupId: string | null
  editedById: string | null
  /** The entry of the log that brought its first words. */
  seq: number
  /** The group is another than of the words before it in its field: its code stands before it. */
  begins: boolean
}

/** Entries of the log so near to each other are one go. */
const nearEntries = 200

/** The mark that `reading/rich-text.tsx` leaves to the page. */
const dressedMark = 'dressed'

/**
 * Divides the words of every field into stretches: answers the fields with each word marked with the number of its
 * stretch, and the stretches. Links lose their address here: what is pressed tells who wrote it.
 */
export function authoredFields(
  fields: Readonly<Record<string, JsonNode>>,
  runs: Readonly<Record<string, readonly AuthoredRun[]>>,
): { fields: Record<string, JsonNode>; stretches: Stretch[] } {
  const stretches: Stretch[] = []
  const dressed = Object.entries(fields).map(([field, doc]): [string, JsonNode] => {
    const read = readerOf(runs[field] ?? [])
    let last: Stretch | undefined
    const place = (text: string, run: AuthoredRun): number => {
      const { authorId, groupId, editedById, seq } = run
      if (authorId === null || seq === null) return -1
      const goesOn =
        last?.authorId === authorId &&
        last.groupId === groupId &&
        last.editedById === editedById &&
        Math.abs(seq - last.seq) <= nearEntries
      if (last && goesOn) last.text += text
      else {
        last = { field, text, authorId, groupId, editedById, seq, begins: last?.groupId !== groupId || !last }
        stretches.push(last)
      }
      return stretches.length - 1
    }
    const dress = (node: JsonNode): JsonNode[] => {
      if (node.type !== 'text') {
        // Words of two blocks are apart for whoever hears them.
        if (node.content && last && node.type !== 'doc') last = { ...last, authorId: '', begins: false }
        return [node.content ? { ...node, content: node.content.flatMap(dress) } : node]
      }
      const marks = node.marks?.filter(({ type }) => type !== 'link') ?? []
      return read(node.text ?? '').map(({ text, run }) => ({
        ...node,
        text,
        marks: run ? [{ type: dressedMark, attrs: { at: place(text, run) } }, ...marks] : marks,
      }))
    }
    return [field, dress(doc)[0] ?? doc]
  })
  return { fields: Object.fromEntries(dressed), stretches }
}

/**
 * Reads the text of a field's leaves, one after another, against its runs, which hold the same words with layout between
 * them: each leaf stands where it is found first after the one before.
 */
function readerOf(runs: readonly AuthoredRun[]): (leaf: string) => { text: string; run: AuthoredRun | undefined }[] {
  const whole = runs.map(({ text }) => text).join('')
  let from = 0
  let index = 0
  let end = runs[0]?.text.length ?? 0
  const runAt = (unit: number): AuthoredRun | undefined => {
    while (unit >= end && index < runs.length - 1) {
      index += 1
      end += runs[index]?.text.length ?? 0
    }
    return runs[index]
  }
  return (leaf) => {
    const found = whole.indexOf(leaf, from)
    const pieces: { text: string; run: AuthoredRun | undefined }[] = []
    let at = found < 0 ? from : found
    for (let done = 0; done < leaf.length; ) {
      const run = runAt(at)
      // White space that reads as one blank stands otherwise in the runs: then words are found one by one.
      const length = found < 0 ? 1 : Math.min(leaf.length - done, Math.max(1, end - at))
      const text = leaf.slice(done, done + length)
      const last = pieces.at(-1)
      if (last && last.run === run) last.text += text
      else pieces.push({ text, run })
      done += length
      at += length
      if (found < 0 && text.trim() === '') {
        const next = leaf[done]
        const place = next === undefined ? -1 : whole.indexOf(next, at - 1)
        if (place >= 0) at = place
      }
    }
    from = Math.min(at, whole.length)
    return pieces
  }
}

/** What a sector, or no sector, brought in and has standing. */
export interface SectorShare {
  sector: Sector | null
  proposed: number
  written: number
  share: number
}

/** The shares by sector, in the order of the sectors; of no sector last, and only when there is any. */
export function sectorShares(
  groups: readonly Pick<GroupShare, 'sector' | 'proposed' | 'written' | 'share'>[],
  rest: RestShare,
): SectorShare[] {
  const sums = new Map<Sector | null, SectorShare>()
  const all = [...groups, ...(rest.proposed + rest.written > 0 ? [{ ...rest, sector: null }] : [])]
  for (const { sector, proposed, written, share } of all) {
    const sum = sums.get(sector) ?? { sector, proposed: 0, written: 0, share: 0 }
    sums.set(sector, {
      sector,
      proposed: sum.proposed + proposed,
      written: sum.written + written,
      share: sum.share + share,
    })
  }
  const order: (Sector | null)[] = [...(Object.keys(sectorMarks) as Sector[]), null]
  return order.flatMap((sector) => sums.get(sector) ?? [])
}

/** The parts of one whole as shares of what stands in it. */
export function sharesOf(parts: readonly PartOfGroup[]): (PartOfGroup & { share: number })[] {
  const total = parts.reduce((sum, { written }) => sum + written, 0)
  return parts.map((part) => ({ ...part, share: total === 0 ? 0 : part.written / total }))
}

/** A share in words: whole per cents, and never nothing for something or all for less than all. */
export function percent(share: number, language: string): string {
  const format = (value: number) =>
    new Intl.NumberFormat(language, { style: 'percent', maximumFractionDigits: 0 }).format(value)
  if (share > 0 && share < 0.01) return `< ${format(0.01)}`
  if (share < 1 && share > 0.99) return `> ${format(0.99)}`
  return format(share)
}
