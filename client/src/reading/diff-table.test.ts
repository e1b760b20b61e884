import { contentOfState, type JsonNode, seedDocument } from '@cabildo/schema/content'
import { diffContents } from '@cabildo/schema/diff'
import { expect, test } from 'vitest'
import { gridOf } from './diff-table.ts'

const empty = contentOfState(seedDocument('', 1))
/** A content whose problem is one table, with a row of heads. */
function withTable(rows: string[][]) {
  const cell = (text: string, row: number): JsonNode => ({
    type: row === 0 ? 'tableHeader' : 'tableCell',
    content: [{ type: 'paragraph', content: text === '' ? [] : [{ type: 'text', text }] }],
  })
  const content = rows.map((row, at) => ({ type: 'tableRow', content: row.map((text) => cell(text, at)) }))
  return {
    ...empty,
    fields: { ...empty.fields, problem: { type: 'doc', content: [{ type: 'table', content }] } as JsonNode },
  }
}
/** A table as it is drawn: `+` came, `-` went, `~` changed, `#` heads. */
function drawn(before: string[][], after: string[][], side: 'unified' | 'before' | 'after' = 'unified'): string[] {
  const { fields } = diffContents(withTable(before), withTable(after))
  const blocks = fields.find(({ field }) => field === 'problem')?.blocks ?? []
  const sign = { same: '', added: '+', removed: '-', changed: '~', reformatted: '=', moved: '>' }
  return gridOf(blocks, side).map((row) =>
    row
      .map(({ kind, head, blocks: here }) =>
        [
          head ? '#' : '',
          sign[kind],
          here.map((each) => (side === 'before' ? each.before : (each.after ?? each.before))).join('/'),
        ].join(''),
      )
      .join('|'),
  )
}

const works = [
  ['Obra', 'Costo', 'Lugar'],
  ['Puente', '900', 'Bayano'],
  ['Muelle', '400', 'Coquira'],
]

test('a row that came stands where it stands, and one that went behind the one it followed', () => {
  const after = [works[0], ['Acera', '100', 'Chepo'], works[2]] as string[][]
  expect(drawn(works, after)).toEqual([
    '#Obra|#Costo|#Lugar',
    '-Puente|-900|-Bayano',
    '+Acera|+100|+Chepo',
    'Muelle|400|Coquira',
  ])
  expect(drawn(works, after, 'before')).toEqual(['#Obra|#Costo|#Lugar', '-Puente|-900|-Bayano', 'Muelle|400|Coquira'])
  expect(drawn(works, after, 'after')).toEqual(['#Obra|#Costo|#Lugar', '+Acera|+100|+Chepo', 'Muelle|400|Coquira'])
})

test('a cell whose words were all changed holds what went and what came, in its row and column', () => {
  const after = [works[0], ['Puente', '1200', 'Bayano'], works[2]] as string[][]
  expect(drawn(works, after)).toEqual(['#Obra|#Costo|#Lugar', 'Puente|~900/1200|Bayano', 'Muelle|400|Coquira'])
})

test('a column that came or went is a column, and what is empty stays empty', () => {
  const wider = works.map((row, at) => [
    row[0] ?? '',
    at === 0 ? 'Fecha' : at === 1 ? '2027' : '',
    row[1] ?? '',
    row[2] ?? '',
  ])
  expect(drawn(works, wider)).toEqual(['#Obra|#+Fecha|#Costo|#Lugar', 'Puente|+2027|900|Bayano', 'Muelle||400|Coquira'])
  expect(drawn(wider, works)).toEqual(['#Obra|#-Fecha|#Costo|#Lugar', 'Puente|-2027|900|Bayano', 'Muelle||400|Coquira'])
})

test('a table that came is a table that came', () => {
  expect(drawn([], works)).toEqual(['#+Obra|#+Costo|#+Lugar', '+Puente|+900|+Bayano', '+Muelle|+400|+Coquira'])
})
