import { expect, test } from 'vitest'
import { readDraftsSearch } from './search.ts'

test('a search names the list or one draft, or nothing', () => {
  expect(readDraftsSearch({ drafts: 'open', v: 1 })).toEqual({ drafts: 'open' })
  expect(readDraftsSearch({ drafts: 'AAAAAAAAAAAAAAAAAAAAAA' })).toEqual({ drafts: 'AAAAAAAAAAAAAAAAAAAAAA' })
  expect(readDraftsSearch({ drafts: '../x' })).toEqual({})
  expect(readDraftsSearch({ drafts: 7 })).toEqual({})
})
