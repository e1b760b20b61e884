import { expect, test } from 'vitest'
import { toLogin } from './to-login.ts'

test.each([
  ['/', {}],
  ['/plans/chepo?versions=open#x', { next: '/plans/chepo?versions=open#x' }],
  ['/login', {}],
  // Two parts of a page may both send people there: the second must not wrap what the first has said.
  ['/login?next=%2Fplans%2Fchepo%3Fversions%3Dopen', { next: '/plans/chepo?versions=open' }],
])('from %s people come back to where they were', (href, search) => {
  expect(toLogin(href)).toEqual({ to: '/login', search, replace: true })
})
