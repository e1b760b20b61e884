import { defaultLimits } from '@cabildo/protocol/room/limits'
import { canonicalJson } from '@cabildo/schema/canonical'
import { contentOf, contentOfState, seedDocument } from '@cabildo/schema/content'
import {
  awarenessFrame,
  capture,
  readFrame,
  step1Frame,
  step2Frame,
  textOf,
  updateFrame,
} from '@cabildo/testkit/room-clients'
import { describe, expect, test } from 'vitest'
import * as Y from 'yjs'
import type { Access, AppendBatch, DocumentStatus, LoadedDocument } from '../ports.ts'
import type { Member, RoomEffect } from './events.ts'
import { createDoc } from './held-document.ts'
import { createRoom, type Room } from './room.ts'

const seed = seedDocument('Cuentas claras', 7)
const loaded = (more: Partial<LoadedDocument> = {}): LoadedDocument => ({
  documentId: 'document',
  planId: 'plan',
  status: 'open',
  epoch: 1,
  headSeq: 1,
  snapshot: null,
  takenOut: [],
  tail: [{ seq: 1, bytes: seed }],
  clients: new Map([[7, 'ana']]),
  ...more,
})
const member = (userId: string, more: Partial<Member> = {}): Member => ({
  userId,
  sessionId: `session of ${userId}`,
  person: { userId, name: userId, groupName: null, groupId: null, sector: null },
  canWrite: true,
  expectsToWrite: false,
  capabilities: new Set(['saved1', 'epoch1']),
  ...more,
})
const storedAt = new Date(0)
const accepted = (batch: AppendBatch | undefined, epoch = 1) =>
  ({
    type: 'stored',
    outcome: { kind: 'stored', headSeq: (batch?.baseSeq ?? 0) + (batch?.rows.length ?? 0), epoch, storedAt },
  }) as const
/** What each connection is sent, in words. */
const told = (effects: readonly RoomEffect[]): [string, string][] =>
  effects.flatMap((effect): [string, string][] => {
    if (effect.type === 'send') return effect.to.map((to) => [to, readFrame(effect.message).type])
    if (effect.type === 'close') return [[effect.connection, `close ${effect.reason}`]]
    return []
  })
/** A room with these people in it, each in step. */
const roomWith = (...people: (string | [string, Partial<Member>])[]): Room => {
  const room = createRoom(loaded(), defaultLimits)
  for (const one of people) {
    const [name, more] = typeof one === 'string' ? [one, {}] : one
    room.handle({ type: 'joined', connection: name, member: member(name, more) })
    room.handle({ type: 'received', connection: name, frame: step1Frame(createDoc(seed)) })
    room.handle({ type: 'received', connection: name, frame: step2Frame(createDoc(seed)) })
  }
  room.handle({ type: 'presenceDue' })
  return room
}
const typed = (text: string, doc = createDoc(seed)): Uint8Array =>
  updateFrame(capture(doc, (live) => textOf(live, 'problem').insert(0, text)) ?? seed)
const receive = (room: Room, connection: string, frame: Uint8Array) =>
  room.handle({ type: 'received', connection, frame })

describe('store, then show', () => {
  test('[RM2] [RM3] an update reaches the others and is acknowledged only when stored', () => {
    const room = roomWith('ana', 'beto')
    expect(receive(room, 'ana', typed('hola'))).toEqual([{ type: 'append' }])
    const batch = room.seal()
    expect(batch).toMatchObject({
      baseSeq: 1,
      epoch: 1,
      rows: [{ writer: { userId: 'ana', sessionId: 'session of ana' }, via: 'edit' }],
    })
    expect(told(room.handle(accepted(batch)))).toEqual([
      ['beto', 'update'],
      ['ana', 'saved'],
    ])
    expect(room.headSeq).toBe(2)
  })

  test('[RM2] [RM7] a newcomer waits for what is on its way, and is answered with it', () => {
    const room = roomWith('ana')
    const doc = createDoc(seed)
    receive(room, 'ana', typed('hola', doc))
    const batch = room.seal()
    expect(told(room.handle({ type: 'joined', connection: 'carla', member: member('carla') }))).toEqual([])
    expect(told(receive(room, 'carla', step1Frame(new Y.Doc())))).toEqual([])
    const effects = room.handle(accepted(batch))
    expect(
      told(effects)
        .filter(([to]) => to === 'carla')
        .map(([, what]) => what),
    ).toEqual(['step1', 'step2', 'update'])
    const answer = effects
      .map((effect) => (effect.type === 'send' ? readFrame(effect.message) : undefined))
      .find((frame) => frame?.type === 'step2')
    const got = createDoc(answer?.type === 'step2' ? answer.update : undefined)
    expect(canonicalJson(contentOf(got))).toBe(canonicalJson(contentOf(doc)))
  })

  test('[RM8] what comes while a batch is on its way is one next batch, shown as one message', () => {
    const room = roomWith('ana', 'beto', 'carla')
    const ana = createDoc(seed)
    const beto = createDoc(seed)
    receive(room, 'ana', typed('uno ', ana))
    const first = room.seal()
    expect(room.seal()).toBeUndefined()
    receive(room, 'ana', typed('dos ', ana))
    receive(room, 'beto', typed('tres ', beto))
    expect(room.seal()).toBeUndefined()
    room.handle(accepted(first))
    const second = room.seal()
    expect(second).toMatchObject({ baseSeq: 2, rows: [{ writer: { userId: 'ana' } }, { writer: { userId: 'beto' } }] })
    expect(told(room.handle(accepted(second)))).toEqual([
      ['ana', 'update'],
      ['beto', 'update'],
      ['carla', 'update'],
      ['ana', 'saved'],
      ['beto', 'saved'],
    ])
  })

  test('[RM2] what somebody sent before leaving reaches the others, even when they wrote too', () => {
    const room = roomWith('ana', 'beto')
    receive(room, 'ana', typed('uno '))
    room.handle({ type: 'left', connection: 'ana' })
    receive(room, 'beto', typed('dos '))
    expect(told(room.handle(accepted(room.seal())))).toEqual([
      ['beto', 'update'],
      ['beto', 'saved'],
    ])
  })

  test('[RM5] a failing store retires the room, and tells nobody saved', () => {
    const room = roomWith('ana', 'beto')
    receive(room, 'ana', typed('hola'))
    room.seal()
    expect(room.handle({ type: 'storeFailed' })).toEqual([{ type: 'retire', reason: 'storage_unavailable' }])
    expect(room.handle({ type: 'heartbeatDue' })).toEqual([])
  })

  test('[RM15] an update that is known already counts as handled at once', () => {
    const room = roomWith('ana')
    expect(told(receive(room, 'ana', step2Frame(createDoc(seed))))).toEqual([['ana', 'saved']])
    expect(room.pending).toBe(false)
  })

  test('[RM3] what repeats an edit that is not stored yet is not saved before that edit is', () => {
    const room = roomWith('ana', 'beto')
    const doc = createDoc(seed)
    const update = typed('hola', doc)
    receive(room, 'ana', update)
    expect(told(receive(room, 'beto', update))).toEqual([])
    const first = room.seal()
    receive(room, 'ana', typed('y ', doc))
    expect(told(receive(room, 'beto', step2Frame(doc)))).toEqual([])
    const saved = (effects: readonly RoomEffect[]) =>
      effects.flatMap((effect) => {
        const frame = effect.type === 'send' && effect.to.includes('beto') ? readFrame(effect.message) : undefined
        return frame?.type === 'saved' ? [frame.count] : []
      })
    expect(saved(room.handle(accepted(first)))).toEqual([2])
    expect(saved(room.handle(accepted(room.seal())))).toEqual([3])
  })

  test('[RM3] a row of its own being stored says nothing of a frame that repeats what is not', () => {
    const room = roomWith('ana', 'beto')
    const ana = createDoc(seed)
    receive(room, 'beto', typed('uno '))
    const first = room.seal()
    const update = typed('dos ', ana)
    receive(room, 'ana', update)
    receive(room, 'beto', update)
    const frames = room
      .handle(accepted(first))
      .flatMap((effect) => (effect.type === 'send' && effect.to.includes('beto') ? [readFrame(effect.message)] : []))
    expect(frames).toEqual([{ type: 'saved', count: 2 }])
  })

  test('[RM12] an update before its step 2 waits for it, and is saved with it', () => {
    const room = createRoom(loaded(), defaultLimits)
    room.handle({ type: 'joined', connection: 'ana', member: member('ana') })
    const doc = createDoc(seed)
    capture(doc, (live) => textOf(live, 'problem').insert(0, 'sin conexión '))
    expect(receive(room, 'ana', typed('y luego ', doc))).toEqual([])
    expect(room.pending).toBe(false)
    receive(room, 'ana', step2Frame(doc))
    const effects = room.handle(accepted(room.seal()))
    expect(effects).toMatchObject([{ type: 'send', to: ['ana'] }])
    expect(effects.map((effect) => (effect.type === 'send' ? readFrame(effect.message) : null))).toEqual([
      { type: 'saved', count: 2 },
    ])
  })

  test('[RM3] [RM12] what waited for its step 2 is not saved with a frame between them', () => {
    const room = createRoom(loaded(), defaultLimits)
    room.handle({ type: 'joined', connection: 'ana', member: member('ana') })
    const doc = createDoc(seed)
    capture(doc, (live) => textOf(live, 'problem').insert(0, 'sin conexión '))
    receive(room, 'ana', typed('y luego ', doc))
    receive(room, 'ana', typed('de otra pestaña '))
    const between = room.seal()
    receive(room, 'ana', step2Frame(doc))
    const frames = (effects: readonly RoomEffect[]) =>
      effects.flatMap((effect) => (effect.type === 'send' ? [readFrame(effect.message)] : []))
    expect(frames(room.handle(accepted(between)))).toEqual([])
    expect(frames(room.handle(accepted(room.seal())))).toEqual([{ type: 'saved', count: 3 }])
  })

  test('[RM12] one that never sends its step 2 is closed', () => {
    const room = createRoom(loaded(), defaultLimits)
    room.handle({ type: 'joined', connection: 'ana', member: member('ana') })
    const doc = createDoc(seed)
    capture(doc, (live) => textOf(live, 'problem').insert(0, 'oculto '))
    receive(room, 'ana', typed('x', doc))
    for (let beats = 0; beats < defaultLimits.heartbeatsBehind; beats++)
      expect(told(room.handle({ type: 'heartbeatDue' }))).toEqual([['ana', 'awareness']])
    expect(told(room.handle({ type: 'heartbeatDue' }))).toContainEqual(['ana', 'close out_of_sync'])
  })
})

describe('bounds', () => {
  const asking = (client: number): Uint8Array => {
    const doc = new Y.Doc()
    doc.clientID = client
    doc.getText('x').insert(0, 'x')
    return step1Frame(doc)
  }
  test('[RM7] [RM44] who asks again before the answer may leave gets that one and one for the last time it asked', () => {
    const room = roomWith('ana', 'beto')
    receive(room, 'ana', typed('hola'))
    const batch = room.seal()
    for (let client = 1; client <= 20; client++) receive(room, 'beto', asking(client))
    const answers = told(room.handle(accepted(batch))).filter(([, what]) => what === 'step2')
    expect(answers).toEqual([
      ['beto', 'step2'],
      ['beto', 'step2'],
    ])
  })

  test('[RM44] a connection may ask only so often between two heartbeats', () => {
    const room = createRoom(loaded(), { ...defaultLimits, questionsPerHeartbeat: 2 })
    room.handle({ type: 'joined', connection: 'ana', member: member('ana') })
    expect(told(receive(room, 'ana', asking(1)))).toEqual([['ana', 'step2']])
    expect(receive(room, 'ana', Uint8Array.of(3))).toEqual([])
    room.handle({ type: 'heartbeatDue' })
    expect(told(receive(room, 'ana', asking(2)))).toEqual([['ana', 'step2']])
    receive(room, 'ana', Uint8Array.of(3))
    expect(told(receive(room, 'ana', asking(3)))).toEqual([['ana', 'close too_many']])
  })

  test('[RM13] a full document takes no more text, but deletions', () => {
    const doc = createDoc(seed)
    capture(doc, (live) => textOf(live, 'problem').insert(0, 'x'.repeat(60)))
    const full = Y.encodeStateAsUpdate(doc)
    const room = createRoom(loaded({ tail: [{ seq: 1, bytes: full }] }), {
      ...defaultLimits,
      documentBytes: full.length + 1,
    })
    for (const name of ['ana', 'beto']) room.handle({ type: 'joined', connection: name, member: member(name) })
    expect(told(receive(room, 'beto', typed('y')))).toEqual([['beto', 'close too_large']])
    const deleted = capture(doc, (live) => textOf(live, 'problem').delete(0, 60)) ?? seed
    expect(receive(room, 'ana', updateFrame(deleted))).toEqual([{ type: 'append' }])
  })

  test('[RM13] a connection brings only so many client ids that nobody has used', () => {
    const room = createRoom(loaded(), { ...defaultLimits, clientsPerSocket: 2 })
    room.handle({ type: 'joined', connection: 'ana', member: member('ana') })
    const doc = createDoc(seed)
    const typedAs = (client: number): Uint8Array => {
      doc.clientID = client
      return typed('x', doc)
    }
    for (const client of [100, 200, 100]) expect(receive(room, 'ana', typedAs(client))).toEqual([{ type: 'append' }])
    expect(told(receive(room, 'ana', typedAs(300)))).toEqual([['ana', 'close too_large']])
  })
})

describe('the form', () => {
  test('[RM17] a list full of what cannot stand there is mended in time that grows with it, not with its square', {
    timeout: 5000,
  }, () => {
    const room = roomWith('ana')
    const frame = updateFrame(
      capture(createDoc(seed), (doc) => {
        const outer = doc.getXmlFragment('problem').get(0) as Y.XmlElement
        outer.insert(
          0,
          Array.from({ length: 20_000 }, () => new Y.XmlElement('paragraph')),
        )
      }) ?? seed,
    )
    expect(receive(room, 'ana', frame)).toEqual([{ type: 'append' }])
    expect(room.seal()?.rows.map(({ via }) => via)).toEqual(['edit', 'repair'])
  })

  const list = (doc: Y.Doc): Y.XmlElement => doc.getXmlFragment('problem').get(0) as Y.XmlElement
  const item = (text: string): Y.XmlElement => {
    const node = new Y.XmlElement('listItem')
    const paragraph = new Y.XmlElement('paragraph')
    paragraph.insert(0, [new Y.XmlText(text)])
    node.insert(0, [paragraph])
    return node
  }
  test('[RM17] two honest deletions that together empty a list are mended in the same message', () => {
    const room = roomWith('ana', 'beto', 'carla')
    const ana = createDoc(seed)
    const made = capture(ana, (doc) => {
      const bullets = new Y.XmlElement('bulletList')
      bullets.insert(0, [item('uno'), item('dos')])
      doc.getXmlFragment('problem').insert(0, [bullets])
    })
    receive(room, 'ana', updateFrame(made ?? seed))
    room.handle(accepted(room.seal()))
    const beto = createDoc(Y.encodeStateAsUpdate(ana))
    const carla = createDoc(Y.encodeStateAsUpdate(ana))
    receive(room, 'ana', updateFrame(capture(ana, (doc) => list(doc).delete(0, 1)) ?? seed))
    receive(room, 'beto', updateFrame(capture(beto, (doc) => list(doc).delete(1, 1)) ?? seed))
    const batch = room.seal()
    expect(batch?.rows.map(({ via, writer }) => [via, writer.userId])).toEqual([
      ['edit', 'ana'],
      ['edit', 'beto'],
      ['repair', 'beto'],
    ])
    const effects = room.handle(accepted(batch))
    const shown = effects.find((effect) => effect.type === 'send' && effect.to.includes('carla'))
    if (shown?.type !== 'send') throw new Error('carla was shown nothing')
    const frame = readFrame(shown.message)
    if (frame.type !== 'update') throw new Error('not an update')
    Y.applyUpdate(carla, frame.update)
    expect(carla.getXmlFragment('problem').toString()).not.toContain('bulletList')
    const log = createDoc(Y.encodeStateAsUpdate(createDoc(seed)))
    Y.applyUpdate(log, made ?? seed)
    for (const { bytes } of batch?.rows ?? []) Y.applyUpdate(log, bytes)
    expect(canonicalJson(contentOf(log))).toBe(canonicalJson(contentOf(carla)))
  })
})

describe('rights', () => {
  const access = (more: { status?: DocumentStatus; canWrite?: boolean }): Access => ({
    kind: 'granted',
    planId: 'plan',
    status: 'open',
    canWrite: true,
    person: member('ana').person,
    ...more,
  })
  test('[RM20] a reader changes nothing and is told its frames are handled', () => {
    const room = roomWith(['lector', { canWrite: false }], 'ana')
    expect(told(receive(room, 'lector', typed('no')))).toEqual([['lector', 'saved']])
    expect(room.pending).toBe(false)
  })
  test('[RM21] who lost the right is closed at the next write', () => {
    const room = roomWith('ana')
    expect(room.handle({ type: 'rightsRead', connection: 'ana', access: access({ canWrite: false }) })).toEqual([])
    expect(told(receive(room, 'ana', typed('ya no')))).toEqual([['ana', 'close forbidden']])
    expect(room.pending).toBe(false)
  })
  test('[RM21] who meant to write is closed at once', () => {
    const room = roomWith(['ana', { expectsToWrite: true }])
    expect(told(room.handle({ type: 'rightsRead', connection: 'ana', access: access({ canWrite: false }) }))).toEqual([
      ['ana', 'close forbidden'],
    ])
  })
  test('[RM22] an edit of a frozen document closes its writer; one that changes nothing does not', () => {
    const room = roomWith('ana')
    room.handle({ type: 'rightsRead', connection: 'ana', access: access({ status: 'frozen' }) })
    expect(told(receive(room, 'ana', step2Frame(createDoc(seed))))).toEqual([['ana', 'saved']])
    expect(told(receive(room, 'ana', typed('tarde')))).toEqual([['ana', 'close frozen']])
  })
  test('[RM22] edits that were on their way when it was frozen close their writers with that, also those behind them', () => {
    const room = roomWith('ana', 'beto', 'carla')
    receive(room, 'ana', typed('uno '))
    room.seal()
    receive(room, 'beto', typed('dos '))
    const refused = { type: 'stored', outcome: { kind: 'refused', reason: 'frozen' } } as const
    expect(room.handle(refused)).toMatchObject([
      { type: 'close', connection: 'ana', reason: 'frozen' },
      { type: 'announce' },
      { type: 'close', connection: 'beto', reason: 'frozen' },
      { type: 'announce' },
      { type: 'retire', reason: 'storage_unavailable' },
    ])
  })
  test('[RM23] the end of a session or membership closes', () => {
    const room = roomWith('ana', 'beto')
    expect(
      told(room.handle({ type: 'rightsRead', connection: 'ana', access: { kind: 'refused', reason: 'sign_in' } })),
    ).toEqual([['ana', 'close sign_in']])
    expect(
      told(room.handle({ type: 'rightsRead', connection: 'beto', access: { kind: 'refused', reason: 'not_found' } })),
    ).toEqual([['beto', 'close forbidden']])
  })
  test('[RM34] another name or group is announced at once; the same ones are not', () => {
    const room = roomWith('ana', 'beto')
    const state = { client: 5, clock: 1, state: {} }
    receive(room, 'ana', awarenessFrame([state]))
    room.handle({ type: 'presenceDue' })
    const shown = (person: Partial<Extract<Access, { kind: 'granted' }>['person']>) =>
      room.handle({
        type: 'rightsRead',
        connection: 'ana',
        access: { kind: 'granted', planId: 'plan', status: 'open', canWrite: true, person: { ...anyone, ...person } },
      })
    const anyone = { userId: 'ana', name: 'ana', groupName: null, groupId: null, sector: null }
    expect(shown({})).toEqual([])
    expect(shown({ name: '' })).toEqual([{ type: 'announce' }])
    expect(told(room.handle({ type: 'presenceDue' }))).toEqual([['beto', 'awareness']])
    expect(room.members.get('ana')?.person.name).toBe('')
  })
  test('[RM21] a reader who may write now is asked for everything it has', () => {
    const room = roomWith(['ana', { canWrite: false }])
    const doc = createDoc(seed)
    receive(room, 'ana', typed('de lectora ', doc))
    expect(told(room.handle({ type: 'rightsRead', connection: 'ana', access: access({}) }))).toEqual([['ana', 'step1']])
    expect(receive(room, 'ana', step2Frame(doc))).toEqual([{ type: 'append' }])
  })
})

describe('life', () => {
  test('[RM51] at rest and awake a room answers alike', () => {
    const room = roomWith('ana')
    const doc = createDoc(seed)
    receive(room, 'ana', typed('hola', doc))
    room.handle(accepted(room.seal()))
    const ask = (theirs: Y.Doc): string => {
      const effects = receive(room, 'ana', step1Frame(theirs))
      const frame = effects[0]?.type === 'send' ? readFrame(effects[0].message) : undefined
      if (frame?.type !== 'step2') throw new Error('no answer')
      Y.applyUpdate(theirs, frame.update)
      return canonicalJson(contentOf(theirs))
    }
    const expected = canonicalJson(contentOf(doc))
    const holders = (): Y.Doc[] => [new Y.Doc(), createDoc(seed), createDoc(Y.encodeStateAsUpdate(doc))]
    for (const holder of holders()) expect(ask(holder)).toBe(expected)
    room.handle({ type: 'calm' })
    expect(room.awake).toBe(false)
    for (const holder of holders()) expect(ask(holder)).toBe(expected)
    room.handle({ type: 'calm' })
    expect(receive(room, 'ana', typed('otra vez ', doc))).toEqual([{ type: 'append' }])
    const batch = room.seal()
    expect(batch?.baseSeq).toBe(2)
  })

  test('[RM52] a snapshot is asked for as rows gather, and holds what was stored', () => {
    const room = createRoom(loaded(), { ...defaultLimits, snapshotEvery: 2 })
    room.handle({ type: 'joined', connection: 'ana', member: member('ana') })
    receive(room, 'ana', step2Frame(createDoc(seed)))
    const doc = createDoc(seed)
    receive(room, 'ana', typed('uno ', doc))
    expect(room.handle(accepted(room.seal())).filter(({ type }) => type === 'snapshot')).toHaveLength(1)
    expect(room.snapshotLag).toBe(0)
  })

  test('[RC151] what was taken out of a draft does not come back from the device that wrote it', () => {
    const doc = createDoc(seed)
    const [clock, words] = [Y.getState(doc.store, doc.clientID), 'Ana Paz']
    const takenOut = [{ client: doc.clientID, clock, length: words.length }]
    const frame = typed(words, doc)
    const later = typed(' y más', doc)
    for (const [more, closes] of [
      [{ takenOut }, true],
      [{ takenOut: [{ ...takenOut[0], client: 1 } as never] }, false],
    ] as const) {
      const room = createRoom(loaded(more), defaultLimits)
      room.handle({ type: 'joined', connection: 'ana', member: member('ana') })
      receive(room, 'ana', step2Frame(createDoc(seed)))
      const effects = receive(room, 'ana', frame)
      expect(told(effects).some(([, what]) => what === 'close epoch_mismatch')).toBe(closes)
      expect(room.seal() === undefined).toBe(closes)
      if (!closes) expect(told(receive(room, 'ana', later))).toEqual([])
    }
  })

  test('[RM54] an edit by the server is a row in the name of its writer; a raised epoch is told to those who asked', () => {
    const room = roomWith('ana', ['vieja', { capabilities: new Set(['saved1'] as const) }])
    const effects = room.handle({
      type: 'editAsked',
      token: 1,
      edit: {
        writer: { userId: 'beto', sessionId: null, groupId: null },
        via: 'restore',
        raiseEpoch: true,
        clientId: 99,
        change: (doc) => textOf(doc, 'problem').insert(0, 'restaurado'),
      },
    })
    expect(effects).toEqual([{ type: 'append' }])
    const batch = room.seal()
    expect(batch).toMatchObject({
      raiseEpoch: true,
      rows: [{ writer: { userId: 'beto' }, via: 'restore', newClients: [99] }],
    })
    const after = room.handle(accepted(batch, 2))
    expect(told(after)).toEqual([
      ['ana', 'update'],
      ['vieja', 'update'],
      ['ana', 'epoch'],
    ])
    const answer = after.find((effect) => effect.type === 'answer')
    expect(answer).toMatchObject({ token: 1, committed: { headSeq: 2, epoch: 2 } })
    if (answer?.type === 'answer')
      expect(JSON.stringify(contentOfState(answer.committed.state).fields.problem)).toContain('restaurado')
  })

  test('[RM57] that something beside the text changed is told to those who asked', () => {
    const room = roomWith(['ana', { capabilities: new Set(['news1'] as const) }], 'beto')
    const effects = room.handle({ type: 'newsDue', topic: 'threads' })
    expect(told(effects)).toEqual([['ana', 'news']])
    const [effect] = effects
    if (effect?.type === 'send') expect(readFrame(effect.message)).toEqual({ type: 'news', topic: 'threads' })
    expect(room.pending).toBe(false)
  })

  test('an edit by the server that changes nothing stores nothing', () => {
    const room = roomWith()
    const effects = room.handle({
      type: 'editAsked',
      token: 1,
      edit: {
        writer: { userId: 'beto', sessionId: null, groupId: null },
        via: 'restore',
        raiseEpoch: true,
        clientId: 99,
        change: () => undefined,
      },
    })
    expect(effects).toMatchObject([{ type: 'answer', committed: { headSeq: 1, epoch: 1 } }])
    expect(room.pending).toBe(false)
  })

  test('[RM5] an edit by the server that fails half way retires the room', () => {
    const room = roomWith('ana')
    const change = (doc: Y.Doc): void => {
      textOf(doc, 'problem').insert(0, 'a medias')
      throw new Error('a defect')
    }
    const edit = {
      writer: { userId: 'beto', sessionId: null, groupId: null },
      via: 'restore',
      raiseEpoch: false,
      clientId: 99,
      change,
    } as const
    expect(room.handle({ type: 'editAsked', token: 1, edit })).toEqual([
      { type: 'refuse', token: 1, reason: 'unavailable' },
      { type: 'retire', reason: 'storage_unavailable' },
    ])
  })

  test('a log with a row missing is not opened', () => {
    const doc = createDoc(seed)
    capture(doc, (live) => textOf(live, 'problem').insert(0, 'uno '))
    const second = capture(doc, (live) => textOf(live, 'problem').insert(4, 'dos ')) ?? seed
    expect(() =>
      createRoom(
        loaded({
          headSeq: 2,
          tail: [
            { seq: 1, bytes: seed },
            { seq: 2, bytes: second },
          ],
        }),
        defaultLimits,
      ),
    ).toThrow('missing')
  })
})
