import type { GroupId } from '@cabildo/protocol/ids'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { mostInvited, type PasteContext, readPasted } from './paste.ts'

const group = (name: string) => ({ id: name as GroupId, name })
const context: PasteContext = {
  role: 'participant',
  groups: [
    group('Kernel Community'),
    group('Municipio de Chepo'),
    group('Junta comunal de Tortí'),
    group('Junta comunal de Cañita'),
  ],
  known: {
    members: [{ name: 'Iván Castillo', email: 'gobierno@demo.cabildo.test' }],
    invited: [{ name: 'Rosa Him', email: null }],
  },
}
const read = (text: string) => readPasted(text, context)
const brief = (text: string) =>
  read(text).map(({ name, email, role, group: one, fault, hint }) => [
    name,
    email,
    role,
    one?.name ?? null,
    fault?.kind,
    hint,
  ])

describe('a list that was pasted', () => {
  test.each([
    ['a spreadsheet', 'Ana Batista\tana@example.org\tRedacción\tKernel Community'],
    ['semicolons', 'Ana Batista; ana@example.org; redactora; kernel community'],
    ['commas, in another order', 'Ana Batista, Kernel, drafter, ana@example.org'],
    ['a mail program', 'Ana Batista <ana@example.org>, drafter, kernel'],
    ['a WhatsApp message', '[28/11/26, 3:04 p. m.] Marta: Ana Batista - ana@example.org - redacta - Kernel'],
    ['a numbered list with a phone', '1. Ana Batista, +507 6123-4567, ana@example.org, REDACCION, Kernel'],
  ])('is understood from %s', (_, line) => {
    expect(brief(line)).toEqual([
      ['Ana Batista', 'ana@example.org', 'drafter', 'Kernel Community', undefined, undefined],
    ])
  })

  test('needs no more than a name; the rest is as chosen for all', () => {
    expect(brief('• Julia Pérez')).toEqual([['Julia Pérez', null, 'participant', null, undefined, undefined]])
  })

  test('may have a heading, empty lines, and names with a comma', () => {
    const text = 'Nombre,Correo electrónico,Papel,Grupo\n\n"Batista, Ana",ana@example.org,Aval,\r\n  \nLuis,,,\n'
    expect(brief(text)).toEqual([
      ['Batista, Ana', 'ana@example.org', 'endorser', null, undefined, undefined],
      ['Luis', null, 'participant', null, undefined, undefined],
    ])
    expect(read(text).map(({ number }) => number)).toEqual([3, 5])
  })

  test.each([
    ['ana@example.org', { kind: 'noName' }],
    ['a'.repeat(81), { kind: 'nameLong' }],
    ['Ana, ana@example', { kind: 'badEmail', word: 'ana@example' }],
    ['Ana, Los Amigos', { kind: 'unknown', word: 'Los Amigos' }],
    ['Ana, Junta comunal', { kind: 'manyGroups', word: 'Junta comunal' }],
    ['Ana, aval, monitor', { kind: 'twoRoles', word: 'monitor' }],
  ])('names what is wrong with %j', (line, fault) => expect(read(line)[0]?.fault).toEqual(fault))

  test('hints at people who stand there twice, take part already or are invited', () => {
    const text = 'Ana, a@example.org\nAna B, A@example.org\nana\nIván C., GOBIERNO@demo.cabildo.test\nRosa Him'
    expect(read(text).map(({ hint }) => hint)).toEqual([undefined, 'sameEmail', 'sameName', 'member', 'invited'])
  })

  test('ends at what the server takes at once', () => {
    const faults = read('Ana\n'.repeat(mostInvited + 2)).map(({ fault }) => fault?.kind)
    expect(faults.filter((kind) => kind === 'tooMany')).toHaveLength(2)
    expect(faults.indexOf('tooMany')).toBe(mostInvited)
  })

  test('whatever is pasted, a line without a fault can be sent', () => {
    const part = fc.string({
      unit: fc.constantFrom('a', 'Á', '@', '.', ',', ';', '\t', '"', '<', '>', ' ', '[', ']', ':', '-'),
    })
    fc.assert(
      fc.property(part, (text) => {
        for (const { name, email, fault } of read(text)) {
          if (fault) continue
          expect(name.trim()).toBe(name)
          expect(name.length).toBeGreaterThan(0)
          if (email !== null) expect(email).toMatch(/^[^\s@]+@[^\s@]+\.[^\s@]+$/)
        }
      }),
      { numRuns: 2000 },
    )
  })
})
