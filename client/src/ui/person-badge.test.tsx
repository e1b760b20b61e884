// @vitest-environment jsdom
import type { Person } from '@cabildo/protocol/http/common'
import { expect, test } from 'vitest'
import { openPage } from '../testing/page.tsx'
import { People, PersonBadge } from './person-badge.tsx'

const page = openPage()

// Ids are made up; only their letters count.
const person = (id: string, name: string, group: object | null) => ({ id, name, group }) as Person
const group = { id: 'g', name: 'Vecindad de Tortí', sector: 'community' }
const people = [person('a', 'Ana Batista', group), person('b', '', group), person('c', '', null)]

test('[PR11] a badge tells who somebody is, or all that may be told, once', () => {
  page.draw(people.map((one) => <PersonBadge key={one.id} person={one} />))
  const badges = [...page.host.querySelectorAll('[role=img]')]
  expect(badges.map((badge) => [badge.ariaLabel, badge.getAttribute('data-initials')])).toEqual([
    ['Ana Batista, Vecindad de Tortí, Comunidad', 'AB'],
    ['Alguien de Vecindad de Tortí, Comunidad', 'VT'],
    ['Persona sin nombre', '?'],
  ])
})

test('[PR11] beside it stand the same words', () => {
  page.draw(people.map((one) => <PersonBadge key={one.id} person={one} named />))
  expect(page.host.textContent).toBe('Ana BatistaVecindad de TortíAlguien de Vecindad de TortíPersona sin nombre')
})

test('[PR11] who does not fit is named in words too', () => {
  page.draw(<People people={people} limit={2} label="Ahora" />)
  expect(page.host.querySelector('.cb-hidden')?.textContent).toBe(
    'y también Alguien de Vecindad de Tortí, Persona sin nombre',
  )
})

test('[PE12] that nobody verified a guest stands in words, once, whichever way one is drawn', () => {
  const guest = { ...person('d', 'Rosa Gil', group), unverified: true as const }
  page.draw(<PersonBadge person={guest} />)
  expect(page.host.querySelector('[role=img]')?.ariaLabel).toBe('Rosa Gil, Sin verificar, Vecindad de Tortí, Comunidad')
  page.draw(<PersonBadge person={guest} named />)
  expect(page.host.textContent).toBe('Rosa GilSin verificarVecindad de Tortí')
  page.draw(<People people={[...people, guest]} limit={2} label="Ahora" />)
  expect(page.host.querySelector('.cb-hidden')?.textContent).toContain('Rosa Gil (sin verificar)')
})
