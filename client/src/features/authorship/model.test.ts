import type { AuthoredRun } from '@cabildo/protocol/http/authorship'
import type { GroupId } from '@cabildo/protocol/ids'
import { fieldText } from '@cabildo/schema/text'
import { expect, test } from 'vitest'
import { authoredFields, groupMarks, percent, sectorShares } from './model.ts'

const run = (text: string, authorId: string, seq = 1): AuthoredRun => ({
  text,
  authorId,
  groupId: `group of ${authorId}` as GroupId,
  editedById: authorId,
  seq,
})

const paragraph = (...texts: string[]) => ({
  type: 'paragraph',
  content: texts.map((text) => ({ type: 'text', text })),
})

test('[AU68] words are shown with their author though layout stands between them', () => {
  const bullets = {
    type: 'bulletList',
    content: [
      { type: 'listItem', content: [paragraph('agua')] },
      { type: 'listItem', content: [paragraph('aseo')] },
    ],
  }
  const doc = { type: 'doc', content: [paragraph('El pueblo ', 'sabe.'), bullets] }
  const runs = [run('El pueblo sa', 'ana'), run('be.\n\n• agua\n• ', 'ben', 4), run('aseo', 'ana', 5)]
  expect(runs.map(({ text }) => text).join('')).toBe(fieldText(doc))

  const { fields, stretches } = authoredFields({ summary: doc }, { summary: runs })
  expect(stretches.map(({ text, authorId, begins }) => [text, authorId, begins])).toEqual([
    ['El pueblo sa', 'ana', true],
    ['be.', 'ben', true],
    ['agua', 'ben', false],
    ['aseo', 'ana', true],
  ])
  expect(fieldText(fields.summary)).toBe(fieldText(doc))
})

test('[AU68] white space that the plain text writes otherwise does not shift what follows', () => {
  const title = { type: 'milestoneTitle', content: [{ type: 'text', text: 'Primer   hito claro' }] }
  const outputs = { type: 'milestoneOutputs', content: [{ type: 'text', text: 'informe' }] }
  const doc = { type: 'doc', content: [{ type: 'milestone', content: [title, outputs] }] }
  const text = fieldText(doc)
  const cut = text.indexOf('claro')
  const runs = [run(text.slice(0, cut), 'ana'), run(text.slice(cut), 'ben', 2)]
  const { stretches } = authoredFields({ milestones: doc }, { milestones: runs })
  expect(stretches.map(({ text: words, authorId }) => [words, authorId])).toEqual([
    ['Primer   hito ', 'ana'],
    ['claro', 'ben'],
    ['informe', 'ben'],
  ])
})

test('[AU68] what one wrote in one go is one stretch, what came much later another; links are not followed from here', () => {
  const linked = { type: 'text', text: 'tres', marks: [{ type: 'link', attrs: { href: 'https://a.test' } }] }
  const doc = { type: 'doc', content: [{ type: 'paragraph', content: [{ type: 'text', text: 'uno dos ' }, linked] }] }
  const { fields, stretches } = authoredFields(
    { summary: doc },
    { summary: [run('uno ', 'ana', 10), run('dos ', 'ana', 12), run('tres', 'ana', 900)] },
  )
  expect(stretches.map(({ text, seq }) => [text, seq])).toEqual([
    ['uno dos ', 10],
    ['tres', 900],
  ])
  expect(JSON.stringify(fields)).not.toContain('link')
})

test('groups are told apart by letter, number and pattern, not by hue alone', () => {
  const group = (id: string, sector: 'government' | 'community') => ({ id, name: id, sector })
  const marks = groupMarks([group('a', 'government'), group('b', 'community'), group('c', 'community')])
  expect([...marks.values()].map(({ code, line, turn }) => [code, line, turn])).toEqual([
    ['G', 'solid', 0],
    ['V1', 'dotted', 0],
    ['V2', 'dotted', 1],
  ])
})

test('shares by sector add up, and what is of no group stands last', () => {
  const one = { sector: 'community' as const, proposed: 10, written: 4, share: 0.4 }
  const rest = { proposed: 3, written: 3, share: 0.3 }
  expect(sectorShares([one, { ...one, written: 3, share: 0.3 }], rest)).toEqual([
    { sector: 'community', proposed: 20, written: 7, share: 0.7 },
    { sector: null, ...rest },
  ])
  expect(sectorShares([one], { proposed: 0, written: 0, share: 0 })).toHaveLength(1)
})

test('something is never nothing, and less than all is never all', () => {
  expect([0, 0.001, 0.5, 0.999, 1].map((share) => percent(share, 'en'))).toEqual(['0%', '< 1%', '50%', '> 99%', '100%'])
})
