/** For tests: what somebody without keys may do to a bundle, sealing it again each time. */
import { readArchive } from '../archive.ts'
import { readWhole } from '../archive-files.ts'
import { writeBundle } from '../bundle.ts'
import { concat, toHex, utf8 } from '../bytes.ts'
import { type Entry, type SealedEntry, sealEntry } from '../entry.ts'
import { type MadeLog, repack } from './random-log.ts'

type Random = (limit: number) => number
type Lines = string[]

/** Ways to change the lines of a file. */
const lineChanges: readonly ((lines: Lines, random: Random) => Lines)[] = [
  (lines, random) => lines.toSpliced(random(lines.length), 1),
  (lines, random) => lines.slice(0, -1 - random(3)),
  (lines, random) => {
    const at = random(lines.length)
    return lines.toSpliced(at, 0, lines[at] ?? '')
  },
  (lines, random) => {
    const at = random(Math.max(1, lines.length - 1))
    return lines.toSpliced(at, 2, ...lines.slice(at, at + 2).reverse())
  },
  (lines, random) => [...lines, lines[random(lines.length)] ?? ''],
  (lines, random) => {
    const at = random(lines.length)
    const line = lines[at] ?? ''
    const place = random(line.length)
    const digit = String(random(10))
    return lines.with(at, line.slice(0, place) + digit + line.slice(place + 1))
  },
  (lines, random) => {
    const at = random(lines.length)
    const line = lines[at] ?? ''
    return lines.with(at, line.replace(/"at":"\d{4}/, `"at":"${2024 + random(5)}`).replace('drafter', 'approver'))
  },
  (lines, random) => {
    const at = random(lines.length)
    return lines.with(at, (lines[at] ?? '').replace('{', ['{ ', '{"a":1,', '{"seq":1,', '{"v":1.0,'][random(4)] ?? ''))
  },
]

const textFiles = [
  'entries.jsonl',
  'entries.jsonl',
  'payloads.jsonl',
  'payloads.jsonl',
  'positions',
  'checkpoints.jsonl',
  'keys.txt',
  'manifest.json',
]

function changeLines(bundle: Uint8Array, random: Random): Uint8Array {
  const archive = readArchive(bundle)
  const name = textFiles[random(textFiles.length)] ?? ''
  const file = archive.files.get(name)
  const lines = file ? new TextDecoder().decode(readWhole(file)).split('\n').slice(0, -1) : []
  if (lines.length === 0) return bundle
  const changed = lineChanges[random(lineChanges.length)]?.(lines, random) ?? lines
  return repack(archive, new Map([[name, utf8(changed.map((line) => `${line}\n`).join(''))]]))
}

/** One byte of one file changed, put in, or taken out; or the whole file. */
function changeByte(bundle: Uint8Array, random: Random): Uint8Array {
  const archive = readArchive(bundle)
  const names = [...archive.files.keys()].sort()
  const name = names[random(names.length)] ?? ''
  const file = archive.files.get(name)
  const bytes = file ? readWhole(file) : new Uint8Array()
  const at = random(bytes.length + 1)
  const other = Uint8Array.of(random(256))
  const kind = random(10)
  const rest = bytes.subarray(kind < 4 || kind > 6 ? at + 1 : at)
  const changed =
    kind === 0 ? null : concat(bytes.subarray(0, at), kind < 7 && kind > 2 ? new Uint8Array() : other, rest)
  return repack(archive, new Map([[name, changed]]))
}

/** An entry changed, with the chain and the tree after it made to fit: all but the signatures. */
function rewriteHistory({ sealed, content }: MadeLog, random: Random): Uint8Array {
  const from = random(sealed.length)
  const tree = Uint8Array.from(content.tree)
  let last: SealedEntry | undefined
  const entries = sealed.map((old, at) => {
    if (at < from) {
      last = old
      return old.text
    }
    const actor = at === from ? { pid: 'AAAAAAAAAAAAAAAA', side: null, role: 'approver' } : old.entry.actor
    const entry: Entry = { ...old.entry, actor, prev: last ? toHex(last.hash) : old.entry.prev }
    last = sealEntry(entry)
    tree.set(last.hash, (content.positions[at] ?? 0) * 32)
    return last.text
  })
  const head = content.manifest.head && last ? { seq: content.manifest.head.seq, hash: toHex(last.hash) } : null
  return writeBundle({ ...content, manifest: { ...content.manifest, head }, entries, tree })
}

/** A bundle changed in some way; now and then not at all, where a change happens to change nothing. */
export function forge(made: MadeLog, bundle: Uint8Array, random: Random): Uint8Array {
  const kind = random(10)
  if (kind === 0) return rewriteHistory(made, random)
  return kind < 7 ? changeLines(bundle, random) : changeByte(bundle, random)
}
