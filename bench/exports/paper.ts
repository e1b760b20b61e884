import { applyContent } from '@cabildo/schema/content'
import { ogpCommitment } from '@cabildo/schema/templates/ogp-commitment'
import * as Y from 'yjs'
import type { Vocabulary } from '../search/words.ts'

/** A text that several people write in, with the updates that come of it. */
export interface Paper {
  readonly documentId: string
  readonly doc: Y.Doc
  /** The update it began with. */
  readonly seed: Uint8Array
  /** Rows of its log, its versions so far, and when the first row was stored; kept by who plants it. */
  seq: number
  versions: number
  begunAt: string
  /** The client id under which the n-th person writes. */
  clientOf(member: number): number
  /** That person types so many letters one after another somewhere, or takes them out where there are many: one update each. */
  type(member: number, letters: number, random: () => number): Uint8Array[]
}

/** Client ids of people begin here: each belongs to one person, and none to the template. */
const people = 1_000_000
/** Letters that a paragraph may grow by before somebody takes some out. */
const growth = 120

/**
 * A commitment's text, every field filled: so many words in each paragraph of the long ones.
 * `number` is the client id of its first words.
 */
export function openPaper(
  documentId: string,
  number: number,
  { sentence }: Pick<Vocabulary, 'sentence'>,
  { paragraphs, words }: { paragraphs: number; words: number },
): Paper {
  const doc = new Y.Doc()
  doc.clientID = number
  const paragraph = (length: number) => ({ type: 'paragraph', content: [{ type: 'text', text: sentence(length) }] })
  const milestone = () => ({
    type: 'milestone',
    content: [{ type: 'milestoneTitle', content: [{ type: 'text', text: sentence(8) }] }],
  })
  const blocks = { line: () => [paragraph(8)], milestones: () => [milestone(), milestone(), milestone(), milestone()] }
  const rich = () => Array.from({ length: paragraphs }, () => paragraph(words))
  applyContent(doc, {
    ...{ template: 'ogp-commitment', version: 1, facts: {} },
    fields: Object.fromEntries(
      ogpCommitment.fields.map(({ name, kind }) => [
        name,
        { type: 'doc', content: kind === 'rich' ? rich() : blocks[kind]() },
      ]),
    ),
  })
  const texts = ogpCommitment.fields
    .filter(({ kind }) => kind === 'rich')
    .flatMap(({ name }) => doc.getXmlFragment(name).toArray())
    .flatMap((block) => (block instanceof Y.XmlElement && block.get(0) instanceof Y.XmlText ? [block.get(0)] : []))
    .map((text) => ({ text: text as Y.XmlText, most: (text as Y.XmlText).length + growth }))
  const seed = Y.encodeStateAsUpdate(doc)
  const made: Uint8Array[] = []
  doc.on('update', (bytes: Uint8Array) => made.push(bytes))
  const clientOf = (member: number) => people + member
  return {
    ...{ documentId, doc, seed, seq: 1, versions: 0, begunAt: '', clientOf },
    type(member, letters, random) {
      doc.clientID = clientOf(member)
      const found = texts[Math.floor(random() * texts.length)]
      if (!found) throw new Error('a text without paragraphs')
      const { text, most } = found
      const at = Math.floor(random() * (text.length - letters))
      const full = text.length > most
      for (let letter = 0; letter < letters; letter += 1) {
        if (full) text.delete(at, 1)
        else text.insert(at + letter, 'el agua no llega al pozo, '.charAt(letter + (at % 16)))
      }
      return made.splice(0)
    },
  }
}
