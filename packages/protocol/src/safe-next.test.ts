import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { safeNext } from './safe-next.ts'

describe('safeNext', () => {
  test.each(['/', '/plans/chepo', '/plans/chepo/commitments/2?versions=open#milestones', '/búsqueda'])(
    'goes to %s, a path of ours',
    (next) => expect(safeNext(next)).toBe(next),
  )

  test.each([
    undefined,
    7,
    '',
    'plans',
    'https://evil.example',
    'javascript:alert(1)',
    '//evil.example',
    '/\\evil.example',
    '\\/evil.example',
    '/\t/evil.example',
    '/\n/evil.example',
    '/plans\\..\\evil',
    ' /plans',
    '/plans chepo',
  ])('goes home instead of to %j', (next) => expect(safeNext(next)).toBe('/'))

  test('whatever is asked, the browser stays on this site', () => {
    const site = 'https://cabildo.example'
    const tricky = fc.string({
      unit: fc.constantFrom('/', '\\', '\t', '\n', ' ', ':', '@', '.', 'a', 'é', '?', '#', '%'),
    })
    fc.assert(
      fc.property(tricky, (next) => {
        expect(new URL(safeNext(next), site).origin).toBe(site)
      }),
      { numRuns: 5000 },
    )
  })
})
