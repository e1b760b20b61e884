// @vitest-environment jsdom
import type { RecordStatus } from '@cabildo/protocol/http/witnesses'
import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { expect, test } from 'vitest'
import { queryKeys } from '../../lib/query-keys.ts'
import words from '../../locales/es/witnesses.json' with { type: 'json' }
import { openPage } from '../../testing/page.tsx'
import { Witnesses } from './witnesses.tsx'

const signed: RecordStatus = {
  key: 'plan.example.org/cocreacion+1a2b3c4d+AXw9',
  head: { size: 88, root: 'a'.repeat(64), at: '2026-03-28T15:04:06.000Z' },
  witnesses: [
    { name: 'kernel.example/testigo', vkey: 'k', last: { size: 88, at: '2026-03-28T15:04:30.000Z' } },
    { name: 'universidad.example/testigo', vkey: 'u', last: { size: 80, at: '2026-03-27T15:04:30.000Z' } },
    { name: 'diario.example/testigo', vkey: 'd', last: null },
  ],
  alarm: null,
}

const page = openPage({ witnesses: words })

function show(status: RecordStatus): HTMLElement {
  const answers = new QueryClient({ defaultOptions: { queries: { staleTime: Number.POSITIVE_INFINITY } } })
  answers.setQueryData(queryKeys.recordStatus, status)
  return page.draw(
    <QueryClientProvider client={answers}>
      <Witnesses />
    </QueryClientProvider>,
  )
}

test('[RC75] it says who else signed the record, and when', () => {
  const shown = show(signed)
  expect(shown.querySelector('[role=alert]')).toBeNull()
  expect(shown.textContent).toContain('Firmado también por 2 de 3 testigos.')
  const [kernel, university, newspaper] = [...shown.querySelectorAll('li')].map(({ textContent }) => textContent)
  expect(kernel).toMatch(/^Firmado también por kernel\.example\/testigo \(28 de marzo de 2026, .+\)\.$/)
  expect(university).toContain('Hasta la anotación 80; faltan 8 más nuevas.')
  // A time ends with a full stop of its own in Spanish.
  expect(shown.textContent).not.toContain('..')
  expect(newspaper).toBe('diario.example/testigo todavía no ha firmado.')
})

test('[RC75] with no witnesses it says so', () => {
  expect(show({ ...signed, witnesses: [] }).textContent).toContain('Por ahora nadie de fuera firma este registro.')
})

test.each([
  [{ kind: 'forked', size: 80, at: '2026-03-28T16:00:00.000Z' }, 'Hay dos registros distintos', '80 anotaciones'],
  [{ kind: 'lost', size: 99, at: '2026-03-28T16:00:00.000Z' }, 'le falta algo', '99 anotaciones'],
  [{ kind: 'stopped', size: 88, at: null }, 'ya no se firma', 'no coincide'],
] as const)('[RC76] %o is said as an alarm, in plain words', (alarm, what, more) => {
  const said = show({ ...signed, alarm }).querySelector('[role=alert]')
  expect(said?.textContent).toContain(what)
  expect(said?.textContent).toContain(more)
  expect(said?.textContent?.includes('Se sabe desde: 28 de marzo de 2026')).toBe(alarm.at !== null)
})
