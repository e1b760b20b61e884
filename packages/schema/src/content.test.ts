import { yXmlFragmentToProseMirrorRootNode } from '@tiptap/y-tiptap'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import * as Y from 'yjs'
import { canonicalJson, contentHash } from './canonical.ts'
import { anyContent } from './content.arbitrary.ts'
import { applyContent, buildField, contentOf, contentOfState, type JsonNode, seedDocument } from './content.ts'
import { fieldSchema } from './document.ts'
import { attributeAllowed, factAllowed, factsRoot, firstMisfit, isNode, markAllowed, takesText } from './rules.ts'
import { ogpCommitment } from './templates/ogp-commitment.ts'
import { titleOf } from './title.ts'

const seed = seedDocument('Cuentas claras', 1)

function open(state: Uint8Array = seed, clientId?: number): Y.Doc {
  const doc = new Y.Doc()
  if (clientId !== undefined) doc.clientID = clientId
  Y.applyUpdate(doc, state)
  return doc
}

const paragraph = (...content: JsonNode[]): JsonNode => ({ type: 'paragraph', ...(content.length > 0 && { content }) })
const text = (value: string, ...marks: string[]): JsonNode => ({
  type: 'text',
  ...(marks.length > 0 && { marks: marks.map((type) => ({ type })) }),
  text: value,
})
const docOf = (...content: JsonNode[]): JsonNode => ({ type: 'doc', ...(content.length > 0 && { content }) })

describe('a new document', () => {
  test('has the title, an empty paragraph in each rich field, no milestone and no fact', () => {
    const fields = Object.fromEntries(
      ogpCommitment.fields.map(({ name, kind }) => [
        name,
        name === 'title' ? docOf(paragraph(text('Cuentas claras'))) : kind === 'rich' ? docOf(paragraph()) : docOf(),
      ]),
    )
    expect(contentOfState(seed)).toEqual({ template: 'ogp-commitment', version: 1, fields, facts: {} })
  })

  test('is the same bytes for the same title and client, all under that client', () => {
    expect(seedDocument('Cuentas claras', 1)).toEqual(seed)
    expect([...Y.decodeStateVector(Y.encodeStateVectorFromUpdate(seed)).keys()]).toEqual([1])
  })

  test('lets two people begin a field at once without two texts', () => {
    const [ann, ben] = [open(seed, 2), open(seed, 3)]
    for (const [doc, word] of [
      [ann, 'uno'],
      [ben, 'dos'],
    ] as const) {
      const first = doc.getXmlFragment('problem').get(0)
      const inside = first instanceof Y.XmlElement ? first.get(0) : undefined
      if (!(inside instanceof Y.XmlText)) throw new Error('the paragraph has no text to write into')
      inside.insert(0, word)
    }
    Y.applyUpdate(ann, Y.encodeStateAsUpdate(ben))
    const element = ann.getXmlFragment('problem').get(0)
    expect(element instanceof Y.XmlElement && element.length).toBe(1)
    expect(contentOf(ann).fields.problem).toEqual(docOf(paragraph(text('unodos'))))
  })

  test('tells its title as one line', () => {
    expect(titleOf(open())).toBe('Cuentas claras')
    const doc = open()
    applyContent(doc, {
      ...contentOf(doc),
      fields: {
        title: docOf(paragraph(text(' Agua '), { type: 'hardBreak' }, text('para', 'bold')), paragraph(text('todos '))),
      },
    })
    expect(titleOf(doc)).toBe('Agua para todos')
    expect(titleOf(new Y.Doc())).toBe('')
  })
})

describe('bringing content into a document', () => {
  test('gives exactly that content, from whatever stood there', () => {
    fc.assert(
      fc.property(anyContent, anyContent, (first, second) => {
        const doc = open()
        applyContent(doc, first)
        expect(canonicalJson(contentOf(doc))).toBe(canonicalJson(first))
        applyContent(doc, second)
        expect(canonicalJson(contentOf(doc))).toBe(canonicalJson(second))
        expect(contentHash(contentOfState(Y.encodeStateAsUpdate(doc)))).toBe(contentHash(second))
      }),
      { numRuns: 60 },
    )
  })

  test('changes nothing when nothing differs', () => {
    fc.assert(
      fc.property(anyContent, (content) => {
        const doc = open()
        applyContent(doc, content)
        const updates: Uint8Array[] = []
        doc.on('update', (update: Uint8Array) => updates.push(update))
        applyContent(doc, content)
        applyContent(doc, contentOf(doc))
        expect(updates).toEqual([])
      }),
      { numRuns: 30 },
    )
  })

  test('touches only what differs: another field, another block and another fact keep what is typed meanwhile', () => {
    const doc = open()
    const before = {
      ...contentOf(doc),
      fields: { ...contentOf(doc).fields, problem: docOf(paragraph(text('uno')), paragraph(text('dos'))) },
    }
    applyContent(doc, before)
    const other = open(Y.encodeStateAsUpdate(doc), 9)
    const second = other.getXmlFragment('problem').get(1)
    const inside = second instanceof Y.XmlElement ? second.get(0) : undefined
    if (inside instanceof Y.XmlText) inside.insert(3, ' y medio')
    other.getMap(factsRoot).set('ogpId', 'PA0001')
    applyContent(doc, {
      ...before,
      fields: { ...before.fields, problem: docOf(paragraph(text('primero')), paragraph(text('dos'))) },
      facts: { leadInstitution: 'Alcaldía' },
    })
    Y.applyUpdate(doc, Y.encodeStateAsUpdate(other))
    expect(contentOf(doc).fields.problem).toEqual(docOf(paragraph(text('primero')), paragraph(text('dos y medio'))))
    expect(contentOf(doc).facts).toEqual({ leadInstitution: 'Alcaldía', ogpId: 'PA0001' })
  })

  test('is one update', () => {
    const doc = open()
    let updates = 0
    doc.on('update', () => {
      updates += 1
    })
    applyContent(doc, {
      ...contentOf(doc),
      fields: { title: docOf(paragraph(text('Otro'))), problem: docOf(paragraph(text('Algo'))) },
      facts: { periodStart: '2024-07-01' },
    })
    expect(updates).toBe(1)
  })

  test('writes only what a room takes', () => {
    fc.assert(
      fc.property(anyContent, (content) => {
        const doc = open()
        applyContent(doc, content)
        const refused: unknown[] = []
        for (const { name } of ogpCommitment.fields) {
          const children = doc.getXmlFragment(name).toArray().map(nameOf)
          if (firstMisfit({ field: name }, children) !== null) refused.push([name, children])
        }
        for (const [type, data] of typesOf(doc)) {
          if (type instanceof Y.XmlText) {
            for (const { attributes } of type.toDelta()) {
              for (const [key, value] of Object.entries(attributes ?? {})) {
                if (!markAllowed(key, value)) refused.push([key, value])
              }
            }
            continue
          }
          if (!isNode(type.nodeName)) refused.push(type.nodeName)
          if (type.toArray().some((child) => child instanceof Y.XmlText) && !takesText(type.nodeName))
            refused.push('text')
          const children = type.toArray().map(nameOf)
          if (firstMisfit({ node: type.nodeName }, children) !== null) refused.push([type.nodeName, children])
          for (const [key, value] of Object.entries(data)) {
            if (!attributeAllowed(type.nodeName, key, value)) refused.push([type.nodeName, key, value])
          }
        }
        for (const [key, value] of Object.entries(doc.getMap(factsRoot).toJSON())) {
          if (!factAllowed(key, value)) refused.push([key, value])
        }
        expect(refused).toEqual([])
      }),
      { numRuns: 60 },
    )
  })
})

const nameOf = (child: unknown): string => (child instanceof Y.XmlElement ? child.nodeName : '#text')

function* typesOf(doc: Y.Doc): Generator<[Y.XmlElement | Y.XmlText, Record<string, unknown>]> {
  const waiting: unknown[] = ogpCommitment.fields.flatMap(({ name }) => doc.getXmlFragment(name).toArray())
  for (let type = waiting.pop(); type !== undefined; type = waiting.pop()) {
    if (type instanceof Y.XmlElement) {
      yield [type, type.getAttributes()]
      waiting.push(...type.toArray())
    } else if (type instanceof Y.XmlText) yield [type, {}]
  }
}

describe('reading a document', () => {
  test('gives every replica the same bytes, whatever the order in which updates came', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.nat(2), anyContent, fc.array(fc.tuple(fc.nat(2), fc.nat(2)), { maxLength: 2 })), {
          minLength: 3,
          maxLength: 6,
        }),
        fc.infiniteStream(fc.double({ min: 0, max: 1, noNaN: true })),
        (steps, chance) => {
          const docs = [11, 12, 13].map((clientId) => open(seed, clientId))
          const updates: Uint8Array[] = []
          for (const doc of docs) doc.on('update', (update: Uint8Array) => updates.push(update))
          for (const [author, content, syncs] of steps) {
            const doc = docs[author]
            if (doc) applyContent(doc, content)
            for (const [from, to] of syncs) {
              const [source, target] = [docs[from], docs[to]]
              if (source && target && from !== to) Y.applyUpdate(target, Y.encodeStateAsUpdate(source))
            }
          }
          for (const target of docs) for (const source of docs) Y.applyUpdate(target, Y.encodeStateAsUpdate(source))
          const shuffled = updates
            .map((update) => [chance.next().value ?? 0, update] as const)
            .sort(([a], [b]) => a - b)
            .map(([, update]) => update)
          const late = new Y.Doc()
          for (const update of [...shuffled, seed]) Y.applyUpdate(late, update)
          const merged = new Y.Doc({ gc: false })
          Y.applyUpdate(merged, Y.mergeUpdates([seed, ...updates]))
          const readings = [...docs, late, merged].map((doc) => canonicalJson(contentOf(doc)))
          expect(new Set(readings).size).toBe(1)
        },
      ),
      { numRuns: 25 },
    )
  })

  test('never changes the document', () => {
    fc.assert(
      fc.property(anyContent, (content) => {
        const doc = open()
        applyContent(doc, content)
        spoil(doc)
        const before = Y.encodeStateAsUpdate(doc)
        let events = 0
        for (const event of ['update', 'beforeTransaction'] as const) {
          doc.on(event, () => {
            events += 1
          })
        }
        contentOf(doc)
        titleOf(doc)
        expect(events).toBe(0)
        expect(Y.encodeStateAsUpdate(doc)).toEqual(before)
      }),
      { numRuns: 30 },
    )
  })

  test('sees what editors see', () => {
    fc.assert(
      fc.property(anyContent, (content) => {
        const doc = open()
        applyContent(doc, content)
        for (const { name, kind } of ogpCommitment.fields) {
          const copy = open(Y.encodeStateAsUpdate(doc))
          const seen = yXmlFragmentToProseMirrorRootNode(copy.getXmlFragment(name), fieldSchema(kind))
          expect(canonicalJson(seen)).toBe(canonicalJson(contentOf(doc).fields[name]))
        }
      }),
      { numRuns: 30 },
    )
  })

  test('leaves out what the schema cannot hold and keeps the rest', () => {
    const doc = open()
    spoil(doc)
    const { problem, title, milestones } = contentOf(doc).fields
    expect(problem).toEqual(
      docOf(
        paragraph(text('buenomal enlace')),
        { type: 'heading', attrs: { level: 2 }, content: [text('nivel')] },
        { type: 'bulletList', content: [{ type: 'listItem', content: [paragraph()] }] },
        paragraph(),
      ),
    )
    expect(title).toEqual(docOf(paragraph(text('Cuentas claras'))))
    expect(milestones).toEqual(
      docOf({
        type: 'milestone',
        attrs: { start: null, due: null, lead: '', supportGovernment: '', supportCivilSociety: '', supportOther: '' },
        content: [{ type: 'milestoneTitle', content: [text('Solo el nombre')] }, { type: 'milestoneOutputs' }],
      }),
    )
    expect(contentOf(doc).facts).toEqual({ policyAreas: ['open_data', 'public_procurement'] })
    for (const { name, kind } of ogpCommitment.fields) {
      if (name !== 'milestones') expect(() => buildField(contentOf(doc).fields[name], kind).check()).not.toThrow()
    }
  })

  test('answers with well-formed text, as it will be once it went over the wire', () => {
    const doc = open()
    const element = new Y.XmlElement('paragraph')
    element.insert(0, [new Y.XmlText('a\ud800b')])
    doc.getXmlFragment('summary').insert(0, [element])
    expect(contentOf(doc).fields.summary?.content?.[0]).toEqual(paragraph(text('a\ufffdb')))
    expect(() => contentHash(contentOf(doc))).not.toThrow()
  })

  test('shares nothing with the document', () => {
    const doc = open()
    doc.getMap(factsRoot).set('supportOther', ['CIFHU'])
    const content = contentOf(doc)
    const list = content.facts.supportOther
    if (Array.isArray(list)) list.push('otro')
    expect(contentOf(doc).facts).toEqual({ supportOther: ['CIFHU'] })
  })

  test("takes a stranger's JSON without failing", () => {
    fc.assert(
      fc.property(fc.anything({ withNullPrototype: true }), (value) => {
        for (const json of [value, { type: 'doc', content: value }, { type: 'doc', content: [value, [value]] }]) {
          expect(() => buildField(json, 'rich')).not.toThrow()
        }
      }),
    )
  })
})

/** Puts in what no gate would let pass. */
function spoil(doc: Y.Doc): void {
  const problem = doc.getXmlFragment('problem')
  const good = new Y.XmlElement('paragraph')
  const inside = new Y.XmlText('bueno')
  inside.insert(5, 'mal enlace', { link: { href: 'javascript:alert(1)' }, blink: {} })
  good.insert(0, [inside])
  const heading = new Y.XmlElement('heading')
  heading.setAttribute('level', 99 as never)
  heading.setAttribute('onclick', 'alert(1)')
  heading.insert(0, [new Y.XmlText('nivel')])
  const script = new Y.XmlElement('script')
  const list = new Y.XmlElement('bulletList')
  const nested = new Y.XmlElement('paragraph')
  nested.insert(0, [new Y.XmlElement('paragraph')])
  list.insert(0, [new Y.XmlElement('listItem'), nested])
  problem.insert(0, [good, heading, script, list, new Y.XmlText('suelto'), new Y.XmlElement('milestone')])
  const milestone = new Y.XmlElement('milestone')
  milestone.setAttribute('start', '2024-02-30')
  milestone.setAttribute('lead', { a: 1 } as never)
  const name = new Y.XmlElement('milestoneTitle')
  name.insert(0, [new Y.XmlText('Solo el nombre')])
  milestone.insert(0, [name])
  doc.getXmlFragment('milestones').insert(0, [milestone])
  doc.getXmlFragment('title').insert(1, [new Y.XmlElement('table')])
  const facts = doc.getMap(factsRoot)
  facts.set('periodStart', 'mañana')
  facts.set('leadInstitution', '')
  facts.set('secret', 'x')
  facts.set('policyAreas', ['public_procurement', 'open_data'])
}
