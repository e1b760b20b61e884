import type { DraftItem } from '@cabildo/protocol/http/api'
import type { DraftId, UserId } from '@cabildo/protocol/ids'
import { expect, test } from 'vitest'
import { draftFileName, sortDrafts, writtenText } from './model.ts'

const draft = (id: string, dismissedAt: string | null): DraftItem => ({
  id: id as DraftId,
  reason: 'frozen',
  createdAt: '2026-03-28T15:04:05.000Z',
  author: { id: 'ana' as UserId, name: 'Ana', group: null },
  dismissedAt,
})

test('drafts that wait stand apart from those put away', () => {
  const { open, away } = sortDrafts([draft('a', null), draft('b', '2026-03-29T00:00:00.000Z'), draft('c', null)])
  expect(open.map((item) => item.id)).toEqual(['a', 'c'])
  expect(away.map((item) => item.id)).toEqual(['b'])
})

test('what was written is every block that came or changed, under its field', () => {
  const block = (kind: 'same' | 'added' | 'removed' | 'changed', before: string | null, after: string | null) => ({
    kind,
    path: 'paragraph',
    before,
    after,
    pieces: [],
  })
  const fields = [
    { field: 'summary', changed: false, blocks: [block('same', 'a', 'a')] },
    {
      field: 'problem',
      changed: true,
      blocks: [block('changed', 'uno', 'uno y dos'), block('removed', 'fuera', null), block('added', null, ' tres ')],
    },
    { field: 'other', changed: true, blocks: [block('added', null, 'cuatro')] },
  ]
  const labels = [{ name: 'problem', label: { es: 'El problema', en: 'The problem' } }]
  expect(writtenText({ fields }, labels, 'es')).toBe('El problema\n\nuno y dos\n\ntres\n\n\nother\n\ncuatro')
  expect(writtenText({ fields: fields.slice(0, 1) }, labels, 'en')).toBe('')
})

test('a file is named after its day', () => {
  expect(draftFileName('borrador', '2026-03-28T15:04:05.000Z')).toBe('borrador-2026-03-28-1504.txt')
})
