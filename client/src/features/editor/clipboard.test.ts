// @vitest-environment jsdom
import { fieldSchema } from '@cabildo/schema/document'
import { DOMParser as SchemaParser, Slice } from '@tiptap/pm/model'
import { expect, test } from 'vitest'
import { inOneLine } from './clipboard.ts'

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
