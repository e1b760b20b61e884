import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { replacePart, writeReport } from './keep.ts'

test('a part of the page is replaced, and nothing around it', () => {
  const page = 'before\n<!-- bench:rooms -->\nold\n<!-- /bench:rooms -->\nafter'
  const once = replacePart(page, 'rooms', 'new\n')
  expect(once).toBe('before\n<!-- bench:rooms -->\n\nnew\n\n<!-- /bench:rooms -->\nafter')
  expect(replacePart(once, 'rooms', 'new')).toBe(once)
  expect(() => replacePart(page, 'client', 'x')).toThrow('no place for client')
})

test('a report keeps five digits, and says "never" where JSON has no word', () => {
  const folder = mkdtempSync(join(tmpdir(), 'cabildo-bench-'))
  const file = join(folder, 'report.json')
  writeReport(file, { a: 1.23456789, b: Number.POSITIVE_INFINITY, c: Number.NaN, d: 'x', e: 259_778 })
  expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual({ a: 1.2346, b: 'never', c: null, d: 'x', e: 259_778 })
  rmSync(folder, { recursive: true })
})
