import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  type Connection,
  type ConnectionEvent,
  finalReasonOf,
  graceMs,
  newConnection,
  next,
  type SaveStatus,
  statusOf,
} from './connection.ts'

/** Tells a new connection everything that happened and answers where it stands. */
function after(...events: ConnectionEvent[]): Connection {
  return events.reduce((connection, event) => next(connection, event)[0], newConnection({ online: true }))
}

const edited: ConnectionEvent = { type: 'edited' }
const sent: ConnectionEvent = { type: 'sent' }
const lost: ConnectionEvent = { type: 'lost' }
const waited: ConnectionEvent = { type: 'waited' }
const acked = (count: number): ConnectionEvent => ({ type: 'acked', count })
const kept = (edits: number): ConnectionEvent => ({ type: 'kept', edits })
/** A connection that met the server and has nothing to say. */
const met: ConnectionEvent[] = [{ type: 'linked' }, { type: 'handedIn' }, { type: 'synced' }]

const rows: [name: string, events: ConnectionEvent[], status: Partial<SaveStatus>][] = [
  ['nothing happened yet', [], { state: 'opening', pending: 0 }],
  ['connected, not yet synced', [{ type: 'linked' }], { state: 'opening' }],
  ['met, step 2 not committed', met, { state: 'opening', pending: 0 }],
  ['written before the server was met', [edited], { state: 'reconnecting', pending: 1 }],
  ['written while it is met', [{ type: 'linked' }, edited], { state: 'saving', pending: 1 }],
  ['the first attempt failed', [lost], { state: 'reconnecting', pending: 0 }],
  ['nobody answers', [waited], { state: 'offline' }],
  ['back, with nothing new', [...met, acked(1), lost, { type: 'linked' }], { state: 'saving', pending: 0 }],
  ['met and acknowledged', [...met, acked(1)], { state: 'saved', pending: 0, guard: false }],
  ['an edit on its way', [...met, acked(1), edited, sent], { state: 'saving', pending: 1 }],
  ['an edit committed', [...met, acked(1), edited, sent, acked(2)], { state: 'saved', pending: 0 }],
  ['one of two committed', [...met, acked(1), edited, sent, edited, sent, acked(2)], { state: 'saving', pending: 1 }],
  ['an edit that no frame carries', [...met, acked(1), edited], { state: 'saving', pending: 1 }],
  ['the connection broke', [...met, acked(1), lost], { state: 'reconnecting', pending: 0 }],
  ['it stays broken', [...met, acked(1), lost, waited], { state: 'offline', pending: 0 }],
  ['it fails again', [...met, acked(1), lost, waited, lost], { state: 'offline' }],
  [
    'typing while it is away',
    [...met, acked(1), lost, waited, edited, edited, kept(2)],
    { state: 'offline', pending: 2, kept: true, guard: false },
  ],
  [
    'typing while it is away and nothing is kept',
    [...met, lost, waited, edited],
    { state: 'offline', pending: 1, kept: false, guard: true },
  ],
  [
    'an unacknowledged frame when it broke',
    [...met, acked(1), edited, sent, lost],
    { state: 'reconnecting', pending: 1 },
  ],
  [
    'a count of the connection before does not count',
    [...met, edited, sent, lost, { type: 'linked' }, acked(2)],
    { state: 'saving', pending: 1 },
  ],
  [
    'step 2 of the next connection carries all of it',
    [...met, edited, sent, lost, edited, ...met, acked(1)],
    { state: 'saved', pending: 0 },
  ],
  [
    'edits of an earlier page are pending',
    [{ type: 'found', edits: 3 }],
    { state: 'reconnecting', pending: 3, kept: true, guard: false },
  ],
  ['and are handed in', [{ type: 'found', edits: 3 }, ...met, acked(1)], { state: 'saved', pending: 0 }],
  ['found while step 2 is on its way', [...met, { type: 'found', edits: 3 }, acked(1)], { state: 'saved', pending: 0 }],
  ['the browser has no network', [lost, { type: 'network', online: false }], { state: 'offline' }],
  [
    'a working connection outweighs the browser',
    [...met, acked(1), { type: 'network', online: false }],
    { state: 'saved' },
  ],
  [
    'the network is back',
    [lost, waited, { type: 'network', online: false }, { type: 'network', online: true }],
    { state: 'reconnecting' },
  ],
  ['more acknowledged than sent', [...met, acked(9), edited, sent], { state: 'saving', pending: 1 }],
  [
    'refused',
    [...met, edited, { type: 'refused', reason: 'frozen' }],
    { state: 'final', final: 'frozen', pending: 1, guard: true },
  ],
  [
    'refused stays refused',
    [{ type: 'refused', reason: 'frozen' }, ...met, acked(1)],
    { state: 'final', final: 'frozen' },
  ],
]

describe('what the person is told', () => {
  test.each(rows)('%s', (_, events, status) => {
    expect(statusOf(after(...events))).toMatchObject(status)
  })
})

describe('effects', () => {
  const effectsOf = (events: ConnectionEvent[], event: ConnectionEvent) => next(after(...events), event)[1]

  test('a lost connection gets a moment before it is called lost', () => {
    expect(effectsOf(met, lost)).toEqual([{ type: 'wait', ms: graceMs }])
    expect(effectsOf([...met, lost], lost)).toEqual([])
    expect(effectsOf([...met, lost, waited], lost)).toEqual([])
    expect(effectsOf([...met, { type: 'network', online: false }], lost)).toEqual([])
  })
  test('a connection made ends the wait', () => {
    expect(effectsOf([lost], { type: 'linked' })).toEqual([{ type: 'endWait' }])
  })
  test('a refusal is settled once', () => {
    const refused: ConnectionEvent = { type: 'refused', reason: 'restored' }
    expect(effectsOf(met, refused)).toEqual([{ type: 'endWait' }, { type: 'settle', reason: 'restored' }])
    expect(effectsOf([...met, refused], refused)).toEqual([])
  })
})

test.each([
  [4401, 'sign_in', 'sign_in'],
  [4403, 'foreign_client', 'refused'],
  [4403, '', 'forbidden'],
  [4404, 'not_found', 'not_found'],
  [4408, 'too_slow', null],
  [4409, 'schema_mismatch', 'new_program'],
  [4409, 'epoch_mismatch', 'restored'],
  [4409, 'out_of_sync', 'refused'],
  [4413, 'too_large', 'refused'],
  [4422, '', 'refused'],
  [4423, '', 'frozen'],
  [4499, 'never heard of', 'refused'],
  [4503, 'storage_unavailable', null],
  [1009, '', 'refused'],
  [1012, 'restarting', null],
  [1006, '', null],
])('close %d %s is %s', (code, reason, expected) => {
  expect(finalReasonOf(code, reason)).toBe(expected)
})

/**
 * A person types, a server commits what reaches it, and the network does as it likes. `steps` are drawn at random; the
 * model keeps for each frame the edits that really were in it, and what really is committed.
 */
test('"saved" is said only of text that is committed, whatever the network does', () => {
  type Step = 'edit' | 'link' | 'step1' | 'sync' | 'commit' | 'ack' | 'lose' | 'wait' | 'keep'
  const step = fc.constantFrom<Step>(
    ...([
      'edit',
      'edit',
      'link',
      'step1',
      'sync',
      'commit',
      'commit',
      'commit',
      'ack',
      'ack',
      'ack',
      'lose',
      'wait',
      'keep',
    ] as const),
  )
  let saved = 0
  fc.assert(
    fc.property(fc.array(step, { minLength: 20, maxLength: 150 }), (steps) => {
      let connection = newConnection({ online: true })
      const tell = (event: ConnectionEvent) => {
        connection = next(connection, event)[0]
      }
      let edits: number[] = []
      let committed = new Set<number>()
      let device = new Set<number>()
      let link: { frames: number[][]; done: number; handedIn: boolean } | null = null

      for (const now of steps) {
        if (now === 'edit') {
          const edit = edits.length
          edits = [...edits, edit]
          tell({ type: 'edited' })
          // As the counting socket does: no update frame before our step 2.
          if (link?.handedIn) {
            link.frames.push([edit])
            tell({ type: 'sent' })
          }
        } else if (now === 'link' && !link) {
          link = { frames: [], done: 0, handedIn: false }
          tell({ type: 'linked' })
        } else if (now === 'step1' && link) {
          link.frames.push(edits.filter((edit) => !committed.has(edit)))
          link.handedIn = true
          tell({ type: 'handedIn' })
        } else if (now === 'sync' && link) tell({ type: 'synced' })
        else if (now === 'commit' && link && link.done < link.frames.length) {
          committed = new Set([...committed, ...(link.frames[link.done] ?? [])])
          link.done += 1
        } else if (now === 'ack' && link) tell({ type: 'acked', count: link.done })
        else if (now === 'lose') {
          link = null
          tell({ type: 'lost' })
        } else if (now === 'wait') tell({ type: 'waited' })
        else if (now === 'keep') {
          device = new Set(edits)
          tell({ type: 'kept', edits: edits.length })
        }

        const status = statusOf(connection)
        const missing = edits.filter((edit) => !committed.has(edit))
        // The server may have committed more than it told us, never less than we tell the person.
        expect(status.pending).toBeGreaterThanOrEqual(missing.length)
        expect(status.pending).toBeLessThanOrEqual(edits.length)
        if (status.state === 'saved') {
          saved += 1
          expect(missing).toEqual([])
          expect(link).not.toBeNull()
        }
        if (missing.some((edit) => !device.has(edit))) expect(status.guard).toBe(true)
        if (status.state === 'offline') expect(link).toBeNull()
      }
      // Let everything through: it must end well.
      if (!link) {
        link = { frames: [], done: 0, handedIn: false }
        tell({ type: 'linked' })
      }
      tell({ type: 'handedIn' })
      tell({ type: 'synced' })
      tell({ type: 'acked', count: link.frames.length + 1 })
      expect(statusOf(connection)).toMatchObject({ state: 'saved', pending: 0, guard: false })
    }),
    { numRuns: 2000 },
  )
  // The property must have had something to say.
  expect(saved).toBeGreaterThan(50)
})
