import type { CommitmentItem } from '@cabildo/protocol/http/api'
import type { Group } from '@cabildo/protocol/http/common'
import { expect, test } from 'vitest'
import { commitmentByNumber, inOrder, longestTitle, titleFault } from './model.ts'

test('a title must say something, and no more than the server takes', () => {
  expect(titleFault('')).toBe('empty')
  expect(titleFault(' \n ')).toBe('empty')
  expect(titleFault('Publicar las cuentas')).toBeUndefined()
  expect(titleFault('a'.repeat(longestTitle))).toBeUndefined()
  expect(titleFault(`  ${'a'.repeat(longestTitle)}  `)).toBeUndefined()
  expect(titleFault('a'.repeat(longestTitle + 1))).toBe('long')
})

test('a commitment is found by exactly its number', () => {
  // Only what is looked at; a whole commitment would say no more here.
  const commitments = [{ number: 1 }, { number: 12 }] as CommitmentItem[]
  expect(commitmentByNumber(commitments, '12')).toBe(commitments[1])
  for (const number of ['2', '01', '1.0', '', '1 ', 'uno'])
    expect(commitmentByNumber(commitments, number)).toBeUndefined()
})

test('groups stand by sector, government first, and by name inside a sector', () => {
  const group = (sector: string, name: string) => ({ sector, name }) as Group
  const named = [
    group('community', 'Zona este'),
    group('government', 'Municipio'),
    group('community', 'Ámbar'),
    group('civil_society', 'Kernel'),
  ]
  expect(inOrder(named, 'es').map(({ name }) => name)).toEqual(['Municipio', 'Kernel', 'Ámbar', 'Zona este'])
})
