import type { RecordItem } from '@cabildo/protocol/http/record'
import { entryTypes } from '@cabildo/record/entry-types'
import { describe, expect, test } from 'vitest'
import { type Names, tell } from './sentences.ts'
import { types } from './use-type-words.ts'

const names: Names = {
  who: (actor) => actor?.pid ?? 'program',
  person: (pid, inside) => `${inside ? 'in ' : ''}${pid}`,
  behalf: ({ pid }) => `for ${pid}`,
  group: (id) => (id === undefined ? 'none' : `group ${id}`),
  role: (role) => (role === undefined ? '' : `role ${role}`),
  state: (state) => String(state),
  planState: (state) => String(state),
  sector: (sector) => `sector ${sector}`,
  text: (document) => document?.title ?? 'no text',
  type: (type) => `kind ${type}`,
  noBasis: 'no reason',
}

const item = (type: string, details: RecordItem['details'], more: Partial<RecordItem> = {}): RecordItem => ({
  seq: 2,
  type,
  at: '2026-03-28T15:04:05.000Z',
  actor: { pid: 'ana', person: null, role: null, side: null },
  behalf: null,
  group: null,
  document: { id: 'd1', number: 1, title: 'Agua' } as RecordItem['document'],
  details,
  erased: false,
  hash: '',
  index: 1,
  ...more,
})
const told = (...given: Parameters<typeof item>) => {
  const { key, values } = tell(item(...given), names)
  return [key, values] as const
}
const who = 'ana'

describe('[RC130] an entry is told in one sentence', () => {
  test.each([
    ['plan', { title: 'Chepo' }, ['tell.planChanged', { who, title: 'Chepo' }]],
    [
      'group',
      { name: 'Kernel', sector: 'community' },
      ['tell.group', { who, name: 'Kernel', sector: 'sector community' }],
    ],
    ['workshop', { kind: 'opened', title: 'Tortí' }, ['tell.workshopOpened', { who, title: 'Tortí' }]],
    ['workshop', { kind: 'changed', endsAt: 'x' }, ['tell.workshopChanged', { who }]],
    ['workshop', { kind: 'closed' }, ['tell.workshopClosed', { who }]],
    ['update-batch', { updates: 3, from: 1, to: 3 }, ['tell.wrote', { who, text: 'Agua', count: 3 }]],
    [
      'version',
      { kind: 'named', number: 3, name: 'Después' },
      ['tell.versionNamed', { who, text: 'Agua', number: '3', name: 'Después' }],
    ],
    ['version', { kind: 'automatic', number: 4 }, ['tell.versionAutomatic', { who, text: 'Agua', number: '4' }]],
    [
      'version',
      { kind: 'before_restore', number: 5 },
      ['tell.versionBeforeRestore', { who, text: 'Agua', number: '5' }],
    ],
    [
      'version',
      { kind: 'restored', number: 6, restoredFrom: 3 },
      ['tell.versionRestored', { who, text: 'Agua', number: '6', from: '3' }],
    ],
    ['redaction', { basis: 'Ley 81' }, ['tell.redaction', { who, basis: 'Ley 81' }]],
    ['erasure', { basis: 'Ley 81' }, ['tell.erasure', { who, basis: 'Ley 81' }]],
    ['key-rotation', { from: 'a', to: 'b' }, ['tell.keyRotation', { who }]],
    ['contribution', { anything: 1 }, ['tell.contribution', { who }]],
    ['contribution', { kind: 'input', act: 'brought', input: 17 }, ['tell.contributionInput', { who, input: '17' }]],
    [
      'contribution',
      { kind: 'input', act: 'linked', input: 17 },
      ['tell.contributionInputLinked', { who, input: '17' }],
    ],
    ['answer', { input: 17, outcome: 'adopted' }, ['tell.answer', { who, input: '17' }]],
    [
      'plan',
      { kind: 'answers', answeredShare: 90, answerDays: 15 },
      ['tell.planAnswers', { who, share: '90', days: '15' }],
    ],
    ['recovery', { anything: 1 }, ['tell.recovery', { who }]],
    [
      'comment',
      { act: 'resolved', thread: 3, reason: 'sha256:00' },
      ['tell.commentResolved', { who, text: 'Agua', thread: '3' }],
    ],
    ['proposal', { act: 'accepted', proposal: 4 }, ['tell.proposalAccepted', { who, text: 'Agua', proposal: '4' }]],
    [
      'dissent',
      { act: 'stated', dissent: 2, group: 'k', position: 'No.' },
      ['tell.dissentStated', { who, text: 'Agua', dissent: '2', group: 'group k' }],
    ],
    [
      'state',
      { act: 'consult', was: 'review', state: 'consultation' },
      ['tell.stateMoved', { who, text: 'Agua', was: 'review', state: 'consultation' }],
    ],
    ['meeting', { kind: 'held', meeting: 5, attended: 40 }, ['tell.meetingHeld', { who, meeting: '5', people: '40' }]],
    ['meeting', { kind: 'sung', meeting: 5 }, ['tell.meeting', { who, meeting: '5', people: '' }]],
    ['state', null, ['tell.state', { who, text: 'Agua' }]],
    [
      'approval',
      { kind: 'requested', request: 1, version: 3 },
      ['tell.approvalRequested', { who, text: 'Agua', version: '3' }],
    ],
    [
      'approval',
      { kind: 'decided', verdict: 'return', version: 3 },
      ['tell.approvalReturned', { who, text: 'Agua', version: '3' }],
    ],
    ['approval', { kind: 'voided', version: 3 }, ['tell.approvalVoided', { who, text: 'Agua', version: '3' }]],
    ['comment', { act: 'moved', thread: 3 }, ['tell.comment', { who, text: 'Agua', thread: '3' }]],
  ] as const)('%s %j', (type, details, expected) => {
    expect(told(type, details)).toEqual(expected)
  })

  test('the first of all: the plan began', () => {
    expect(told('plan', { title: 'Chepo' }, { seq: 1, actor: null })).toEqual([
      'tell.plan',
      { who: 'program', title: 'Chepo' },
    ])
  })

  test('changes of membership are told about whom they are, by role and group', () => {
    const change = { kind: 'role_changed', person: 'eva', role: 'drafter', wasRole: 'reviewer' }
    expect(told('membership', change)).toEqual([
      'history.role_changed',
      { name: 'eva', role: 'role drafter', was: 'role reviewer', group: 'none', wasGroup: 'none', into: '' },
    ])
    expect(told('membership', { kind: 'merged', person: 'eva', into: 'ivo' })[1]).toMatchObject({ into: 'in ivo' })
    for (const [kind, key] of [
      ['removed', 'removedFromWorkshop'],
      ['resumed', 'resumedInWorkshop'],
      ['muted', 'muted'],
    ]) {
      expect(told('membership', { kind, person: 'eva', workshop: 'w1' })[0]).toBe(`history.${key}`)
      expect(told('membership', { kind, person: 'eva' })[0]).toBe(`history.${kind}`)
    }
    expect(told('membership', { kind: 'promoted', person: 'eva' })).toEqual(['tell.memberOther', { name: 'in eva' }])
  })
})

test('[RC130] details that were erased are not made up', () => {
  const erased = { erased: true }
  for (const type of ['plan', 'group', 'membership', 'workshop', 'contribution', 'answer', 'recovery'])
    expect(told(type, null, erased)).toEqual(['tell.erased', { who, type: `kind ${type}` }])
  expect(told('version', null, erased)).toEqual(['tell.versionErased', { who, text: 'Agua' }])
  expect(told('update-batch', { updates: 2, from: 1, to: 2 }, erased)[1]).toMatchObject({ count: 2 })
  expect(told('redaction', null)[1]).toEqual({ who, basis: 'no reason' })
})

test('[RC130] a kind that is not known is told as one', () => {
  expect(told('moon-landing', { a: 1 })).toEqual(['tell.unknown', { who, type: 'moon-landing' }])
  expect(told('moon-landing', null, { erased: true })[0]).toBe('tell.unknown')
})

test('every kind of the record has its words and its sentence', () => {
  expect([...types].sort()).toEqual(Object.keys(entryTypes).sort())
  for (const type of types) expect(told(type, {})[0], type).not.toBe('tell.unknown')
})
