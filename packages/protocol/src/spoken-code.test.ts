import { expect, test } from 'vitest'
import { readReceiptCode } from './receipt-code.ts'
import { readSpokenCode, showSpokenCode, spokenCode } from './spoken-code.ts'

test('a code shows the first bits of its bytes, five a sign', () => {
  expect(spokenCode(new Uint8Array(5), 8)).toBe('00000000')
  expect(spokenCode(new Uint8Array(8).fill(255), 12)).toBe('ZZZZZZZZZZZZ')
  // 00001 00010 00011 …: the signs 1, 2, 3.
  expect(spokenCode(Uint8Array.of(0b00001000, 0b10000110), 3)).toBe('123')
  expect(() => spokenCode(new Uint8Array(7), 12)).toThrow(RangeError)
})

test('[RC81] it is read in any letters, with O for 0 and I or L for 1, and shown in fours', () => {
  expect(readReceiptCode(' 7qkx–2m4t 9hjo')).toBe('7QKX2M4T9HJ0')
  expect(readSpokenCode('il.O1', 4)).toBe('1101')
  for (const none of ['', '7QKX2M4T9HJ', '7QKX2M4T9HJ33', '7QKX2M4T9HJU']) expect(readReceiptCode(none)).toBeUndefined()
  expect(showSpokenCode('7QKX2M4T9HJ3')).toBe('7QKX-2M4T-9HJ3')
  expect(showSpokenCode('7QKX2M4T')).toBe('7QKX-2M4T')
})
