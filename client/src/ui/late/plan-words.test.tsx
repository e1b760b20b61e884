import { renderToStaticMarkup } from 'react-dom/server'
import { expect, test } from 'vitest'
import { PlanWords } from './plan-words.tsx'

test('the words of a plan say their language inside a sentence of the screens', () => {
  const sentence = (words: string) => `Approve: ${words} (version 3)`
  expect(renderToStaticMarkup(<PlanWords words="Agua para todos" of={sentence} />)).toBe(
    'Approve: <span lang="es">Agua para todos</span> (version 3)',
  )
  expect(renderToStaticMarkup(<PlanWords words="Agua" />)).toBe('<span lang="es">Agua</span>')
})
