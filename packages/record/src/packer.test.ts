import { unzipSync } from 'fflate'
import { expect, test } from 'vitest'
import { readArchive } from './archive.ts'
import { isAsPacked, readText } from './archive-files.ts'
import { concatAll, utf8 } from './bytes.ts'
import { nodePacking } from './cli/packing.ts'
import { crc32 } from './crc32.ts'
import { createPacker, type PackingTools, type Way } from './packer.ts'

const tools: readonly (readonly [string, PackingTools | undefined])[] = [
  ['everywhere', undefined],
  ['in Node', nodePacking],
]

function pack(files: readonly (readonly [string, Way, readonly string[]])[], using?: PackingTools) {
  const pieces: Uint8Array[] = []
  // What is given away may be used again by whoever made it.
  const packer = createPacker((piece) => pieces.push(Uint8Array.from(piece)), using)
  for (const [name, way, parts] of files) {
    packer.begin(name, way)
    for (const part of parts) packer.add(utf8(part))
  }
  packer.seal()
  return { bytes: concatAll(pieces), pieces }
}

const line = 'una línea más\n'

test.each(tools)(
  'RC175: an archive that is written piece by piece is read by us and by others, and is sealed: %s',
  (_, using) => {
    const parts = Array.from({ length: 50 }, (_, at) => line.repeat(at * 100))
    const { bytes } = pack(
      [
        ['empty', 'stored', []],
        ['hollow', 'deflated', []],
        ['as-it-is', 'stored', parts],
        ['one-piece', 'deflated', [line]],
        ['many/pieces', 'deflated', parts],
      ],
      using,
    )
    const archive = readArchive(bytes)
    expect(archive.seal).toBe('sound')
    const texts = Object.fromEntries([...archive.files].map(([name, file]) => [name, readText(file)]))
    const whole = parts.join('')
    expect(texts).toEqual({ empty: '', hollow: '', 'as-it-is': whole, 'one-piece': line, 'many/pieces': whole })
    expect([...archive.files.values()].every(isAsPacked)).toBe(true)
    const other = Object.entries(unzipSync(bytes)).map(([name, file]) => [name, new TextDecoder().decode(file)])
    expect(Object.fromEntries(other)).toEqual(texts)
  },
)

test.each(tools)('RC175: what was added is given away and not kept: %s', (_, using) => {
  const given = new Map<string, number>()
  let sum = 0
  const packer = createPacker((piece) => {
    sum += piece.length
  }, using)
  for (const way of ['stored', 'deflated'] as const) {
    packer.begin(way, way)
    const before = sum
    for (let at = 0; at < 40; at += 1) {
      // Nothing that deflating makes smaller.
      packer.add(crypto.getRandomValues(new Uint8Array(65_536)))
    }
    given.set(way, sum - before)
  }
  // All but the piece that is held, and what a deflating stream looks back at.
  expect(given.get('stored')).toBeGreaterThanOrEqual(40 * 65_536)
  expect(given.get('deflated')).toBeGreaterThanOrEqual(36 * 65_536)
})

test('RC14: more files than an archive may have are refused', () => {
  const packer = createPacker(() => undefined)
  for (let at = 0; at < 20_000; at += 1) packer.begin(`f${at}`, 'stored')
  expect(() => packer.begin('one-more', 'stored')).toThrow(RangeError)
})

test('CRC-32 is that of the others (ISO 3309, check value)', () => {
  expect(crc32(utf8('123456789'))).toBe(0xcbf43926)
  expect(crc32(utf8('6789'), crc32(utf8('12345')))).toBe(0xcbf43926)
})
