import { canonicalJson } from '@cabildo/schema/canonical'
import { contentOfState, seedDocument } from '@cabildo/schema/content'
import { capture, textOf } from '@cabildo/testkit/room-clients'
import { beforeEach, describe, expect, test } from 'vitest'
import * as Y from 'yjs'
import type { AppendBatch, AppendRow, LoadedDocument, UpdateLog, Writer } from './ports.ts'
import { replay } from './replay.ts'

/** What a log brings to its contract: itself, and the hands to arrange the world around it. */
export interface LogUnderTest {
  log: UpdateLog
  /** A document whose only row is its seed. */
  newDocument(): Promise<string>
  /** Two people who may write, and one who may not. */
  writers: { ana: Writer; beto: Writer; reader: Writer }
  setStatus(documentId: string, status: LoadedDocument['status']): Promise<void>
}

/** Every `UpdateLog` keeps these rules. */
export function logContract(name: string, prepare: () => Promise<LogUnderTest>): void {
  describe(`${name} as a log`, () => {
    let under: LogUnderTest
    let doc: Y.Doc
    let documentId: string
    let planId: string
    beforeEach(async () => {
      under = await prepare()
      documentId = await under.newDocument()
      doc = new Y.Doc()
      const loaded = await under.log.load(documentId)
      planId = loaded?.planId ?? ''
      for (const { bytes } of loaded?.tail ?? []) Y.applyUpdate(doc, bytes)
    })

    const typed = (text: string): Uint8Array => {
      const update = capture(doc, (live) => textOf(live, 'problem').insert(0, text))
      if (!update) throw new Error('nothing was typed')
      return update
    }
    const row = (text: string, writer = under.writers.ana, newClients: readonly number[] = []): AppendRow => ({
      writer,
      via: 'edit',
      bytes: typed(text),
      newClients,
    })
    const batch = (rows: AppendRow[], more: Partial<AppendBatch> = {}): AppendBatch => ({
      documentId,
      planId,
      epoch: 1,
      baseSeq: 1,
      rows,
      ...more,
    })
    const refused = (reason: string) => [{ kind: 'refused', reason }]

    test('[RM4] stores a batch in order, each row under its number, and binds the new client ids', async () => {
      const rows = [row('uno ', under.writers.ana, [doc.clientID]), row('dos ', under.writers.ana)]
      const [outcome] = await under.log.append([batch(rows)])
      expect(outcome).toMatchObject({ kind: 'stored', headSeq: 3, epoch: 1 })
      const loaded = await under.log.load(documentId)
      expect(loaded?.headSeq).toBe(3)
      expect(loaded?.tail.slice(1).map(({ seq, bytes }) => [seq, Buffer.from(bytes).toString('hex')])).toEqual(
        rows.map(({ bytes }, i) => [i + 2, Buffer.from(bytes).toString('hex')]),
      )
      expect(loaded?.clients.get(doc.clientID)).toBe(under.writers.ana.userId)
    })

    test('knows no document by another id', async () => {
      expect(await under.log.load('AAAAAAAAAAAAAAAAAAAAAA')).toBeUndefined()
      expect(await under.log.append([batch([row('uno')], { documentId: 'AAAAAAAAAAAAAAAAAAAAAA' })])).toEqual(
        refused('out_of_sync'),
      )
    })

    test('refuses a batch whole when its base is not the head, and stores nothing of it', async () => {
      expect(await under.log.append([batch([row('uno'), row('dos')], { baseSeq: 0 })])).toEqual(refused('out_of_sync'))
      expect(await under.log.append([batch([row('tres')], { epoch: 2 })])).toEqual(refused('out_of_sync'))
      expect((await under.log.load(documentId))?.headSeq).toBe(1)
    })

    test('refuses a batch that names another plan than the document is in', async () => {
      expect(
        await under.log.append([
          batch([row('uno'), row('dos', under.writers.beto)], { planId: 'AAAAAAAAAAAAAAAAAAAAAA' }),
        ]),
      ).toMatchObject([{ kind: 'refused' }])
      expect((await under.log.load(documentId))?.headSeq).toBe(1)
    })

    test('[RM22] refuses a batch for a frozen document', async () => {
      await under.setStatus(documentId, 'frozen')
      expect(await under.log.append([batch([row('uno')])])).toEqual(refused('frozen'))
      expect((await under.log.load(documentId))?.status).toBe('frozen')
      expect(await under.log.statusOf(documentId)).toBe('frozen')
      expect(await under.log.statusOf('AAAAAAAAAAAAAAAAAAAAAA')).toBeUndefined()
    })

    test('[RM24] refuses a batch whole when one of its writers may not write', async () => {
      expect(await under.log.append([batch([row('uno'), row('dos', under.writers.reader)])])).toEqual(
        refused('forbidden'),
      )
      expect((await under.log.load(documentId))?.headSeq).toBe(1)
    })

    test("[RM4] refuses a client id that is another person's", async () => {
      await under.log.append([batch([row('uno', under.writers.ana, [doc.clientID])])])
      expect(await under.log.append([batch([row('dos', under.writers.beto, [doc.clientID])], { baseSeq: 2 })])).toEqual(
        refused('foreign_client'),
      )
      expect(
        await under.log.append([batch([row('tres', under.writers.ana, [doc.clientID])], { baseSeq: 2 })]),
      ).toMatchObject([{ kind: 'stored', headSeq: 3 }])
    })

    test('decides each document of one call by itself', async () => {
      const other = await under.newDocument()
      const outcomes = await under.log.append([
        batch([row('uno')], { baseSeq: 7 }),
        batch([row('dos')], { documentId: other }),
      ])
      expect(outcomes).toMatchObject([
        { kind: 'refused', reason: 'out_of_sync' },
        { kind: 'stored', headSeq: 2 },
      ])
    })

    test('stores many documents in one call, each with the rows that are its own', async () => {
      const others = await Promise.all(Array.from({ length: 12 }, () => under.newDocument()))
      const nothing = Uint8Array.of(0, 0)
      const writerOf = (i: number): Writer => (i % 2 ? under.writers.ana : under.writers.beto)
      const outcomes = await under.log.append(
        others.map((id, i) =>
          batch([{ writer: writerOf(i), via: 'edit', bytes: nothing, newClients: [] }], { documentId: id }),
        ),
      )
      expect(outcomes.map(({ kind }) => kind)).toEqual(others.map(() => 'stored'))
      for (const [i, id] of others.entries()) {
        const at = await under.log.stateAt(id, 2)
        expect(at?.userId).toBe(writerOf(i).userId)
      }
    })

    test('[RM54] raises the epoch with the rows that ask for it', async () => {
      expect(await under.log.append([batch([row('uno')], { raiseEpoch: true })])).toMatchObject([
        { kind: 'stored', epoch: 2 },
      ])
      expect((await under.log.load(documentId))?.epoch).toBe(2)
    })

    test('[RM52] loads from the newest snapshot and the rows after it, and keeps every row', async () => {
      await under.log.append([batch([row('uno ', under.writers.ana, [doc.clientID]), row('dos '), row('tres ')])])
      const third = await under.log.stateAt(documentId, 3)
      await under.log.saveSnapshot(documentId, { seq: 3, epoch: 1, state: third?.state ?? new Uint8Array() })
      const loaded = await under.log.load(documentId)
      expect(loaded?.snapshot?.seq).toBe(3)
      expect(loaded?.tail.map(({ seq }) => seq)).toEqual([4])
      const state = replay(loaded?.snapshot?.state ?? null, loaded?.tail ?? [])
      expect(canonicalJson(contentOfState(state))).toBe(canonicalJson(contentOfState(Y.encodeStateAsUpdate(doc))))
      expect((await under.log.stateAt(documentId, 1))?.state).toBeDefined()
    })

    test('[RC152] keeps no snapshot of another epoch than the document has', async () => {
      await under.log.append([batch([row('uno ', under.writers.ana, [doc.clientID])], { raiseEpoch: true })])
      const state = (await under.log.stateAt(documentId, 2))?.state ?? new Uint8Array()
      await under.log.saveSnapshot(documentId, { seq: 2, epoch: 1, state })
      expect((await under.log.load(documentId))?.snapshot).toBeNull()
      await under.log.saveSnapshot(documentId, { seq: 2, epoch: 2, state })
      expect((await under.log.load(documentId))?.snapshot?.seq).toBe(2)
    })

    test('[RM1] gives the state after any row, and none after rows that do not exist', async () => {
      await under.log.append([batch([row('uno ', under.writers.ana, [doc.clientID]), row('dos ')])])
      const second = await under.log.stateAt(documentId, 2)
      expect(JSON.stringify(contentOfState(second?.state ?? new Uint8Array()).fields.problem)).toContain('uno ')
      expect(second?.userId).toBe(under.writers.ana.userId)
      expect(await under.log.stateAt(documentId, 4)).toBeUndefined()
    })
  })
}

/** The seed every document of these tests begins with, and the client id it is written under. */
export const seedClient = 7
export const seed = (): Uint8Array => seedDocument('Cuentas claras', seedClient)
