import { expect, test } from 'vitest'
import { hrefLimit, isSafeHref } from './link-policy.ts'

test.each([
  'https://chepo.gob.pa',
  'http://localhost:3000/a?b=c#d',
  'HTTPS://CHEPO.GOB.PA/',
  'https://es.wikipedia.org/wiki/Bayano_(río)',
  'https://xn--maana-pta.com',
  'mailto:alcaldia@chepo.gob.pa',
  'mailto:a@b.co?subject=Agua%20potable',
])('takes %s', (href) => {
  expect(isSafeHref(href)).toBe(true)
})

test.each([
  'javascript:alert(1)',
  'JaVaScRiPt:alert(1)',
  'java\tscript:alert(1)',
  'java\nscript:alert(1)',
  '\u0001javascript:alert(1)',
  ' javascript:alert(1)',
  '\u200bjavascript:alert(1)',
  'javascript&colon;alert(1)',
  'data:text/html,<script>alert(1)</script>',
  'vbscript:msgbox(1)',
  'file:///etc/passwd',
  'ftp://example.org',
  'blob:https://example.org/1',
  'tel:+50712345',
  '//evil.example',
  '/relative',
  'relative',
  '#anchor',
  '',
  'https:',
  'https://',
  'https:///evil.example',
  'https:evil.example',
  'https:\\\\evil.example',
  'https://evil.example\\@good.example',
  'https://exa mple.org',
  'https://example.org/\u0000',
  'https://example.org/\ud800',
  'mailto:',
  `https://example.org/${'a'.repeat(hrefLimit)}`,
])('refuses %j', (href) => {
  expect(isSafeHref(href)).toBe(false)
})

test.each([null, undefined, 1, {}, ['https://example.org'], { toString: () => 'https://example.org' }])(
  'refuses what is no text: %j',
  (value) => {
    expect(isSafeHref(value)).toBe(false)
  },
)
