/**
 * Texts of Word and Markdown, read into a document.
 * 1. A file is read in a process of its own, ended after nine seconds; its headings name fields of the form.
 * 2. Nothing is stored: whoever sent it sees what was found, chooses, and sends back the parts to be written.
 * 3. Those are one edit of the room, in their name, after what stands there; the record tells of it as of any edit.
 * 4. A key of the client's says under which client id that edit comes: the same one again finds what it wrote.
 */
import { hash } from 'node:crypto'
import { AppError, refuseField } from '@cabildo/protocol/errors'
import { type ImportPreview, mostParts } from '@cabildo/protocol/http/imports'
import { applyField, type Content, contentOfState, factOf, fieldOf, type JsonNode } from '@cabildo/schema/content'
import { holdsOne, type Target, targetsOf } from '@cabildo/schema/imported/targets'
import { factFrom, fieldFrom, type PartToWrite } from '@cabildo/schema/imported/values'
import { lineOf } from '@cabildo/schema/imported/words'
import { factsRoot } from '@cabildo/schema/rules'
import { templateNamed } from '@cabildo/schema/templates/templates'
import { childrenOf } from '@cabildo/schema/text'
import type { Kysely } from 'kysely'
import * as Y from 'yjs'
import { workApart } from '../apart.ts'
import type { Actor } from '../auth/sessions.ts'
import type { Database } from '../db/types.ts'
import { enterDocument } from '../people/service.ts'
import type { Rooms } from '../rooms/ports.ts'
import type { FileToRead } from './import-process.ts'
import { isWithinBounds, mostAtOnce, type ReadFile, readingLimits, type Unreadable } from './rules.ts'
import { findClient } from './store.ts'

/** What importing needs. */
export interface ImportDeps {
  db: Kysely<Database>
  rooms: Pick<Rooms, 'read' | 'edit' | 'limits' | 'stateAt'>
}

const program = new URL('import-process.ts', import.meta.url)
/** A seat belt: the process reads the program's own files, and neither writes one nor begins another program. */
const flags = ['--permission', '--allow-fs-read=*']
/** Whose files are being read. */
const reading = new Set<string>()

/** Reads a file for somebody who may write in a document. Throws `invalid` or `too_large` for what cannot be read. */
export async function previewImport(
  { db, rooms }: ImportDeps,
  actor: Actor,
  documentId: string,
  file: () => Promise<Uint8Array>,
): Promise<ImportPreview> {
  const { shape } = await enterWriting(db, actor, documentId)
  const { id: template, version } = shape
  // Before it is sent, so that it need not be; and again, for sending takes its time and holds no turn meanwhile.
  demandTurn(actor.userId)
  const bytes = await file()
  if (bytes.length === 0) throw refuseField('/file', 'The file is empty.')
  demandTurn(actor.userId)
  reading.add(actor.userId)
  const asked = { bytes, form: { template, version }, mostParts }
  const found = await readApart(asked).finally(() => reading.delete(actor.userId))
  const committed = await rooms.read(documentId)
  if (!committed) throw new AppError('not_found')
  const content = contentOfState(committed.state)
  return {
    kind: found.kind,
    pictures: found.pictures,
    parts: found.parts.map((part) => ({ ...part, content: { ...part.content, type: 'doc' as const } })),
    targets: [...targetsOf(templateNamed({ template, version }))].map(([name, target]) => ({
      target: name,
      ...standing(content, target),
    })),
  }
}

function demandTurn(userId: string): void {
  if (reading.size >= mostAtOnce || reading.has(userId))
    throw new AppError('unavailable', { detail: 'Other files are being read.', retryAfter: 10 })
}

/** Has a file read in a process of its own. */
async function readApart(asked: FileToRead): Promise<ReadFile> {
  const told = await workApart<string>(program, asked, { ...readingLimits, flags })
  if (told === undefined)
    throw new AppError('too_large', { detail: 'Reading the file takes more time or memory than it may.' })
  const found: ReadFile | Unreadable = JSON.parse(told)
  switch (found) {
    case 'type':
      throw refuseField('/file', 'Only texts of Word (.docx) and Markdown can be read.')
    case 'broken':
      throw refuseField('/file', 'The file is damaged.')
    case 'bomb':
      throw new AppError('too_large', { detail: 'The file holds more than it may unpacked.' })
    case 'long':
      throw new AppError('too_large', { detail: 'The text is longer than one that can be read.' })
    default:
      return found
  }
}

/** What a target says by now. */
function standing({ fields, facts }: Content, target: Target): { written: boolean; now: string } {
  if (target.what === 'fact') return { written: facts[target.name] !== undefined, now: factNow(facts[target.name]) }
  const blocks = childrenOf(fields[target.name])
  const written = blocks.some((block) => block.type === 'milestone' || lineOf(block) !== '')
  return { written, now: target.kind === 'line' ? blocks.map(lineOf).join(' ').trim() : '' }
}

/** A fact as it is compared with what its reader saw, and shown where it is no choice. */
const factNow = (value: unknown): string =>
  Array.isArray(value) ? value.join('; ') : typeof value === 'string' ? value : ''

/** Somebody who may write there, now that it is open. */
async function enterWriting(db: Kysely<Database>, actor: Actor, documentId: string) {
  const membership = await enterDocument(db, actor, documentId, 'document.edit')
  demandOpen(membership)
  return membership
}

function demandOpen({ status }: { status: string }): void {
  if (status !== 'open') throw new AppError('frozen')
}

/** A part that is to be written. */
interface ChosenPart extends PartToWrite {
  target: string
  now?: string | undefined
}

interface Left {
  part: number
  why: 'no_value' | 'changed'
}

/** What became of parts: how far the log went with them, and those that were not written. */
interface Applied {
  headSeq: number
  left: Left[]
}

/**
 * Writes parts into a document as one edit of whoever asks: after what stands there, and where one value stands in its place only
 * if it is the one they saw. Answers the parts that were not written. All of it is made before the room is asked, which must
 * not fail half way. The same key again writes nothing and gives the same answer, also of a text that is frozen by then.
 */
export async function applyImport(
  { db, rooms }: ImportDeps,
  actor: Actor,
  documentId: string,
  { key, parts }: { key: string; parts: readonly ChosenPart[] },
): Promise<Applied> {
  const { userId, sessionId } = actor
  const membership = await enterDocument(db, actor, documentId, 'document.edit')
  const { groupId, shape } = membership
  const clientId = clientIdOf(documentId, userId, key)
  const made = makeEdits(targetsOf(templateNamed({ template: shape.id, version: shape.version })), parts)
  const before = await writtenBefore(rooms, await findClient(db, documentId, clientId), { documentId, userId, made })
  if (before) return before
  demandOpen(membership)
  await demandRoom(rooms, documentId, parts)

  let left: Left[] = []
  let isThere = false
  const writer = { userId, sessionId, groupId }
  const { headSeq } = await rooms.edit(documentId, { writer, via: 'import', clientId }, (doc) => {
    // Pressed twice at once: the other one is on its way.
    isThere = doc.store.clients.has(clientId)
    if (!isThere) left = writeEdits(doc, made)
  })
  const stored = await findClient(db, documentId, clientId)
  if (isThere) return (await writtenBefore(rooms, stored, { documentId, userId, made })) ?? { headSeq, left }
  // The import's own row: what the room mends after it in the form is not what the same key is told again.
  return { headSeq: stored?.firstSeq ?? headSeq, left }
}

/** The client id under which an import comes: for each key of somebody's, one in each document. */
const clientIdOf = (documentId: string, userId: string, key: string): number =>
  hash('sha256', JSON.stringify([documentId, userId, key]), 'buffer').readUInt32BE()

/** What became of an import that was written before, as it was told then. */
async function writtenBefore(
  rooms: Pick<Rooms, 'stateAt'>,
  found: { userId: string; via: string; firstSeq: number } | undefined,
  { documentId, userId, made }: { documentId: string; userId: string; made: MadeEdits },
): Promise<Applied | undefined> {
  if (!found) return undefined
  if (found.userId !== userId || found.via !== 'import') throw refuseField('/key', 'Take another key.')
  const { firstSeq: headSeq } = found
  const before = await rooms.stateAt(documentId, headSeq - 1)
  if (!before) return { headSeq, left: made.left }
  const doc = new Y.Doc()
  try {
    Y.applyUpdate(doc, before.state)
    return { headSeq, left: writeEdits(doc, made) }
  } finally {
    doc.destroy()
  }
}

/** What is to be written where, and the parts that no target takes. */
interface MadeEdits {
  edits: { target: Target; value: unknown; places: number[]; now: string | undefined }[]
  left: Left[]
}

function makeEdits(targets: ReadonlyMap<string, Target>, parts: readonly ChosenPart[]): MadeEdits {
  if (!isWithinBounds(parts)) throw refuseField('/parts', 'It is too long or nested too deep.')
  for (const [at, { target }] of parts.entries())
    if (!targets.has(target)) throw refuseField(`/parts/${at}/target`, 'The form has no such field.')
  const made: MadeEdits = { edits: [], left: [] }
  for (const [name, places] of Map.groupBy(parts.keys(), (at) => parts[at]?.target ?? '')) {
    const target = targets.get(name)
    const own = places.flatMap((at) => parts[at] ?? [])
    const value = target && valueFrom(target, own)
    if (target && value !== null) made.edits.push({ target, value, places, now: own[0]?.now })
    else made.left.push(...places.map((part): Left => ({ part, why: 'no_value' })))
  }
  return made
}

/** Writes what can be written; answers the parts that were not, in their order. */
function writeEdits(doc: Y.Doc, { edits, left }: MadeEdits): Left[] {
  const changed = edits
    .filter(({ target, value, now = '' }) => !write(doc, target, value, now))
    .flatMap(({ places }) => places.map((part): Left => ({ part, why: 'changed' })))
  return [...left, ...changed].sort((a, b) => a.part - b.part)
}

/** What a target would hold; null when it is no value of it. */
function valueFrom(target: Target, parts: readonly PartToWrite[]): unknown {
  if (target.what === 'fact') return factFrom(target.fact, parts)
  const field = fieldFrom(target.kind, parts)
  return childrenOf(field).some((block) => block.type === 'milestone' || lineOf(block) !== '') ? field : null
}

/** Writes a value; false where another one stands than `now`, which is to be seen first. */
function write(doc: Y.Doc, target: Target, value: unknown, now: string): boolean {
  if (target.what === 'fact') {
    if (factNow(factOf(doc, target.name)) !== now) return false
    doc.getMap(factsRoot).set(target.name, value)
    return true
  }
  const { name, kind } = target
  const before = childrenOf(fieldOf(doc, name, kind))
  const says = before.some((block) => block.type === 'milestone' || lineOf(block) !== '')
  if (holdsOne(target) && before.map(lineOf).join(' ').trim() !== now) return false
  const added = childrenOf(value as JsonNode) // as `valueFrom` made it of a field
  applyField(doc, name, kind, { type: 'doc', content: says && !holdsOne(target) ? [...before, ...added] : added })
  return true
}

/** A document that is full takes nothing in. What is written is never longer than the JSON it comes as. */
async function demandRoom(rooms: ImportDeps['rooms'], documentId: string, parts: readonly ChosenPart[]): Promise<void> {
  const committed = await rooms.read(documentId)
  if (!committed) throw new AppError('not_found')
  if (committed.state.length + JSON.stringify(parts).length > rooms.limits.documentBytes)
    throw new AppError('too_large', { detail: 'The document has no room for it.' })
}
