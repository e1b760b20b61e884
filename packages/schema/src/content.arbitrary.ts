import fc from 'fast-check'
import { buildField, type Content, type JsonMark, type JsonNode } from './content.ts'
import { ogpCommitment } from './templates/ogp-commitment.ts'
import type { FieldKind } from './templates/template.ts'

/** Random content for tests: every node, mark, attribute and fact of the form, already as `contentOf` would give it. */

const words = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom('agua', 'cuentas claras', 'la junta comunal', ' ', 'año 2024,') },
  fc.string({ unit: 'grapheme', minLength: 1, maxLength: 5 }),
)
const day = fc.date({ min: new Date('1900-01-01'), max: new Date('2199-12-31'), noInvalidDate: true }).map(isoDay)

function isoDay(date: Date): string {
  return date.toISOString().slice(0, 10)
}

const marks: fc.Arbitrary<JsonMark[]> = fc.uniqueArray(
  fc.oneof(
    fc.constantFrom('bold', 'italic', 'underline', 'strike', 'code').map((type) => ({ type })),
    fc
      .tuple(fc.constantFrom('http', 'https'), fc.domain(), fc.string({ unit: 'grapheme-ascii' }))
      .map(([scheme, domain, page]) => ({
        type: 'link',
        attrs: { href: `${scheme}://${domain}/${encodeURI(page)}` },
      })),
  ),
  { selector: ({ type }) => type, maxLength: 3 },
)
const text: fc.Arbitrary<JsonNode> = fc.record({ type: fc.constant('text'), text: words, marks })
const inline = fc.array(fc.oneof({ weight: 5, arbitrary: text }, fc.constant<JsonNode>({ type: 'hardBreak' })), {
  maxLength: 4,
})

const node = (
  type: string,
  content: fc.Arbitrary<JsonNode[]>,
  attrs: fc.Arbitrary<Record<string, unknown>> = fc.constant({}),
): fc.Arbitrary<JsonNode> => fc.record({ type: fc.constant(type), content, attrs })

const paragraph = node('paragraph', inline)
const heading = node('heading', inline, fc.record({ level: fc.integer({ min: 2, max: 4 }) }))

const cellAttributes = fc.record({
  colspan: fc.integer({ min: 1, max: 3 }),
  rowspan: fc.integer({ min: 1, max: 3 }),
  colwidth: fc.option(fc.array(fc.integer({ min: 0, max: 800 }), { minLength: 1, maxLength: 3 })),
  align: fc.option(fc.constantFrom('left', 'center', 'right')),
})

const { block } = fc.letrec<{ block: JsonNode; item: JsonNode; row: JsonNode }>((tie) => ({
  item: node(
    'listItem',
    fc.tuple(paragraph, fc.array(tie('block'), { maxLength: 2 })).map(([first, rest]) => [first, ...rest]),
  ),
  row: node(
    'tableRow',
    fc.array(
      fc
        .constantFrom('tableCell', 'tableHeader')
        .chain((type) => node(type, fc.array(tie('block'), { minLength: 1, maxLength: 2 }), cellAttributes)),
      { maxLength: 3 },
    ),
  ),
  block: fc.oneof(
    { maxDepth: 2, depthIdentifier: 'block' },
    paragraph,
    heading,
    node('bulletList', fc.array(tie('item'), { minLength: 1, maxLength: 3 })),
    node(
      'orderedList',
      fc.array(tie('item'), { minLength: 1, maxLength: 3 }),
      fc.record({ start: fc.nat(20), type: fc.constantFrom(null, '1', 'a', 'A', 'i', 'I') }),
    ),
    node('blockquote', fc.array(tie('block'), { minLength: 1, maxLength: 2 })),
    node('table', fc.array(tie('row'), { minLength: 1, maxLength: 3 })),
  ),
}))

const milestone = node(
  'milestone',
  fc.tuple(node('milestoneTitle', inline), node('milestoneOutputs', inline)),
  fc.record({
    start: fc.option(day),
    due: fc.option(day),
    lead: fc.oneof(fc.constant(''), words),
    supportGovernment: fc.oneof(fc.constant(''), words),
    supportCivilSociety: fc.oneof(fc.constant(''), words),
    supportOther: fc.oneof(fc.constant(''), words),
  }),
)

const blocksOf: Record<FieldKind, fc.Arbitrary<JsonNode[]>> = {
  line: fc.array(paragraph, { minLength: 1, maxLength: 2 }),
  rich: fc.array(block, { maxLength: 4 }),
  milestones: fc.array(milestone, { maxLength: 4 }),
}

/** The JSON of one field of a kind. */
export const fieldJson = (kind: FieldKind): fc.Arbitrary<JsonNode> =>
  blocksOf[kind].map((content) => JSON.parse(JSON.stringify(buildField({ type: 'doc', content }, kind))))

const someOf = (options: readonly { value: string }[]) =>
  fc.subarray(
    options.map(({ value }) => value),
    { minLength: 1 },
  )
const names = fc.array(words, { minLength: 1, maxLength: 3 })
const facts: fc.Arbitrary<Record<string, unknown>> = fc.record(
  Object.fromEntries(
    ogpCommitment.facts.map((fact): [string, fc.Arbitrary<unknown>] => {
      if (fact.kind === 'date') return [fact.key, day]
      if (fact.kind === 'list') return [fact.key, names]
      if (fact.kind === 'choices') return [fact.key, someOf(fact.options)]
      return [fact.key, fact.key === 'ogpId' ? fc.stringMatching(/^[A-Z]{3,5}\d{4}$/) : words]
    }),
  ),
  { requiredKeys: [] },
)

/** A whole document: three fields filled in, the others as they are when nobody has begun. */
export const anyContent: fc.Arbitrary<Content> = fc
  .tuple(fc.subarray([...ogpCommitment.fields], { minLength: 3, maxLength: 3 }), facts)
  .chain(([filled, someFacts]) => {
    const empty = Object.fromEntries(
      ogpCommitment.fields.map(({ name, kind }) => [
        name,
        kind === 'milestones' ? { type: 'doc' } : { type: 'doc', content: [{ type: 'paragraph' }] },
      ]),
    )
    return fc.record(Object.fromEntries(filled.map(({ name, kind }) => [name, fieldJson(kind)]))).map((fields) => ({
      template: ogpCommitment.id,
      version: ogpCommitment.version,
      fields: { ...empty, ...fields },
      facts: someFacts,
    }))
  })
