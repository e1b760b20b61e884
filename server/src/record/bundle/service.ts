/**
 * A plan's record as one file that proves itself. It is made once for each head of the tree, in a thread of its own, a
 * bounded number at a time.
 */
import { Worker } from 'node:worker_threads'
import { AppError } from '@cabildo/protocol/errors'
import { type BundleContent, headOf, type OpenPayload } from '@cabildo/record/bundle'
import { readmeText, redactionsText, type ToldRedaction } from '@cabildo/record/bundle-texts'
import { parseCheckpoint } from '@cabildo/record/checkpoint'
import { parseEntry } from '@cabildo/record/entry'
import { parseNote } from '@cabildo/record/note'
import type { Kysely } from 'kysely'
import type { Actor } from '../../auth/sessions.ts'
import type { Database } from '../../db/types.ts'
import { peopleOf } from '../../people/service.ts'
import { enterRecord } from '../reading/service.ts'
import type { Tree } from '../tree/service.ts'
import { readLeaves } from '../tree/store.ts'
import type { KnownWitness } from '../witnessing/rules.ts'
import { findBundled, findCheckpoints, findPeople, findPlan, findVersions, isTakingOut } from './store.ts'

/** What bundles are made of. */
export interface BundleDeps {
  db: Kysely<Database>
  tree: Pick<Tree, 'checkpoint' | 'verifierKeys' | 'alarm'>
  witnesses: readonly Pick<KnownWitness, 'vkey'>[]
}

/** A bundle, which all who ask for it are sent as it is. */
type Bytes = Uint8Array<ArrayBuffer>

/** Makes bundles. */
export interface Bundles {
  /** The bundle of a plan, up to the last published head. Throws `unavailable` while too many are being made. */
  of(actor: Actor, plan: string): Promise<{ bytes: Bytes; name: string }>
}

/** Bundles that are made at a time, and entries read in one go. */
const mostAtOnce = 2
const pageSize = 1000

/** Bundles over a database. The last few that were made are kept. */
export function createBundles({ db, tree, witnesses }: BundleDeps): Bundles {
  const making = new Map<string, Promise<Bytes>>()
  const made = new Map<string, Bytes>()

  return {
    async of(actor, given) {
      const planId = await enterRecord(db, actor, given)
      const head = tree.checkpoint()
      if (!head) throw new AppError('unavailable', { detail: tree.alarm() ?? 'Nothing is signed yet.', retryAfter: 2 })
      const plan = await findPlan(db, planId)
      const name = `registro-${plan.slug}-${head.size}.zip`
      // Names are shown as people wish now, so what was made a moment ago is the most that is used again.
      const key = `${planId} ${head.size}`
      // Also what was made a moment ago may hold words that are gone.
      if (await isTakingOut(db, planId, head.size)) throw takingOut()
      const kept = made.get(key)
      if (kept) return { bytes: kept, name }
      let work = making.get(key)
      if (!work) {
        if (making.size >= mostAtOnce) {
          throw new AppError('unavailable', { detail: 'Other bundles are being made.', retryAfter: 5 })
        }
        work = make(plan, head.size)
        making.set(key, work)
        void work.then(
          (bytes) => keep(key, bytes),
          () => undefined,
        )
        void work.finally(() => making.delete(key)).catch(() => undefined)
      }
      return { bytes: await work, name }
    },
  }

  function keep(key: string, bytes: Bytes): void {
    made.set(key, bytes)
    setTimeout(() => made.delete(key), keptFor).unref()
  }

  async function make(plan: Named, size: number): Promise<Bytes> {
    // Packing takes long, and needs the database no more: a transaction that waits for it would be ended.
    return packed(startPacking(await gatherAtOnce(plan, size)))
  }

  /** All of it as it stood at one moment: a version, or words taken out, that come meanwhile belong to the next one. */
  function gatherAtOnce(plan: Named, size: number): Promise<BundleContent> {
    if (db.isTransaction) return gather(db, plan, size)
    return db
      .transaction()
      .setIsolationLevel('repeatable read')
      .execute((trx) => gather(trx, plan, size))
  }

  async function gather(db: Kysely<Database>, plan: Named, size: number): Promise<BundleContent> {
    if (await isTakingOut(db, plan.id, size)) throw takingOut()
    const told = new Set<string>()
    const entries: string[] = []
    const positions: number[] = []
    const payloads: OpenPayload[] = []
    const removals: ToldRedaction[] = []
    let last: { seq: number; hash: Uint8Array } | undefined
    for (;;) {
      const page = await findBundled(db, plan.id, { size, after: last?.seq ?? 0, limit: pageSize })
      for (const { seq, body, index, payload, salt } of page) {
        entries.push(body)
        positions.push(index)
        if (payload !== null && salt !== null) payloads.push({ seq, salt: new Uint8Array(salt), payload })
        const { entry, hash } = parseEntry(body)
        if (entry.content) told.add(`${entry.content.document} ${entry.content.number}`)
        if (entry.type === 'redaction' || entry.type === 'erasure') {
          const { basis = '', approver } = JSON.parse(payload ?? '{}') as { basis?: string; approver?: string }
          removals.push({ entry, basis, approver })
        }
        last = { seq, hash }
      }
      if (page.length < pageSize) break
    }
    const checkpoints = await findCheckpoints(db, size)
    const newest = parseNote(checkpoints.at(-1) ?? '')
    const origin = newest && parseCheckpoint(newest.text)?.origin
    if (origin === undefined) throw new Error('the last checkpoint does not read')
    const people = await findPeople(db, plan.id)
    const shown = await peopleOf(
      db,
      plan.id,
      people.map(({ userId }) => userId),
    )
    const { id, slug, title } = plan
    const manifest = { plan: { id, slug, title }, origin, size, head: headOf(last) }
    return {
      manifest,
      entries,
      positions,
      tree: new Uint8Array(await readLeaves(db, 0, size)),
      checkpoints,
      keys: { log: tree.verifierKeys, witnesses: witnesses.map(({ vkey }) => vkey) },
      payloads,
      versions: (await findVersions(db, plan.id)).flatMap(({ documentId, number, content: json, html }) =>
        html === null || !told.has(`${documentId} ${number}`) ? [] : [{ document: documentId, number, json, html }],
      ),
      people: Object.fromEntries(
        people.flatMap(({ pid, userId }) => {
          const person = shown.get(userId)
          return person ? [[pid, { name: person.name, group: person.group?.name ?? null }]] : []
        }),
      ),
      redactions: redactionsText(removals),
      readme: readmeText(manifest, tree.verifierKeys[0] ?? ''),
    }
  }
}

const takingOut = (): AppError =>
  new AppError('unavailable', { detail: 'Words were just taken out; their entry is being signed.', retryAfter: 2 })

interface Named {
  id: string
  slug: string
  title: string
  place: string
}

/** Milliseconds a bundle is kept for whoever asks next. */
const keptFor = 10_000

/** The thread has a copy of its own: nothing here may hold the content any longer. */
function startPacking(content: BundleContent): Worker {
  return new Worker(new URL('worker.ts', import.meta.url), { workerData: content })
}

function packed(worker: Worker): Promise<Bytes> {
  return new Promise((resolve, reject) => {
    worker.once('message', resolve)
    worker.once('error', reject)
    worker.once('exit', (code) => reject(new Error(`the packing ended with ${code}`)))
  })
}
