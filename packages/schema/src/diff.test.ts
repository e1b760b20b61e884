import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { anyContent } from './content.arbitrary.ts'
import { type Content, contentOfState, type JsonNode, seedDocument } from './content.ts'
import { type DiffBlock, diffContents, diffText } from './diff.ts'

const empty = contentOfState(seedDocument('', 1))
const text = (value: string, ...marks: string[]): JsonNode => ({
  type: 'text',
  text: value,
  ...(marks.length > 0 && { marks: marks.map((type) => ({ type })) }),
})
const node = (type: string, ...content: JsonNode[]): JsonNode => ({ type, content })
const p = (value: string, ...marks: string[]) => node('paragraph', text(value, ...marks))
const withProblem = (...content: JsonNode[]): Content => ({
  ...empty,
  fields: { ...empty.fields, problem: node('doc', ...content) },
})

function problem(before: JsonNode[], after: JsonNode[]): DiffBlock[] {
  const { fields } = diffContents(withProblem(...before), withProblem(...after))
  return fields.find(({ field }) => field === 'problem')?.blocks ?? []
}
/** A short form: `kind path|pieces`, with [-removed-] and [+added+]. */
const short = (blocks: DiffBlock[]): string[] =>
  blocks.map(({ kind, path, pieces }) => {
    const sign = { same: ['', ''], added: ['[+', '+]'], removed: ['[-', '-]'] } as const
    return `${kind} ${path}|${pieces.map((piece) => sign[piece.kind][0] + piece.text + sign[piece.kind][1]).join('')}`
  })

const rain = 'La lluvia daña los caminos de tierra cada año'
const water = 'El agua llega dos días por semana al corregimiento'
const waste = 'La basura queda en la calle durante semanas enteras'

describe('words', () => {
  test.each([
    ['uno dos tres', 'uno dos tres', [['same', 'uno dos tres']]],
    ['', '', []],
    ['', 'nuevo', [['added', 'nuevo']]],
    ['viejo', '', [['removed', 'viejo']]],
    [
      'El agua llega tarde.',
      'El río llega tarde.',
      [
        ['same', 'El '],
        ['removed', 'agua'],
        ['added', 'río'],
        ['same', ' llega tarde.'],
      ],
    ],
    [
      'cada dos semanas largas',
      'cada tres meses largas',
      [
        ['same', 'cada '],
        ['removed', 'dos semanas'],
        ['added', 'tres meses'],
        ['same', ' largas'],
      ],
    ],
    [
      'B/. 1,200 al año',
      'B/. 1,500 al año',
      [
        ['same', 'B/. 1,'],
        ['removed', '200'],
        ['added', '500'],
        ['same', ' al año'],
      ],
    ],
    [
      'decisio\u0301n',
      'decisión',
      [
        ['removed', 'decisio\u0301n'],
        ['added', 'decisión'],
      ],
    ],
  ])('%j to %j', (before, after, pieces) => {
    expect(diffText(before, after)).toEqual(pieces.map(([kind, value]) => ({ kind, text: value })))
  })

  test('give back both texts, without empty pieces or two alike in a row', () => {
    const words = fc.array(fc.constantFrom('a', 'b', 'agua', ' ', '  ', '\n', '.', '1', 'é', '👍🏽'), { maxLength: 40 })
    fc.assert(
      fc.property(words, words, (left, right) => {
        const [before, after] = [left.join(''), right.join('')]
        const pieces = diffText(before, after)
        const without = (kind: string) =>
          pieces
            .filter((piece) => piece.kind !== kind)
            .map((piece) => piece.text)
            .join('')
        expect(without('added')).toBe(before)
        expect(without('removed')).toBe(after)
        expect(pieces.every((piece, n) => piece.text !== '' && piece.kind !== pieces[n - 1]?.kind)).toBe(true)
      }),
      { numRuns: 500 },
    )
  })
})

describe('blocks', () => {
  test('that came, went, stayed and changed', () => {
    expect(
      short(
        problem(
          [p(rain), p(water), p(waste)],
          [p(rain), p('El agua llega un día por semana al corregimiento'), p('Nadie responde a las quejas')],
        ),
      ),
    ).toEqual([
      `same paragraph|${rain}`,
      'changed paragraph|El agua llega [-dos días-][+un día+] por semana al corregimiento',
      `removed paragraph|[-${waste}-]`,
      'added paragraph|[+Nadie responde a las quejas+]',
    ])
  })

  test('are paired with their like, not with their neighbour', () => {
    expect(short(problem([p(rain), p(water)], [p(`${water} de Chepo`)]))).toEqual([
      `removed paragraph|[-${rain}-]`,
      `changed paragraph|${water}[+ de Chepo+]`,
    ])
    expect(short(problem([p(water)], [p(rain), p(`${water} de Chepo`)]))).toEqual([
      `added paragraph|[+${rain}+]`,
      `changed paragraph|${water}[+ de Chepo+]`,
    ])
  })

  test('that kept their words but not their form are reformatted', () => {
    expect(
      short(problem([p(rain), p(water)], [{ ...node('heading', text(rain)), attrs: { level: 2 } }, p(water, 'bold')])),
    ).toEqual([`reformatted heading/2|${rain}`, `reformatted paragraph|${water}`])
    expect(short(problem([p(rain)], [node('bulletList', node('listItem', p(rain)))]))).toEqual([
      `reformatted bulletList/listItem/paragraph|${rain}`,
    ])
  })

  test('that moved stand once, where they came', () => {
    expect(short(problem([p(rain), p(water), p(waste)], [p(water), p(waste), p(rain)]))).toEqual([
      `same paragraph|${water}`,
      `same paragraph|${waste}`,
      `moved paragraph|${rain}`,
    ])
  })

  test('in lists and tables stand under the path of their nodes', () => {
    const cell = (value: string) => node('tableCell', p(value))
    const before = [node('table', node('tableRow', cell('Obra'), cell('Costo')))]
    const after = [
      node('table', node('tableRow', cell('Obra'), cell('Costo')), node('tableRow', cell('Puente'), cell('B/. 900'))),
    ]
    expect(short(problem(before, after))).toEqual([
      'same table/tableRow/tableCell/paragraph|Obra',
      'same table/tableRow/tableCell/paragraph|Costo',
      'added table/tableRow/tableCell/paragraph|[+Puente+]',
      'added table/tableRow/tableCell/paragraph|[+B/. 900+]',
    ])
  })

  test('in tables know the cell they stood and stand in, merged cells counted as all they cover', () => {
    const cell = (value: string, attrs = {}, type = 'tableCell'): JsonNode => ({ type, attrs, content: [p(value)] })
    const row = (...cells: JsonNode[]) => node('tableRow', ...cells)
    const head = row(cell('Obra', {}, 'tableHeader'), cell('Costo', { colspan: 2 }, 'tableHeader'))
    const before = [
      p(rain),
      node('table', head, row(cell('Puente', { rowspan: 2 }), cell('9'), cell('8')), row(cell('7'))),
    ]
    const after = [
      node('table', head, row(cell('Muelle'), cell('5'), cell('6')), row(cell('Puente'), cell('9'), cell('8'))),
    ]
    const at = (table: number, line: number, column: number, isHead = false) => ({
      table,
      row: line,
      column,
      head: isHead,
    })
    const places = Object.fromEntries(
      problem(before, after).map(({ before: was, after: is, cell: place }) => [is ?? was, place]),
    )
    expect(places).toEqual({
      [rain]: undefined,
      Obra: { before: at(0, 0, 0, true), after: at(0, 0, 0, true) },
      Costo: { before: at(0, 0, 1, true), after: at(0, 0, 1, true) },
      Muelle: { before: null, after: at(0, 1, 0) },
      5: { before: null, after: at(0, 1, 1) },
      6: { before: null, after: at(0, 1, 2) },
      Puente: { before: at(0, 1, 0), after: at(0, 2, 0) },
      9: { before: at(0, 1, 1), after: at(0, 2, 1) },
      8: { before: at(0, 1, 2), after: at(0, 2, 2) },
      7: { before: at(0, 2, 1), after: null },
    })
  })

  test('of a milestone are its name, its outputs and each thing said about it', () => {
    const milestone = (name: string, attrs: Record<string, unknown>): JsonNode => ({
      type: 'milestone',
      attrs: {
        start: null,
        due: null,
        lead: '',
        supportGovernment: '',
        supportCivilSociety: '',
        supportOther: '',
        ...attrs,
      },
      content: [node('milestoneTitle', text(name)), { type: 'milestoneOutputs' }],
    })
    const content = (...milestones: JsonNode[]): Content => ({
      ...empty,
      fields: { ...empty.fields, milestones: node('doc', ...milestones) },
    })
    const blocks = (before: Content, after: Content) => short(diffContents(before, after).fields.at(-1)?.blocks ?? [])
    const portal = milestone('Portal', { due: '2024-07-01', lead: 'Alcaldía' })
    expect(blocks(content(portal), content(milestone('Portal', { due: '2024-08-01', lead: 'Concejo' })))).toEqual([
      'same milestone/milestoneTitle|Portal',
      'changed milestone/due|[-2024-07-01-][+2024-08-01+]',
      'changed milestone/lead|[-Alcaldía-][+Concejo+]',
    ])
    const manual = milestone('Manual', { due: '2024-09-01', lead: 'Alcaldía' })
    expect(blocks(content(portal, manual), content(manual, portal)).map((line) => line.replace(/\|.*/, ''))).toEqual([
      'same milestone/milestoneTitle',
      'same milestone/due',
      'same milestone/lead',
      'moved milestone/milestoneTitle',
      'moved milestone/due',
      'moved milestone/lead',
    ])
  })
})

describe('contents', () => {
  test('that are equal differ in nothing', () => {
    fc.assert(
      fc.property(anyContent, (content) => {
        const { fields, facts, totals } = diffContents(content, JSON.parse(JSON.stringify(content)))
        expect(
          fields.flatMap(({ changed, blocks }) => [changed, ...blocks.map(({ kind }) => kind !== 'same')]),
        ).not.toContain(true)
        expect({ facts, totals }).toEqual({ facts: [], totals: { added: 0, removed: 0 } })
      }),
      { numRuns: 30 },
    )
  })

  test('are told apart so that both can be put together again', () => {
    fc.assert(
      fc.property(anyContent, anyContent, (before, after) => {
        const { fields } = diffContents(before, after)
        const [left, right] = [diffContents(null, before).fields, diffContents(null, after).fields]
        for (const [index, { blocks }] of fields.entries()) {
          const texts = (from: typeof fields) => (from[index]?.blocks ?? []).map((block) => block.after)
          const olds = blocks.flatMap((block) => block.before ?? [])
          expect(blocks.flatMap((block) => block.after ?? [])).toEqual(texts(right))
          // What moved stands at its new place, so the old order is known but for that.
          expect([...olds].sort()).toEqual([...texts(left)].sort())
          const moved = new Set(blocks.filter(({ kind }) => kind === 'moved').map((block) => block.before))
          expect(olds.filter((old) => !moved.has(old))).toEqual(texts(left).filter((old) => !moved.has(old)))
          for (const block of blocks) {
            const without = (kind: string) =>
              block.pieces
                .filter((piece) => piece.kind !== kind)
                .map((piece) => piece.text)
                .join('')
            expect([without('added'), without('removed')]).toEqual([block.before ?? '', block.after ?? ''])
          }
        }
      }),
      { numRuns: 60 },
    )
  })

  test('count characters that came and went, and list the facts that differ', () => {
    const before: Content = {
      ...withProblem(p('El agua')),
      facts: { leadInstitution: 'Alcaldía', periodStart: '2024-07-01', policyAreas: ['open_data'] },
    }
    const after: Content = {
      ...withProblem(p('El río 👍')),
      facts: { periodStart: '2024-07-01', policyAreas: ['open_data', 'public_services'] },
    }
    const { facts, totals, fields } = diffContents(before, after)
    expect(facts).toEqual([
      { key: 'leadInstitution', before: 'Alcaldía', after: null },
      { key: 'policyAreas', before: ['open_data'], after: ['open_data', 'public_services'] },
    ])
    expect(totals).toEqual({ added: 5, removed: 4 })
    expect(fields.filter(({ changed }) => changed).map(({ field }) => field)).toEqual(['problem'])
  })

  test('from nothing are all added', () => {
    const { fields, facts, totals } = diffContents(null, { ...withProblem(p('Hola')), facts: { ogpId: 'PA1' } })
    expect(fields.flatMap(({ blocks }) => blocks)).toEqual([
      { kind: 'added', path: 'paragraph', before: null, after: 'Hola', pieces: [{ kind: 'added', text: 'Hola' }] },
    ])
    expect({ facts, totals }).toEqual({
      facts: [{ key: 'ogpId', before: null, after: 'PA1' }],
      totals: { added: 4, removed: 0 },
    })
  })

  test('of 920 blocks take a moment, not more, even when all of them changed', () => {
    const block = (n: number) => `Bloque ${n}: ${rain} y ${water} ${n * 7919}`
    const long = withProblem(...Array.from({ length: 920 }, (_, n) => p(block(n))))
    const edited = withProblem(...Array.from({ length: 920 }, (_, n) => p(`${block(n)} ${n % 2 ? 'hoy' : ''}`)))
    diffContents(long, edited)
    const from = process.cpuUsage()
    const { fields } = diffContents(long, edited)
    const spent = process.cpuUsage(from)
    expect(new Set(fields.flatMap(({ blocks }) => blocks.map(({ kind }) => kind)))).toEqual(new Set(['changed']))
    // 40 ms on a calm machine; the bound only catches a return to square time.
    expect((spent.user + spent.system) / 1000).toBeLessThan(2000)
  })
})
