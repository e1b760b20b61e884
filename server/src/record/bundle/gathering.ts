/**
 * What a bundle is filled with, page after page. The log up to one size of the tree never changes, so no transaction is
 * held meanwhile; the texts beside it do, when words are taken out. Whoever fills a bundle looks for that afterwards.
 */
import {
  bundleFiles,
  headOf,
  keyLines,
  linesOf,
  type Manifest,
  manifestText,
  payloadLine,
  peopleText,
  versionFile,
  wayOf,
} from '@cabildo/record/bundle'
import { readmeText, redactionsText } from '@cabildo/record/bundle-texts'
import { utf8 } from '@cabildo/record/bytes'
import { canonicalText } from '@cabildo/record/canonical-json'
import { parseCheckpoint } from '@cabildo/record/checkpoint'
import { parseEntry } from '@cabildo/record/entry'
import { parseNote } from '@cabildo/record/note'
import type { Kysely } from 'kysely'
import type { Database } from '../../db/types.ts'
import { peopleOf } from '../../people/service.ts'
import { readLeaves } from '../tree/store.ts'
import type { Packing } from './packing.ts'
import {
  findBundled,
  findCheckpoints,
  findEnd,
  findPayloads,
  findPeople,
  findRemovals,
  findVersions,
  type Page,
} from './store.ts'

/** What a bundle is of. */
export interface Bundled {
  plan: { id: string; slug: string; title: string }
  /** Leaves of the tree that it goes up to. */
  size: number
  keys: { log: readonly string[]; witnesses: readonly string[] }
}

/** Bounds of one question. */
const page: Page = { rows: 1000, letters: 1 << 20 }
const leavesAtOnce = 16_384

type Into = Pick<Packing, 'begin' | 'add'>

/** How much of the work is behind, when the entries are written, and when their contents are too. */
const parts = { entries: 0.4, payloads: 0.95 }

/** Writes all files of a bundle. `onShare` hears how much of it is written, from 0 to 1. */
export async function gather(
  db: Kysely<Database>,
  into: Into,
  { plan, size, keys }: Bundled,
  onShare: (share: number) => void,
): Promise<void> {
  const begin = (name: string) => into.begin(name, wayOf(name))
  const add = (lines: Iterable<string>) => into.add(linesOf(lines))
  const put = async (name: string, text: string) => {
    await begin(name)
    await into.add(utf8(text))
  }

  const told = new Set<string>()
  const positions: Uint8Array<ArrayBuffer>[] = []
  let last: { seq: number; body: string } | undefined
  await begin(bundleFiles.entries)
  const end = await findEnd(db, plan.id, size)
  for (let after = 0; after < end; after += page.rows) {
    const found = await findBundled(db, plan.id, { after, upTo: Math.min(end, after + page.rows) })
    last = found.at(-1) ?? last
    await add(found.map(({ body }) => body))
    onShare((parts.entries * Math.min(end, after + page.rows)) / end)
    positions.push(linesOf(found.map(({ index }) => String(index))))
    for (const { type, body } of found) {
      const content = type === 'version' ? parseEntry(body).entry.content : undefined
      if (content) told.add(`${content.document} ${content.number}`)
    }
  }

  await begin(bundleFiles.positions)
  for (const part of positions) await into.add(part)

  await begin(bundleFiles.tree)
  for (let at = 0; at < size; at += leavesAtOnce) {
    await into.add(new Uint8Array(await readLeaves(db, at, Math.min(leavesAtOnce, size - at))))
  }

  await begin(bundleFiles.checkpoints)
  let newest: { size: number; note: string } | undefined
  for (;;) {
    const found = await findCheckpoints(db, { after: newest?.size ?? -1, upTo: size, limit: page.rows })
    newest = found.at(-1) ?? newest
    if (found.length === 0) break
    await add(found.map(({ note }) => canonicalText(note)))
  }
  const signed = parseNote(newest?.note ?? '')
  const origin = signed && parseCheckpoint(signed.text)?.origin
  if (origin === undefined) throw new Error('the last checkpoint does not read')

  const head = headOf(last && { seq: last.seq, hash: parseEntry(last.body).hash })
  const manifest: Manifest = { plan, origin, size, head }
  await put(bundleFiles.manifest, manifestText(manifest))
  await put(bundleFiles.readme, readmeText(manifest, keys.log[0] ?? ''))
  await begin(bundleFiles.keys)
  await add(keyLines(keys))

  await begin(bundleFiles.payloads)
  for (let after = 0; after < end; ) {
    const upTo = Math.min(end, after + page.rows)
    const found = await findPayloads(db, plan.id, { after, upTo, letters: page.letters })
    // Those behind the last one may have been left for the next question.
    after = found.at(-1)?.seq ?? upTo
    await add(found.map(({ seq, salt, payload }) => payloadLine({ seq, salt: new Uint8Array(salt), payload })))
    onShare(parts.entries + ((parts.payloads - parts.entries) * after) / end)
  }

  for (let after = { documentId: '', number: 0 }; ; ) {
    const found = await findVersions(db, plan.id, { after, page })
    const lastOne = found.at(-1)
    if (!lastOne) break
    after = lastOne
    for (const { documentId, number, content, html } of found) {
      if (html === null || !told.has(`${documentId} ${number}`)) continue
      await put(versionFile(documentId, number, 'json'), content)
      await put(versionFile(documentId, number, 'html'), html)
    }
  }

  await put(bundleFiles.people, peopleText(await namesOf(db, plan.id)))
  await put(bundleFiles.redactions, redactionsText(await removalsOf(db, plan.id, end)))
}

async function namesOf(db: Kysely<Database>, planId: string) {
  const people = await findPeople(db, planId)
  const ids = people.map(({ userId }) => userId)
  const shown = await peopleOf(db, planId, ids)
  return Object.fromEntries(
    people.flatMap(({ pid, userId }) => {
      const person = shown.get(userId)
      return person ? [[pid, { name: person.name, group: person.group?.name ?? null }]] : []
    }),
  )
}

async function removalsOf(db: Kysely<Database>, planId: string, upTo: number) {
  const removals = await findRemovals(db, planId, upTo)
  return removals.map(({ body, payload }) => {
    const { basis = '', approver } = JSON.parse(payload ?? '{}') as { basis?: string; approver?: string }
    return { entry: parseEntry(body).entry, basis, approver }
  })
}
