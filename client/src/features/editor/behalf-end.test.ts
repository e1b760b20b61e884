import { expect, test } from 'vitest'
import { endsBehalf } from './behalf-end.ts'

test('[WS54] only the end of the right ends typing for somebody; a text opened anew otherwise is still typed in for them', () => {
  const ends = (['forbidden', 'frozen', 'restored', 'refused'] as const).filter(endsBehalf)
  expect(ends).toEqual(['forbidden'])
})
