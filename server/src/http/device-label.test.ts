import { expect, test } from 'vitest'
import { deviceLabel } from './device-label.ts'

test.each([
  [
    'Mozilla/5.0 (Linux; Android 14; Pixel 7) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0 Mobile Safari/537.36',
    'Chrome, Android',
  ],
  [
    'Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.5 Mobile/15E148 Safari/604.1',
    'Safari, iOS',
  ],
  ['Mozilla/5.0 (X11; Linux x86_64; rv:127.0) Gecko/20100101 Firefox/127.0', 'Firefox, Linux'],
  [
    'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0 Safari/537.36 Edg/126.0.0.0',
    'Microsoft Edge, Windows',
  ],
])('%s', (userAgent, label) => {
  expect(deviceLabel(userAgent)).toBe(label)
})

test('what says nothing, or far too much, has no label', () => {
  expect(['', undefined, '\u0000\u0001', 'x'.repeat(5000)].map(deviceLabel)).toEqual(Array(4).fill(undefined))
})

test('a label is short, whatever was sent', () => {
  for (const odd of ['curl/8.5.0', `Mozilla/5.0 ${'(((('.repeat(100)}`, `${'a'.repeat(300)}/1 (x)`]) {
    expect((deviceLabel(odd) ?? '').length).toBeLessThanOrEqual(60)
  }
})
