// @vitest-environment jsdom
import { fieldExtensions, fieldSchema } from '@cabildo/schema/document'
import { Editor } from '@tiptap/core'
import { DOMParser as SchemaParser, Slice } from '@tiptap/pm/model'
import { expect, test, vi } from 'vitest'
import { Clipboard, inOneLine } from './clipboard.ts'

test.each([
  ['<p>Cuentas <b>claras</b></p><p>para  todos</p>', 'Cuentas claras para todos'],
  ['<ul><li><p>uno</p></li><li><p>dos</p></li></ul>', 'uno dos'],
  ['<p>antes<br>después</p>', 'antes después'],
  ['<p></p>', ''],
])('%s goes into a line as %j', (html, line) => {
  const schema = fieldSchema('line')
  const body = new DOMParser().parseFromString(html, 'text/html').body
  const parsed = SchemaParser.fromSchema(fieldSchema('rich')).parse(body)
  const slice = inOneLine(new Slice(parsed.content, 1, 1), schema)
  expect(slice.content.textBetween(0, slice.content.size)).toBe(line)
  expect([slice.openStart, slice.openEnd]).toEqual([0, 0])
  for (const { isText, marks } of slice.content.content) expect([isText, marks]).toEqual([true, []])
})

test('what is pasted before its cleaner is here waits for it, and comes once and clean', async () => {
  // The test's browser has none; ProseMirror makes one for what it pastes itself.
  vi.stubGlobal('ClipboardEvent', class extends Event {})
  const element = document.createElement('div')
  document.body.append(element)
  const editor = new Editor({ element, extensions: [...fieldExtensions('rich'), Clipboard] })
  const data: Record<string, string> = {
    'text/html': '<p style="color:red">Cuentas <b>claras</b><script>alert(1)</script></p>',
    'text/plain': 'Cuentas claras',
  }
  const event = { clipboardData: { getData: (type: string) => data[type] ?? '', files: [], types: Object.keys(data) } }
  const { view } = editor
  const taken = view.someProp('handlePaste', (handle) => handle(view, event as unknown as ClipboardEvent, Slice.empty))
  expect([taken, editor.getText()]).toEqual([true, ''])
  await vi.waitFor(() => expect(editor.getText()).toBe('Cuentas claras'))
  expect(editor.getHTML()).toBe('<p>Cuentas <strong>claras</strong></p>')
  editor.destroy()
  vi.unstubAllGlobals()
})
