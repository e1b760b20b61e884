import { expect, test } from 'vitest'
import { ariaKeys, fits, keyWords } from './block-tools.ts'
import { addressOf } from './link-sheet.tsx'

test.each([
  ['Mod-b', 'Ctrl+B', '⌘B', 'Control+b'],
  ['Mod-Shift-8', 'Ctrl+Mayús+8', '⌘⇧8', 'Control+Shift+8'],
  ['Mod-Alt-1', 'Ctrl+Alt+1', '⌘⌥1', 'Control+Alt+1'],
])('%s is printed on keyboards as %s and %s', (keys, pc, mac, aria) => {
  expect(keyWords(keys, false, 'Mayús')).toBe(pc)
  expect(keyWords(keys, true, 'Mayús')).toBe(mac)
  expect(ariaKeys(keys, false)).toBe(aria)
})

test('a line takes no tools, a milestone takes those for words', () => {
  expect([fits('words', 'line'), fits('blocks', 'milestones'), fits('words', 'milestones')]).toEqual([
    false,
    false,
    true,
  ])
  expect(fits('blocks', undefined)).toBe(false)
})

test.each([
  ['chepo.gob.pa', 'https://chepo.gob.pa'],
  [' https://www.antai.gob.pa/a?b=c ', 'https://www.antai.gob.pa/a?b=c'],
  ['datos@chepo.gob.pa', 'mailto:datos@chepo.gob.pa'],
  ['chepo.gob.pa:8080/x', 'https://chepo.gob.pa:8080/x'],
  ['javascript:alert(1)', undefined],
  ['hola', undefined],
  ['dos palabras', undefined],
  ['', undefined],
])('the address meant by %j is %j', (typed, address) => {
  expect(addressOf(typed)).toBe(address)
})
