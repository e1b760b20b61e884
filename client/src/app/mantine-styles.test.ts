import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { expect, test } from 'vitest'

const source = join(import.meta.dirname, '..')
const sheets = dirname(createRequire(import.meta.url).resolve('@mantine/core/styles/Button.layer.css'))

const modules = readdirSync(source, { recursive: true, encoding: 'utf8' })
  .filter((file) => /\.(?:tsx?|css)$/.test(file) && !/\.test\.tsx?$/.test(file))
  .map((file) => ({ file, text: readFileSync(join(source, file), 'utf8') }))

const imported = new Set(
  modules.flatMap(({ text }) =>
    [...text.matchAll(/@mantine\/core\/styles\/([\w-]+)\.layer\.css/g)].map(([, name]) => name),
  ),
)

/** Parts that are made of other parts, and so need their sheets too. */
const madeOf: Record<string, string[]> = {
  Button: ['UnstyledButton'],
  ActionIcon: ['UnstyledButton', 'Loader'],
  CloseButton: ['UnstyledButton'],
  TextInput: ['Input'],
  Textarea: ['Input'],
  PasswordInput: ['Input', 'ActionIcon'],
  NativeSelect: ['Input'],
  NumberInput: ['Input'],
  Select: ['Input', 'Combobox', 'Popover', 'ScrollArea', 'CloseButton'],
  MultiSelect: ['Input', 'Combobox', 'Popover', 'ScrollArea', 'CloseButton', 'PillsInput', 'Pill'],
  TagsInput: ['Input', 'Combobox', 'Popover', 'ScrollArea', 'CloseButton', 'PillsInput', 'Pill'],
  Menu: ['Popover', 'UnstyledButton'],
  Popover: ['Popover'],
}

/** The Mantine parts a module imports by name. */
function partsOf(text: string): string[] {
  return [...text.matchAll(/import \{([^}]*)\} from '@mantine\/core'/g)].flatMap(([, names = '']) =>
    names
      .split(',')
      .map((name) => name.trim())
      .filter((name) => /^[A-Z]/.test(name)),
  )
}

test('every Mantine part on a screen brings its sheets', () => {
  const missing = modules.flatMap(({ file, text }) =>
    partsOf(text)
      .flatMap((part) => [part, ...(madeOf[part] ?? [])])
      .filter((part) => existsSync(join(sheets, `${part}.layer.css`)) && !imported.has(part))
      .map((part) => `${file} needs @mantine/core/styles/${part}.layer.css`),
  )
  expect(missing).toEqual([])
})

test('no sheet comes without its layer: it would outrank our own rules', () => {
  const bare = modules.filter(({ text }) => /@mantine\/core\/styles(?:\/(?![\w-]+\.layer)[\w-]+)?\.css/.test(text))
  expect(bare.map(({ file }) => file)).toEqual([])
})
