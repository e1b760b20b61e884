import type { JsonNode } from '@cabildo/schema/content'
import { milestoneAttributes, milestoneValue } from '@cabildo/schema/milestone-words'
import { childrenOf, fieldText } from '@cabildo/schema/text'

/**
 * Where each unit of a field's plain text comes from. The text is laid out by the schema alone: a second copy of the
 * document, in which every letter is a mark, is laid out by the same function, and the marks tell which units are words.
 */
export interface Layout {
  text: string
  /** For each unit: its place among the field's words, or -1 for what the layout added. */
  words: Int32Array
  /** For each unit: 1 + the place among the milestones' values of the value it belongs to, or 0. */
  values: Int32Array
  /** The values that show, in reading order: of which milestone, and under which key. */
  shown: { milestone: number; key: string }[]
}

const letter = '\ue000'
const valueLetter = '\ue001'
const space = '\u2003'
const letterCode = letter.charCodeAt(0)
const valueCode = valueLetter.charCodeAt(0)
const spaceCode = space.charCodeAt(0)

/** Lays out a field. `words` is all its text without any layout. */
export function layOut(doc: JsonNode, words: string): Layout {
  const text = fieldText(doc)
  const shown: Layout['shown'] = []
  const ends: number[] = []
  let milestone = -1
  const marked = (node: JsonNode): JsonNode => {
    if (node.type === 'text')
      return { ...node, text: (node.text ?? '').replace(/\S/g, letter).replace(/[^\S\n]/g, space) }
    const copy = { ...node }
    if (node.type === 'milestone') {
      milestone++
      copy.attrs = { ...node.attrs }
      for (const key of milestoneAttributes) {
        const value = milestoneValue(key, node.attrs?.[key], 'es')
        if (value === '') continue
        copy.attrs[key] = value.replace(/\S/g, valueLetter)
        shown.push({ milestone, key })
        ends.push((ends.at(-1) ?? 0) + value.replace(/\s/g, '').length)
      }
    }
    if (node.content) copy.content = node.content.map(marked)
    return copy
  }
  const marks = fieldText(marked(doc))
  const layout = { text, words: new Int32Array(text.length).fill(-1), values: new Int32Array(text.length), shown }
  // Cannot be: every replacement keeps lengths, and spaces stay spaces.
  if (marks.length !== text.length) return layout
  placeWords(layout, marks, words)
  placeValues(layout, marks, ends)
  return layout
}

const isSpace = (code: number): boolean =>
  code < 128 ? code === 32 || (code >= 9 && code <= 13) : /\s/.test(String.fromCharCode(code))

/** Letters come in order and none is left out. Spaces between two letters are known again when none of them was. */
function placeWords({ words: places }: Layout, marks: string, words: string): void {
  let next = 0
  let waiting: number[] = []
  let spaces: number[] = []
  const settle = (): void => {
    if (waiting.length === spaces.length) for (const [i, at] of waiting.entries()) places[at] = spaces[i] ?? -1
    if (waiting.length > 0) waiting = []
    if (spaces.length > 0) spaces = []
  }
  const passSpaces = (): void => {
    for (; next < words.length; next++) {
      const code = words.charCodeAt(next)
      if (!isSpace(code)) return
      if (code !== 10) spaces.push(next)
    }
  }
  for (let at = 0; at < marks.length; at++) {
    const code = marks.charCodeAt(at)
    if (code === spaceCode) waiting.push(at)
    if (code !== letterCode) continue
    passSpaces()
    settle()
    places[at] = next++
  }
  passSpaces()
  settle()
}

function placeValues({ values }: Layout, marks: string, ends: readonly number[]): void {
  let seen = 0
  let value = 0
  for (let at = 0; at < marks.length; at++) {
    if (marks.charCodeAt(at) !== valueCode) continue
    while (seen >= (ends[value] ?? Number.POSITIVE_INFINITY)) value++
    values[at] = value + 1
    seen++
  }
}

/** All text of a field, without layout and hard breaks. */
export function wordsOf(node: JsonNode): string {
  return node.type === 'text' ? (node.text ?? '') : childrenOf(node).map(wordsOf).join('')
}
