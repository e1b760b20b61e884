import type { ProposalHunk } from '@cabildo/protocol/http/proposals'
import { labelNamed } from '@cabildo/schema/templates/labels'
import { expect, test } from 'vitest'
import { placesTold } from './parts.ts'

const part = (number: number, field: string, before: string, after: string, blank = false): ProposalHunk => {
  const words = (text: string) => [{ type: 'text', text }]
  const hunk = { number, field, blank, kind: 'text', target: 'words', before: words(before), after: words(after) }
  return { ...hunk, state: 'accepted', fits: false, places: [] } as ProposalHunk
}

test('what was decided on is told by its field, and by its words where another part is in the same field', () => {
  const [summary, problem] = [labelNamed('summary')?.es, labelNamed('problem')?.es]
  const all = [
    part(1, 'summary', 'preguntar', 'consultar'),
    part(2, 'summary', 'una obra', 'obra'),
    part(3, 'problem', 'poco', 'mucho'),
    part(4, 'summary', '', '', true),
  ]
  expect(placesTold(all, [3], 'es')).toBe(problem)
  expect(placesTold(all, [1, 3], 'es')).toBe(`${summary} «consultar», ${problem}`)
  expect(placesTold(all, [1, 2, 4], 'es')).toBe(summary)
  expect(placesTold(all, [2], 'es')).toBe(`${summary} «una»`)
  expect(placesTold(all, [4], 'es')).toBe(summary)
  expect(placesTold([part(1, 'summary', '', 'x'.repeat(50)), part(2, 'summary', 'a', 'b')], [1], 'es')).toBe(
    `${summary} «${'x'.repeat(40)}…»`,
  )
})
