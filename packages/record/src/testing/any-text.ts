import fc from 'fast-check'

/**
 * Any character but half a surrogate pair. As `unit` of fast-check's strings it gives what `binary` gives, names of JavaScript's
 * own as `__proto__` among it, without the more than a second that each process spends there on a list of all characters.
 */
export const anyCharacter: fc.Arbitrary<string> = fc
  .integer({ min: 0, max: 0x10ffff - 0x800 })
  .map((place) => String.fromCodePoint(place < 0xd800 ? place : place + 0x800), placeOf)

/** Where a character is among all; with this way back fast-check knows that a name consists of such. */
function placeOf(character: unknown): number {
  const point = typeof character === 'string' ? (character.codePointAt(0) ?? -1) : -1
  const isOne = point >= 0 && String.fromCodePoint(point) === character && (point < 0xd800 || point > 0xdfff)
  if (!isOne) throw new Error('not one character')
  return point < 0xd800 ? point : point - 0x800
}
