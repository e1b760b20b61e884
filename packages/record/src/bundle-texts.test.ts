import { expect, test } from 'vitest'
import { readmeText, redactionsText } from './bundle-texts.ts'
import type { Entry } from './entry.ts'

test('RC12: the README names log, size, head and key in both languages, and its title is a title only', () => {
  const plan = { id: 'p', slug: 'p', title: 'Plan <b>\n# x' }
  const text = readmeText({ plan, origin: 'o.example/log', size: 9, head: { seq: 4, hash: 'ab' } }, 'o+1+2')
  expect(text.split('\n')[0]).toBe('# Plan \\<b\\> \\# x')
  expect(text.match(/`o\.example\/log`, 9 /g)).toHaveLength(2)
  expect(text.match(/: 4\. [^`]+`ab`/g)).toHaveLength(2)
  expect(text.match(/`o\+1\+2`/g)).toHaveLength(2)
})

test('RC12: redactions are told one a line', () => {
  const entry: Entry = {
    v: 1,
    type: 'redaction',
    plan: 'p',
    seq: 4,
    prev: 'ab'.repeat(32),
    at: '2026-11-26T12:00:00.000Z',
    actor: { pid: 'abcdefghijklmnop', side: null, role: 'coordinator' },
    refs: [1, 2],
  }
  expect(redactionsText([])).toContain('Nothing was taken out.')
  expect(
    redactionsText([{ entry, basis: 'Ley 81 | a\nb' }])
      .split('\n')
      .at(-2),
  ).toBe('| 4 | 2026-11-26T12:00:00.000Z | redaction | coordinator `abcdefghijklmnop` | 1, 2 | Ley 81 \\| a b |')
})
