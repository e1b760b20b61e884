import { readSpokenCode, showSpokenCode, spokenCode } from '@cabildo/protocol/spoken-code'

/** How long a workshop lasts: when nobody says, and at most. The database counts, against its own clock. */
export const duration = { usual: '6 hours', most: '24 hours' } as const

/** How many people may share one device. A table passes one phone round; beyond this something else is going on. */
export const mostOnDevice = 20

const codeLength = 8

/** How many random bytes a spoken code carries: 40 bits, five for each of its eight signs. */
export const codeBytes = 5

/** Five bytes as the eight signs of a spoken code. */
export function codeOf(bytes: Uint8Array): string {
  return spokenCode(bytes.subarray(0, codeBytes), codeLength)
}

/** A code as it is shown and read out: `7QKX-2M4T`. */
export const showCode = showSpokenCode

/** The code somebody meant, see `readSpokenCode`; undefined when it can be none. */
export function readCode(typed: string): string | undefined {
  return readSpokenCode(typed, codeLength)
}
