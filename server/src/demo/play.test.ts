import { contentOf, seedDocument } from '@cabildo/schema/content'
import { expect, test } from 'vitest'
import * as Y from 'yjs'
import { readMarkup } from './markup.ts'
import { type Desk, playStory, stagesOf } from './play.ts'
import { stories } from './seed.ts'
import type { Story } from './story.ts'

const textOf = (text: string) => ({ type: 'text', text })
const paragraph = (text: string) => ({ type: 'paragraph', content: [textOf(text)] })

test('the markup makes every block and mark the texts need', () => {
  const text = `
    ## Cómo

    Uno **dos** *tres* [cuatro](https://example.org).

    - a
    - b

    1. uno
    2. dos

    > Dicho.

    | A | B |
    | 1 | 2 |`
  const row = (type: string, ...cells: string[]) => ({
    type: 'tableRow',
    content: cells.map((cell) => ({ type, content: [paragraph(cell)] })),
  })
  const item = (words: string) => ({ type: 'listItem', content: [paragraph(words)] })

  expect(readMarkup(text)).toEqual([
    { type: 'heading', attrs: { level: 2 }, content: [textOf('Cómo')] },
    {
      type: 'paragraph',
      content: [
        textOf('Uno '),
        { ...textOf('dos'), marks: [{ type: 'bold' }] },
        textOf(' '),
        { ...textOf('tres'), marks: [{ type: 'italic' }] },
        textOf(' '),
        { ...textOf('cuatro'), marks: [{ type: 'link', attrs: { href: 'https://example.org' } }] },
        textOf('.'),
      ],
    },
    { type: 'bulletList', content: [item('a'), item('b')] },
    { type: 'orderedList', content: [item('uno'), item('dos')] },
    { type: 'blockquote', content: [paragraph('Dicho.')] },
    { type: 'table', content: [row('tableHeader', 'A', 'B'), row('tableCell', '1', '2')] },
  ])
})

function emptyDocument(title: string): Y.Doc {
  const doc = new Y.Doc()
  Y.applyUpdate(doc, seedDocument(title, 1))
  return doc
}

test('a text grows by sentences, in the place of the empty paragraph', () => {
  const content = contentOf(emptyDocument('T'))
  const stages = stagesOf(content, { by: 'gobierno', in: 'summary', write: 'Uno. Dos: tres.' })
  expect(stages.map(({ fields }) => fields.summary?.content)).toEqual([
    [paragraph('Uno. ')],
    [paragraph('Uno. Dos: ')],
    [paragraph('Uno. Dos: tres.')],
  ])
})

test('words that nobody wrote cannot be replaced', () => {
  const content = contentOf(emptyDocument('T'))
  expect(() => stagesOf(content, { by: 'gobierno', in: 'title', replace: 'X', with: 'Y' })).toThrow('does not say')
})

/** Plays without rooms: one document, a desk that hands it out. */
function playAlone(story: Story) {
  const doc = emptyDocument(story.title)
  const desk: Desk = { doc, saved: async () => undefined, sees: async () => undefined, leave: () => undefined }
  return playStory({ sitDown: async () => desk, keep: async () => undefined }, story).then((told) => ({ told, doc }))
}

test.each(stories)('$title: the document says exactly what the story tells', async (story) => {
  const { told, doc } = await playAlone(story)
  const { fields, facts } = contentOf(doc)
  for (const [name, field] of Object.entries(told.fields)) expect(plain(fields[name]), name).toEqual(plain(field))
  expect(facts).toEqual(told.facts)
})

/** Types and texts alone: the schema fills in attributes that the story leaves out. */
function plain(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value, (key, part) => (key === 'attrs' ? undefined : part)))
}
