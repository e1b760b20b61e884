/**
 * What others say of the record: witnesses who sign its heads too, and evidence that its key signed a head which is not
 * of this tree.
 */
import { AppError, refuseField } from '@cabildo/protocol/errors'
import type { CosignatureTaken, EvidenceTaken, RecordStatus } from '@cabildo/protocol/http/witnesses'
import { equalBytes, toHex } from '@cabildo/record/bytes'
import { nodeVerifiers } from '@cabildo/record/cli/verifiers'
import { type NoteKey, parseVkey } from '@cabildo/record/keys'
import { rootAt } from '@cabildo/record/merkle'
import type { Kysely } from 'kysely'
import type { Database } from '../../db/types.ts'
import type { Logger } from '../../log.ts'
import type { Tree } from '../tree/service.ts'
import { checkCosignatures, type KnownWitness, type OwnHead, readOwnHead, withLines, witnessId } from './rules.ts'
import { findAlarm, findHead, findLastCosigned, insertAlarm, insertCosignature } from './store.ts'

/** What witnessing needs. */
export interface WitnessingDeps {
  db: Kysely<Database>
  tree: Pick<Tree, 'checkpoint' | 'alarm' | 'verifierKeys' | 'read'>
  witnesses: readonly KnownWitness[]
  logger: Pick<Logger, 'error' | 'info' | 'warn'>
  now: () => Date
}

/** How the record stands, for everybody: its last head, who signed it too, and what is wrong. */
export async function statusOf({ db, tree, witnesses }: WitnessingDeps): Promise<RecordStatus> {
  const published = tree.checkpoint()
  const [head, last, alarm] = await Promise.all([
    published && findHead(db, published.size),
    findLastCosigned(
      db,
      witnesses.map(({ key }) => witnessId(key)),
    ),
    findAlarm(db),
  ])
  const at = alarm && { size: alarm.size, at: alarm.at.toISOString() }
  return {
    key: tree.verifierKeys[0] ?? '',
    head: published && head ? { size: published.size, root: published.root, at: head.at.toISOString() } : null,
    witnesses: witnesses.map(({ key, vkey }) => {
      const seen = last.get(witnessId(key))
      return { name: key.name, vkey, last: seen ? { size: seen.size, at: seen.at.toISOString() } : null }
    }),
    alarm:
      alarm && at
        ? { kind: alarm.kind === 'lost' ? 'lost' : 'forked', ...at }
        : tree.alarm() === undefined
          ? null
          : { kind: 'stopped', size: published?.size ?? null, at: null },
  }
}

/** The published head as a note, with the lines of witnesses who signed this very one; undefined before the first. */
export async function cosignedHead({ db, tree }: Pick<WitnessingDeps, 'db' | 'tree'>): Promise<string | undefined> {
  const published = tree.checkpoint()
  if (!published) return undefined
  const stored = await findHead(db, published.size)
  return withLines(published.note, stored?.lines ?? [])
}

/**
 * Keeps what a witness signed of a published head. Throws `not_found` for a head that there is not, `forbidden` where
 * none of the lines is a known witness's, and `invalid` where one in the name of a known witness is not its own. The
 * first signature of a witness for a head is the one that is kept.
 */
export async function takeCosignature(
  { db, tree, witnesses, now }: WitnessingDeps,
  { size, cosignature }: { size: number; cosignature: string },
): Promise<CosignatureTaken> {
  const published = tree.checkpoint()
  const head = published && size <= published.size ? await findHead(db, size) : undefined
  if (!head) throw new AppError('not_found', { detail: 'No head of this size was published.' })
  const cosigned = checkCosignatures(head.note, cosignature, { witnesses, verifiers: nodeVerifiers, now: now() })
  if (!cosigned) throw refuseField('/cosignature', 'It must be a signature line of a witness for this head.')
  const [first] = cosigned
  if (!first) throw new AppError('forbidden', { detail: 'No witness that is known here signed it.' })
  for (const { witness, line, at } of cosigned) {
    await insertCosignature(db, { size, witness: witnessId(witness.key), line, at })
  }
  return { size, witnesses: cosigned.map(({ witness }) => witness.key.name) }
}

/**
 * Takes evidence that the key signed something that is not of this tree, and keeps it for ever. Every note must be a
 * head with our own signature (`invalid`); when all of them are of this tree it shows nothing (`conflict`).
 */
export async function takeEvidence(
  { db, tree, logger, now }: WitnessingDeps,
  { notes }: { notes: readonly string[] },
): Promise<EvidenceTaken> {
  const published = tree.checkpoint()
  if (!published) throw new AppError('unavailable', { retryAfter: 2 })
  const keys: NoteKey[] = tree.verifierKeys.flatMap((vkey) => parseVkey(vkey) ?? [])
  const heads = notes.map((note, at) => {
    const head = readOwnHead(note, keys, nodeVerifiers)
    if (!head || head.checkpoint.size === 0) throw refuseField(`/notes/${at}`, 'It must be a head that our key signed.')
    return head
  })
  const found: { kind: 'forked' | 'lost'; head: OwnHead }[] = []
  for (const head of heads) {
    const { size, root } = head.checkpoint
    if (size > published.size) {
      // Another request may have seen it published since.
      if (size > (tree.checkpoint()?.size ?? 0)) found.push({ kind: 'lost', head })
      continue
    }
    if (!equalBytes(await tree.read(size, (read) => rootAt(size, read)), root)) found.push({ kind: 'forked', head })
  }
  const [first] = found
  if (!first) throw new AppError('conflict', { detail: 'These heads are all of this tree.' })
  for (const { kind, head } of found) {
    const { size, root } = head.checkpoint
    logger.error({ kind, size, root: toHex(root) }, 'our key signed a head that is not of this record')
    await insertAlarm(db, { size, root, kind, note: head.note, at: now() })
  }
  return { kind: first.kind, size: first.head.checkpoint.size }
}
