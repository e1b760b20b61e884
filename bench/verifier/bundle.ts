/** A record of one plan with as many entries as wanted: typed text for the most part, versions, and signed checkpoints. */
import { createPrivateKey, sign as signBytes } from 'node:crypto'
import { headOf, type OpenPayload, type VersionText, writeBundle } from '@cabildo/record/bundle'
import { toHex } from '@cabildo/record/bytes'
import { canonicalText, type Json } from '@cabildo/record/canonical-json'
import { formatCheckpoint } from '@cabildo/record/checkpoint'
import { noPrevious, type SealedEntry, sealEntry } from '@cabildo/record/entry'
import { payloadCommitment } from '@cabildo/record/hash'
import { formatVkey } from '@cabildo/record/keys'
import { appendLeaf, emptyFrontier, frontierRoot } from '@cabildo/record/merkle'
import { signNote } from '@cabildo/record/note'
import { ed25519Signer, type NoteSigner } from '@cabildo/record/signatures'
import { canonicalJson, textHash } from '@cabildo/schema/canonical'
import { contentOf } from '@cabildo/schema/content'
import { contentHtml } from '@cabildo/schema/html'
import * as Y from 'yjs'

/** How large the record is. */
export interface RecordSize {
  entries: number
  documents: number
  /** Entries between two checkpoints. */
  checkpointEvery: number
  /** Entries between two versions. */
  versionEvery: number
}

/** A bundle that is sound, with the key that signed it. */
export interface MadeBundle {
  bytes: Uint8Array
  key: string
  checkpoints: number
  versions: number
}

const origin = 'registro.example/medida'
const plan = 'plan_medida'
const updatesInBatch = 4
const people = ['AAAAAAAAAAAAAAAA', 'BBBBBBBBBBBBBBBB', 'CCCCCCCCCCCCCCCC', 'DDDDDDDDDDDDDDDD'] as const

/** The log's key, signing with OpenSSL: thousands of checkpoints are signed. */
function fastSigner(): NoteSigner {
  const seed = new Uint8Array(32).fill(9)
  const { key } = ed25519Signer(origin, seed)
  const pkcs8 = Buffer.concat([Buffer.from('302e020100300506032b657004220420', 'hex'), seed])
  const secret = createPrivateKey({ key: pkcs8, format: 'der', type: 'pkcs8' })
  return { key, sign: (text) => new Uint8Array(signBytes(null, Buffer.from(text), secret)) }
}

/** A text that somebody types, letter by letter, with the updates that each letter makes. */
function openPaper(client: number) {
  const doc = new Y.Doc({ gc: false })
  doc.clientID = client
  const made: Uint8Array[] = []
  doc.on('update', (bytes: Uint8Array) => made.push(bytes))
  const paragraph = new Y.XmlElement('paragraph')
  const text = new Y.XmlText()
  paragraph.insert(0, [text])
  doc.getXmlFragment('problem').insert(0, [paragraph])
  let typed = 0
  return {
    doc,
    count: 0,
    type: (): Uint8Array => {
      if (made.length === 0) text.insert(text.length, 'el agua no llega al pozo, '.charAt(typed++ % 26))
      return made.shift() ?? new Uint8Array()
    },
  }
}

/** Makes a bundle; the same one for the same size, but for salts of a kind. */
export function makeBundle({ entries: wanted, documents, checkpointEvery, versionEvery }: RecordSize): MadeBundle {
  const signer = fastSigner()
  const papers = Array.from({ length: documents }, (_, at) => ({ id: `doc_${at}`, number: 0, ...openPaper(at + 1) }))
  const entries: string[] = []
  const payloads: OpenPayload[] = []
  const versions: VersionText[] = []
  const checkpoints: string[] = []
  const tree = new Uint8Array(wanted * 32)
  let frontier = emptyFrontier
  let last: SealedEntry | undefined
  const started = Date.parse('2026-11-26T12:00:00.000Z')

  for (let at = 0; at < wanted; at += 1) {
    const seq = at + 1
    const time = new Date(started + at * 2000).toISOString()
    const paper = papers[at % documents]
    if (!paper) throw new Error('at least one document')
    const actor = { pid: people[(at % documents) % people.length] ?? people[0], side: 'government', role: 'drafter' }
    const base = { v: 1, plan, seq, prev: last ? toHex(last.hash) : noPrevious, at: time } as const
    const salt = new Uint8Array(32)
    new DataView(salt.buffer).setUint32(0, seq)
    const commit = (payload: Json) => {
      const text = canonicalText(payload)
      payloads.push({ seq, salt, payload: text })
      return { payload: payloadCommitment(salt, text), public: true }
    }
    if (seq === 1) last = sealEntry({ ...base, type: 'plan', actor: null, commit: commit({ title: 'Medida' }) })
    else if (seq % versionEvery === 0) {
      const content = contentOf(paper.doc)
      const [json, html] = [canonicalJson(content), contentHtml(content)]
      paper.number += 1
      versions.push({ document: paper.id, number: paper.number, json, html })
      const hashes = { sha256: textHash(json), html: textHash(html) }
      const told = { document: paper.id, number: paper.number, seq: paper.count, ...hashes }
      last = sealEntry({ ...base, type: 'version', actor, commit: commit({ name: 'Una versión' }), content: told })
    } else {
      const updates = Array.from({ length: updatesInBatch }, () => {
        paper.count += 1
        return { seq: paper.count, at: time, bytes: Buffer.from(paper.type()).toString('base64') }
      })
      const batch = { document: paper.id, session: null, via: 'room', updates }
      last = sealEntry({ ...base, type: 'update-batch', actor, commit: commit(batch) })
    }
    entries.push(last.text)
    tree.set(last.hash, at * 32)
    frontier = appendLeaf(frontier, last.hash).tree
    if (seq % checkpointEvery === 0 || seq === wanted) {
      checkpoints.push(signNote(formatCheckpoint({ origin, size: seq, root: frontierRoot(frontier) }), [signer]))
    }
  }
  const key = formatVkey(signer.key)
  const head = headOf(last && { seq: wanted, hash: last.hash })
  const bytes = writeBundle({
    manifest: { plan: { id: plan, slug: 'medida', title: 'Medida' }, origin, size: wanted, head },
    entries,
    positions: entries.keys(),
    tree,
    checkpoints,
    keys: { log: [key], witnesses: [] },
    payloads,
    versions,
    people: {},
    redactions: '',
    readme: '',
  })
  return { bytes, key, checkpoints: checkpoints.length, versions: versions.length }
}
