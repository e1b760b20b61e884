import type { ImportPreview } from '@cabildo/protocol/http/imports'
import { targetsOf } from '@cabildo/schema/imported/targets'
import { ogpCommitment } from '@cabildo/schema/templates/ogp-commitment'
import { expect, test } from 'vitest'
import { mayBeWritten, proposedChoices } from './model.ts'

const content = { type: 'doc' as const, content: [] }
const preview: ImportPreview = {
  kind: 'markdown',
  parts: [
    { heading: 'Problema', target: 'field:problem', content },
    { heading: 'Resumen', target: 'field:summary', content },
    { heading: 'Título', target: 'field:title', content },
    { heading: 'Otra cosa', target: null, content },
  ],
  pictures: 0,
  targets: [
    { target: 'field:title', written: true, now: 'Agua' },
    { target: 'field:summary', written: false, now: '' },
    { target: 'field:problem', written: true, now: '' },
  ],
}

test('[IM21] a text is proposed after what stands', () => {
  const targets = targetsOf(ogpCommitment)
  expect(proposedChoices(preview, targets)).toEqual(['field:problem', 'field:summary', '', ''])
})

test('[IM30] a lost answer may have been a yes, a refusal was a no', () => {
  const doubtful = (['offline', 'unavailable', 'internal'] as const).map(mayBeWritten)
  expect(doubtful).toEqual([true, true, true])
  expect((['forbidden', 'frozen', 'invalid', 'too_large', 'not_found'] as const).map(mayBeWritten)).toEqual(
    Array(5).fill(false),
  )
})
