import { factsRoot } from '@cabildo/schema/rules'
import * as Y from 'yjs'
import type { LogRow } from '../row.ts'

/** Tests only: choices that can be repeated. */
export interface Choices {
  integer(low: number, high: number): number
  pick<T>(items: readonly T[]): T
  chance(share: number): boolean
}

const words = [
  'agua ',
  'río',
  ' limpio',
  '🌊',
  'e\u0301',
  ' y ',
  '\n',
  'x',
  'Consejo comunal de Tortí',
  '  ',
  '👩‍🌾 ok',
]
const people = ['ana', 'ben', 'eva']

/**
 * A log that several people wrote at once, without editors: text, structure, formatting, milestones and facts, each client
 * hearing the others late, and now and then sending what it did alone at once. Every state that a room could be in, and some that it would repair.
 */
export function randomLog(random: Choices, acts: number): LogRow[] {
  const rows: LogRow[] = []
  const server = new Y.Doc()
  const store = (author: string, bytes: Uint8Array): void => {
    Y.applyUpdate(server, bytes)
    rows.push({ seq: rows.length + 1, author, via: 'edit', bytes })
  }
  const clients = people.map((author, index) => {
    const doc = new Y.Doc()
    doc.clientID = 500 + index
    const undo = new Y.UndoManager([doc.getXmlFragment('problem'), doc.getXmlFragment('milestones')], {
      captureTimeout: 0,
    })
    const client = { author, doc, undo, heard: 0, away: false }
    doc.on('update', (bytes: Uint8Array, origin: unknown) => {
      if (origin !== 'log' && !client.away) store(author, bytes)
    })
    return client
  })
  for (let i = 0; i < acts; i++) {
    const client = random.pick(clients)
    if (random.chance(0.03)) client.away = true
    else if (client.away && random.chance(0.3)) {
      client.away = false
      store(client.author, Y.encodeStateAsUpdate(client.doc, Y.encodeStateVector(server)))
    }
    const most = random.chance(0.4) ? rows.length : random.integer(client.heard, rows.length)
    for (; client.heard < most; client.heard++) {
      const row = rows[client.heard]
      if (row && row.author !== client.author) Y.applyUpdate(client.doc, row.bytes, 'log')
    }
    act(random, client)
  }
  return rows
}

function act(random: Choices, { doc, undo }: { doc: Y.Doc; undo: Y.UndoManager }): void {
  const nodes = nodesOf(doc.getXmlFragment(random.chance(0.7) ? 'problem' : 'milestones'))
  const texts = nodes.filter((node) => node instanceof Y.XmlText)
  const elements = nodes.filter((node) => node instanceof Y.XmlElement)
  const kind = random.integer(0, 11)
  if (kind <= 4 && texts.length > 0) {
    const text = random.pick(texts)
    text.insert(random.integer(0, text.length), random.pick(words))
  } else if (kind <= 6 && texts.length > 0) {
    const text = random.pick(texts)
    const at = random.integer(0, text.length)
    if (at < text.length) text.delete(at, random.integer(1, Math.min(9, text.length - at)))
  } else if (kind === 7 && texts.length > 0) {
    const text = random.pick(texts)
    if (text.length > 0) text.format(0, random.integer(1, text.length), { bold: random.chance(0.5) ? {} : null })
  } else if (kind === 8) addBlock(random, doc)
  else if (kind === 9 && elements.length > 0) {
    const element = random.pick(elements)
    const parent = element.parent
    if (parent instanceof Y.XmlFragment) parent.delete(parent.toArray().indexOf(element), 1)
  } else if (kind === 10) {
    const milestone = elements.find((element) => element.nodeName === 'milestone')
    milestone?.setAttribute(
      random.pick(['lead', 'due', 'start']),
      random.pick(['Alcaldía de Chepo', '2027-03-01', ' ']),
    )
    doc.getMap(factsRoot).set('leadInstitution', random.pick(['Alcaldía', 'Consejo', '']))
  } else takeBack(random, undo)
}

/** Undoes, or does again. Yjs may fail at what others have deleted meanwhile: then that was all there is to it. */
function takeBack(random: Choices, undo: Y.UndoManager): void {
  try {
    if (random.chance(0.8)) undo.undo()
    else undo.redo()
  } catch (error) {
    if (!(error instanceof TypeError)) throw error
    undo.clear()
  }
}

function addBlock(random: Choices, doc: Y.Doc): void {
  const withText = (name: string, text: string): Y.XmlElement => {
    const element = new Y.XmlElement(name)
    element.insert(0, [new Y.XmlText(text)])
    return element
  }
  const around = (name: string, child: Y.XmlElement): Y.XmlElement => {
    const element = new Y.XmlElement(name)
    element.insert(0, [child])
    return element
  }
  const said = (): string => random.pick(words) + random.pick(words)
  const block = random.pick([
    () => withText('paragraph', said()),
    () => around('bulletList', around('listItem', withText('paragraph', said()))),
    () => around('orderedList', around('listItem', withText('paragraph', said()))),
    () => around('blockquote', withText('paragraph', said())),
    () => around('table', around('tableRow', around('tableCell', withText('paragraph', said())))),
    () => {
      const paragraph = new Y.XmlElement('paragraph')
      paragraph.insert(0, [new Y.XmlText(said()), new Y.XmlElement('hardBreak'), new Y.XmlText(said())])
      return paragraph
    },
    // What no field takes: the schema leaves it out.
    () => withText('listItem', said()),
  ])
  const fragment = doc.getXmlFragment('problem')
  fragment.insert(random.integer(0, fragment.length), [block()])
  if (!random.chance(0.4)) return
  const milestone = new Y.XmlElement('milestone')
  milestone.insert(0, [withText('milestoneTitle', said()), withText('milestoneOutputs', said())])
  milestone.setAttribute('lead', random.pick(words))
  const milestones = doc.getXmlFragment('milestones')
  milestones.insert(random.integer(0, milestones.length), [milestone])
}

function nodesOf(fragment: Y.XmlFragment): (Y.XmlElement | Y.XmlText)[] {
  return fragment
    .toArray()
    .flatMap((node) =>
      node instanceof Y.XmlElement ? [node, ...nodesOf(node)] : node instanceof Y.XmlText ? [node] : [],
    )
}
