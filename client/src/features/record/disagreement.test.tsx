// @vitest-environment jsdom
import type { RecordHead } from '@cabildo/protocol/http/record'
import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { createMemoryHistory, createRootRoute, createRouter, RouterContextProvider } from '@tanstack/react-router'
import { expect, test } from 'vitest'
import words from '../../locales/es/record.json' with { type: 'json' }
import { openPage } from '../../testing/page.tsx'
import { recordHeadQuery } from './api.ts'
import { Disagreement } from './disagreement.tsx'

const page = openPage({ record: words })

function show(disagreement: RecordHead['disagreement'] | undefined): HTMLElement {
  const answers = new QueryClient({ defaultOptions: { queries: { staleTime: Number.POSITIVE_INFINITY } } })
  answers.setQueryData(recordHeadQuery('chepo').queryKey, {
    key: 'k',
    signed: null,
    seq: 8,
    last: 8,
    disagreement,
  } as RecordHead)
  const router = createRouter({ routeTree: createRootRoute(), history: createMemoryHistory() })
  return page.draw(
    <QueryClientProvider client={answers}>
      {/* The program's own router is another type: here a link needs no more than its address. */}
      <RouterContextProvider router={router as never}>
        <Disagreement slug="chepo" />
      </RouterContextProvider>
    </QueryClientProvider>,
  )
}

test('[RC118] what is something else than the record is an alarm, since when, with the way to the entry', () => {
  const shown = show({ since: '2026-03-28T15:04:06.000Z', kind: 'version', entry: 4, documentId: null })
  const alarm = shown.querySelector('[role=alert]')
  expect(alarm?.textContent).toMatch(/Desde 28 de marzo de 2026.* el registro no coincide con la base de datos\./)
  expect(alarm?.textContent).not.toContain('..')
  expect(alarm?.textContent).toContain('La versión guardada no es la de la anotación 4')
  expect(alarm?.querySelector('a')?.getAttribute('href')).toBe('/plans/chepo/record?entry=4')
})

test('[RC118] where no entry holds it, it says what is there too much or missing', () => {
  const shown = show({ since: '2026-03-28T15:04:06.000Z', kind: 'head', entry: null, documentId: null })
  expect(shown.querySelector('[role=alert]')?.textContent).toContain('al final de un texto')
  expect(shown.querySelector('a')).toBeNull()
})

test('[RC118] nothing is said while they agree, nor where an older program answered', () => {
  expect(show(null).textContent).toBe('')
  expect(show(undefined).textContent).toBe('')
})
