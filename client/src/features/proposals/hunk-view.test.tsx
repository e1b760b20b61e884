import type { JsonNode } from '@cabildo/schema/content'
import i18next from 'i18next'
import { renderToStaticMarkup } from 'react-dom/server'
import { I18nextProvider, initReactI18next } from 'react-i18next'
import { expect, test } from 'vitest'
import english from '../../locales/en/proposals.json' with { type: 'json' }
import spanish from '../../locales/es/proposals.json' with { type: 'json' }
import { HunkView } from './hunk-view.tsx'

const milestone = (due: string): JsonNode => ({
  type: 'milestone',
  attrs: { due },
  content: [
    { type: 'milestoneTitle', content: [{ type: 'text', text: 'Cavar el pozo' }] },
    { type: 'milestoneOutputs', content: [] },
  ],
})

/** A hunk, drawn on screens of a language. */
async function drawn(lng: 'es' | 'en', hunk: React.ComponentProps<typeof HunkView>): Promise<string> {
  const i18n = i18next.createInstance()
  await i18n.use(initReactI18next).init({ lng, resources: { es: { proposals: spanish }, en: { proposals: english } } })
  return renderToStaticMarkup(
    <I18nextProvider i18n={i18n}>
      <HunkView {...hunk} />
    </I18nextProvider>,
  )
}

/** What is read of a milestone whose day is to be another. */
async function read(lng: 'es' | 'en'): Promise<string> {
  const [before, after] = [[milestone('2027-06-15')], [milestone('2027-09-30')]]
  const html = await drawn(lng, { kind: 'milestone', field: 'milestones', before, after })
  return html
    .replaceAll(/<[^>]*>/g, ' ')
    .replaceAll(/\s+/g, ' ')
    .trim()
}

test('days of milestones are told in words of the language, each as a whole, and their field once', async () => {
  const { removed, added } = english
  expect(await read('en')).toBe(`Milestones · Cavar el pozo Due: ${removed} 15 June 2027 ${added} 30 September 2027`)
  expect(await read('es')).toBe(
    `Hitos · Cavar el pozo Se cumple: ${spanish.removed} 15 de junio de 2027 ${spanish.added} 30 de septiembre de 2027`,
  )
})

test('words of the plan are told in its language on screens of another, and what the screens say is not', async () => {
  const words = (text: string) => [{ type: 'text', text }]
  const html = await drawn('en', { kind: 'text', field: 'problem', before: words('agua'), after: words('luz') })
  expect(html).toContain('<span lang="es">agua</span></del>')
  expect(html).toContain('<span lang="es">luz</span></ins>')
  expect(html).toContain(`<span class="cb-hidden">${english.removed} </span>`)
})

test('of several in a fact those that stay are told once', async () => {
  const html = await drawn('es', {
    ...{ kind: 'fact', field: 'supportCivilSociety' },
    ...{ before: ['Comités de agua'], after: ['Comités de agua', 'Grupo de pescadores'] },
  })
  expect(html).not.toContain('<del')
  expect(html.split('Comités de agua')).toHaveLength(2)
  expect(html).toMatch(/<ins.*Grupo de pescadores/)
})
