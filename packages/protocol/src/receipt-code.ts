import { readSpokenCode } from './spoken-code.ts'

/** Signs of a receipt's code: 60 bits. It is good for ever, and must not be found by trying. */
export const receiptCodeLength = 12

/** The code of a receipt somebody meant, in any letters, with or without dashes and blanks; undefined when it can be none. */
export function readReceiptCode(typed: string): string | undefined {
  return readSpokenCode(typed, receiptCodeLength)
}
