import { randomBytes } from 'node:crypto'
import { zipSync } from 'fflate'
import { describe, expect, test } from 'vitest'
import { ArchiveError, type ArchiveFile, readArchive } from './archive.ts'
import { isAsPacked, readLines, readText, readWhole } from './archive-files.ts'
import { packFiles } from './bundle.ts'
import { utf8 } from './bytes.ts'

const fileOf = (bytes: Uint8Array, name: string): ArchiveFile => {
  const file = readArchive(bytes).files.get(name)
  if (!file) throw new Error(`no ${name}`)
  return file
}
const patch = (bytes: Uint8Array, at: number, ...values: number[]) => {
  const changed = Uint8Array.from(bytes)
  changed.set(values, at)
  return changed
}
const randomText = (length: number) =>
  Array.from(randomBytes(length / 2), (byte) => byte.toString(16).padStart(2, '0')).join('')
/** Where a signature stands for the last time. */
const lastOf = (bytes: Uint8Array, ...signature: number[]) => Buffer.from(bytes).lastIndexOf(Uint8Array.from(signature))

describe('archives from anybody', () => {
  const text = 'línea\n'.repeat(20_000)
  const files = new Map([
    ['a.txt', utf8(text)],
    ['b/c.txt', utf8('x\n')],
  ])
  const bytes = packFiles(files, (name) => (name === 'a.txt' ? 'deflated' : 'stored'))

  test('RC14: are read back piece by piece, stored or deflated', () => {
    expect(readArchive(bytes).seal).toBe('sound')
    expect(readText(fileOf(bytes, 'a.txt'))).toBe(text)
    expect(readText(fileOf(bytes, 'b/c.txt'))).toBe('x\n')
    expect([...readLines(fileOf(bytes, 'a.txt'), 100)]).toHaveLength(20_000)
    expect([...readArchive(bytes).files.values()].every(isAsPacked)).toBe(true)
  })

  test('RC14: of other programs are read too, with folders in them', () => {
    const other = zipSync({ folder: { 'x.txt': utf8('x') }, 'empty/': new Uint8Array() })
    expect(readArchive(other).seal).toBe('missing')
    expect([...readArchive(other).files.keys()]).toEqual(['folder/x.txt'])
  })

  test.each(['../x', '/x', 'a//b', 'a/../b', '.hidden', 'a\\b', 'a/b/c/d/e', 'ñ'])(
    'RC14: do not hold a file called %s',
    (name) => {
      expect(() => readArchive(zipSync({ [name]: utf8('x') }))).toThrow(ArchiveError)
    },
  )

  test('RC14: do not hold a file twice, files that overlap, or encrypted ones', () => {
    const two = zipSync({ 'a.txt': utf8('xxxx'), 'b.txt': utf8('xxxx') }, { level: 0 })
    const first = Buffer.from(two).indexOf(Uint8Array.of(0x50, 0x4b, 1, 2))
    const second = lastOf(two, 0x50, 0x4b, 1, 2)
    expect(() => readArchive(patch(two, second + 46, 0x61))).toThrow(ArchiveError)
    const inner = two.subarray(Buffer.from(two).lastIndexOf(Uint8Array.of(0x50, 0x4b, 3, 4)), first)
    const outer = zipSync({ 'a.txt': inner, 'b.txt': utf8('xxxx') }, { level: 0 })
    expect(() => readArchive(patch(outer, lastOf(outer, 0x50, 0x4b, 1, 2) + 42, 35))).toThrow('files overlap')
    expect(() => readArchive(patch(two, first + 8, 1))).toThrow(ArchiveError)
    expect(() => readArchive(patch(two, first + 10, 12))).toThrow(ArchiveError)
  })

  test('RC14: a bomb is refused by its directory, and one that lies there stops where it lies', () => {
    const zeros = new Uint8Array(70 * 1024 * 1024)
    const bomb = zipSync({ 'a.txt': zeros })
    expect(() => readArchive(bomb)).toThrow('too large')
    const directory = lastOf(bomb, 0x50, 0x4b, 1, 2)
    const liar = patch(bomb, directory + 24, 0, 4, 0, 0)
    const file = fileOf(liar, 'a.txt')
    let given = 0
    expect(() => {
      for (const chunk of file.chunks()) given += chunk.length
    }).toThrow('longer than its directory says')
    expect(given).toBeLessThanOrEqual(1024)
  })

  test('RC14: a small file that is longer or shorter than its directory says is damaged, as a large one is', () => {
    for (const text of ['hola, hola, hola\n', randomText(400_000)]) {
      const bytes = zipSync({ 'a.txt': utf8(text) })
      expect(readText(fileOf(bytes, 'a.txt'))).toBe(text)
      const size = lastOf(bytes, 0x50, 0x4b, 1, 2) + 24
      const says = (length: number) => patch(bytes, size, length & 255, (length >> 8) & 255, length >> 16, 0)
      expect(() => readText(fileOf(says(text.length - 1), 'a.txt'))).toThrow('longer than its directory says')
      expect(() => readText(fileOf(says(text.length + 1), 'a.txt'))).toThrow('shorter than its directory says')
      // A first block of a kind that there is not.
      expect(() => readText(fileOf(patch(bytes, 30 + 'a.txt'.length, 7), 'a.txt'))).toThrow('cannot be unpacked')
    }
    expect(readWhole(fileOf(zipSync({ 'a.txt': new Uint8Array() }), 'a.txt'))).toHaveLength(0)
  })

  test('RC14: lines have a longest length and all end', () => {
    const lines = zipSync({ long: utf8(`${'x'.repeat(101)}\n`), open: utf8('a\nb'), odd: Uint8Array.of(0xff, 10) })
    for (const name of ['long', 'open', 'odd']) {
      expect(() => [...readLines(fileOf(lines, name), 100)]).toThrow(ArchiveError)
    }
    expect(readWhole(fileOf(lines, 'odd'))).toEqual(Uint8Array.of(0xff, 10))
  })

  test('RC15: a seal is broken by another byte anywhere before it, and names the file', () => {
    const inFile = Buffer.from(bytes).lastIndexOf('x\n')
    const archive = readArchive(patch(bytes, inFile, 0x79))
    expect(archive.seal).toBe('broken')
    expect([...archive.files.values()].filter((file) => !isAsPacked(file)).map(({ name }) => name)).toEqual(['b/c.txt'])
    const directory = lastOf(bytes, 0x50, 0x4b, 1, 2)
    expect(readArchive(patch(bytes, directory + 12, 0xff)).seal).toBe('broken')
    expect(readArchive(patch(bytes, bytes.length - 1, 0x78)).seal).toBe('broken')
  })
})
