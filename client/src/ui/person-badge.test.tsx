// @vitest-environment jsdom
import type { Person } from '@cabildo/protocol/http/common'
import i18next from 'i18next'
import { act, type ReactNode } from 'react'
import { createRoot, type Root } from 'react-dom/client'
import { I18nextProvider, initReactI18next } from 'react-i18next'
import { afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import common from '../locales/es/common.json' with { type: 'json' }
import { People, PersonBadge } from './person-badge.tsx'

const i18n = i18next.createInstance()
let root: Root
let host: HTMLElement
beforeAll(async () => {
  await i18n.use(initReactI18next).init({ lng: 'es', defaultNS: 'common', resources: { es: { common } } })
  Object.assign(globalThis, { IS_REACT_ACT_ENVIRONMENT: true })
})
beforeEach(() => {
  host = document.createElement('div')
  document.body.append(host)
  root = createRoot(host)
})
afterEach(() => {
  act(() => root.unmount())
  host.remove()
})
const draw = (node: ReactNode) => act(() => root.render(<I18nextProvider i18n={i18n}>{node}</I18nextProvider>))

// Ids are made up; only their letters count.
const person = (id: string, name: string, group: object | null) => ({ id, name, group }) as Person
const group = { id: 'g', name: 'Vecindad de Tortí', sector: 'community' }
const people = [person('a', 'Ana Batista', group), person('b', '', group), person('c', '', null)]

test('[PR11] a badge tells who somebody is, or all that may be told, once', () => {
  draw(people.map((one) => <PersonBadge key={one.id} person={one} />))
  const badges = [...host.querySelectorAll('[role=img]')]
  expect(badges.map((badge) => [badge.ariaLabel, badge.getAttribute('data-initials')])).toEqual([
    ['Ana Batista, Vecindad de Tortí, Comunidad', 'AB'],
    ['Alguien de Vecindad de Tortí, Comunidad', 'VT'],
    ['Persona sin nombre', '?'],
  ])
})

test('[PR11] beside it stand the same words', () => {
  draw(people.map((one) => <PersonBadge key={one.id} person={one} named />))
  expect(host.textContent).toBe('Ana BatistaVecindad de TortíAlguien de Vecindad de TortíPersona sin nombre')
})

test('[PR11] who does not fit is named in words too', () => {
  draw(<People people={people} limit={2} label="Ahora" />)
  expect(host.querySelector('.cb-hidden')?.textContent).toBe(
    'y también Alguien de Vecindad de Tortí, Persona sin nombre',
  )
})

test('[PE12] that nobody verified a guest stands in words, once, whichever way one is drawn', () => {
  const guest = { ...person('d', 'Rosa Gil', group), unverified: true as const }
  draw(<PersonBadge person={guest} />)
  expect(host.querySelector('[role=img]')?.ariaLabel).toBe('Rosa Gil, Sin verificar, Vecindad de Tortí, Comunidad')
  draw(<PersonBadge person={guest} named />)
  expect(host.textContent).toBe('Rosa GilSin verificarVecindad de Tortí')
  draw(<People people={[...people, guest]} limit={2} label="Ahora" />)
  expect(host.querySelector('.cb-hidden')?.textContent).toContain('Rosa Gil (sin verificar)')
})
