/** Random logs for tests: several plans in one tree, entries of every kind, a log and its witnesses. */
import type { Archive } from '../archive.ts'
import { readWhole } from '../archive-files.ts'
import { type BundleContent, headOf, type OpenPayload, packFiles, type VersionText } from '../bundle.ts'
import { concat, toBase64, toHex, utf8 } from '../bytes.ts'
import { canonicalText, type Json } from '../canonical-json.ts'
import { formatCheckpoint } from '../checkpoint.ts'
import { nodeSigner } from '../cli/signing.ts'
import { type Entry, noPrevious, type SealedEntry, sealEntry } from '../entry.ts'
import { type EntryType, entryTypes } from '../entry-types.ts'
import { payloadCommitment, personId, sha256, sha256Name } from '../hash.ts'
import { formatVkey } from '../keys.ts'
import { appendLeaf, emptyFrontier, frontierRoot, hashLeafText } from '../merkle.ts'
import { signNote } from '../note.ts'
import { ed25519Cosigner, ed25519Signer, type NoteSigner } from '../signatures.ts'
import { decisionChallenge } from '../signed-decisions.ts'
import { filler } from '../verify-redactions.ts'
import { signAssertion } from './passkey.ts'

/** A repeatable source of numbers from 0 to below `limit` (xorshift32); its seed is for tests to print. */
export function randomFrom(seed: number): (limit: number) => number {
  let state = seed | 0 || 1
  return (limit) => {
    state ^= state << 13
    state ^= state >>> 17
    state ^= state << 5
    return (state >>> 0) % limit
  }
}

/** Everything about a made log that a test may want to change. */
export interface MadeLog {
  readonly content: BundleContent & {
    entries: string[]
    positions: number[]
    checkpoints: string[]
    payloads: OpenPayload[]
    versions: VersionText[]
  }
  readonly sealed: SealedEntry[]
  /** vkeys of the log that one should trust: the first one only, where it changed on the way. */
  readonly trusted: string[]
}

interface PlanState {
  readonly id: string
  readonly sealed: SealedEntry[]
  readonly positions: number[]
  readonly payloads: Map<number, OpenPayload>
  readonly versions: VersionText[]
  /** Stored updates by document. */
  readonly updates: Map<string, number>
  /** Requests for approval, and those of them that freeze a document now. */
  readonly requests: Request[]
  readonly frozen: Map<string, Request>
  /** What was approved last, by document. */
  readonly approved: Map<string, Request>
}

/** A request that the text of a version be approved. */
interface Request {
  readonly entry: SealedEntry
  /** What every entry about it names. */
  readonly names: { document: string; request: number; version: number; sha256: string }
  /** The clauses of its text by hash, and those of them that are to be decided. None of a text that was taken out. */
  readonly clauses: { readonly [clause: string]: string }
  readonly due: readonly string[]
}

/** Of the four people of every plan. */
const roles = ['coordinator', 'facilitator', 'drafter', 'monitor']

const words = ['agua', 'plaza', 'niñez', 'árbol', '«sí»', '😀', 'line\nbreak', '"quoted"', '\u0007', 'ﬃ']

/**
 * What whoever holds the keys may enter, and should not: contents taken out by one alone, or with nothing to show for it;
 * decisions that nobody signed so, or on another text or clause; words written in a text that was frozen; a text taken as
 * approved that was not.
 */
export const flaws = [
  'alone',
  'own approval',
  'asker may not',
  'approver may not',
  'program approved',
  'no filler',
  'erasure replaces',
  'signed another verdict',
  'signed by somebody else',
  'signed for another request',
  'signature gone',
  'signature unsaid',
  'no such version',
  'another text',
  'decided another text',
  'written while frozen',
  'decided another clause',
  'change unsaid',
  'approved by one alone',
  'unseen',
  'no object',
  'approved without a request',
  'approved elsewhere',
  'approved as a plan',
  'one side not asked',
  'approved after its end',
  'kept what never was',
  'unknown kind',
  'thawed by another',
  'returned once approved',
  'for another party',
] as const

/** One of {@link flaws}. */
export type Flaw = (typeof flaws)[number]

/** An entry as whoever holds the keys may sign it, also one that is not as its type must be. */
function sealUnlooked(entry: Entry): SealedEntry {
  const text = canonicalText(entry)
  return { entry, text, hash: hashLeafText(text) }
}

// By OpenSSL, with the same bytes: to sign took more than half of the time that a log takes to make.
const signerOf = (name: string, secret: Uint8Array) => ed25519Signer(name, secret, nodeSigner(secret))
const witnessOf = (name: string, secret: Uint8Array, now: () => number) =>
  ed25519Cosigner(name, secret, now, nodeSigner(secret))

/** A log of about `size` entries over `plans` plans; the bundle is that of the first. A flaw is wherever it can be. */
export function makeLog(seed: number, size: number, plans = 3, flaw?: Flaw): MadeLog {
  const random = randomFrom(seed)
  const mask = flaw === 'no filler' ? 'agua' : filler
  const pick = <Value>(values: readonly Value[]): Value => values[random(values.length)] as Value
  const bytes = (length: number) => Uint8Array.from({ length }, () => random(256))
  const origin = 'registro.example/cocreacion'
  const signers: NoteSigner[] = [signerOf(origin, bytes(32))]
  const witnesses = [1, 2].map((number) =>
    witnessOf(`witness.example/w${number}`, bytes(32), () => 1_700_000_000 + random(1000)),
  )
  const states = Array.from(
    { length: plans },
    (_, at): PlanState => ({
      id: `plan_${at}`,
      sealed: [],
      positions: [],
      payloads: new Map(),
      versions: [],
      updates: new Map(),
      requests: [],
      frozen: new Map(),
      approved: new Map(),
    }),
  )
  const secrets = Array.from({ length: 4 }, () => bytes(32))
  // A number below the order of the curve: its first digits are not all ones.
  const keys256 = secrets.map((secret) => secret.with(0, 1))
  const checkpoints: string[] = []
  const leaves: Uint8Array[] = []
  let tree = emptyFrontier
  let now = Date.parse('2026-11-26T12:00:00.000Z')
  const keys = [...signers]

  const append = (
    plan: PlanState,
    type: EntryType,
    payload: Json | undefined,
    { isUnseen = false, ...more }: Partial<Entry> & { readonly isUnseen?: boolean } = {},
  ) => {
    const last = plan.sealed.at(-1)
    const seq = (last?.entry.seq ?? 0) + 1
    const salt = bytes(32)
    // What whoever holds the keys does can be seen.
    const open = !isUnseen && (flaw !== undefined || entryTypes[type].commit === 'public' || random(4) > 0)
    const text = payload === undefined ? undefined : canonicalText(payload)
    const system = entryTypes[type].actor === 'optional' && random(5) === 0
    const actor = {
      pid: personId(pick(secrets), plan.id),
      side: pick([null, 'government', 'civil_society']),
      role: 'drafter',
    }
    now += random(3) * random(1000)
    const entry: Entry = {
      v: 1,
      type,
      plan: plan.id,
      seq,
      prev: last ? toHex(last.hash) : noPrevious,
      at: new Date(now).toISOString(),
      actor: system ? null : actor,
      ...(text === undefined ? {} : { commit: { payload: payloadCommitment(salt, text), public: open } }),
      ...more,
    }
    const made = isUnseen ? sealUnlooked(entry) : sealEntry(entry)
    plan.sealed.push(made)
    plan.positions.push(leaves.length)
    if (text !== undefined && open) plan.payloads.set(seq, { seq, salt, payload: text })
    leaves.push(made.hash)
    tree = appendLeaf(tree, made.hash).tree
  }

  const writeBatch = (plan: PlanState) => {
    const document = `doc_${random(3)}`
    const request = plan.frozen.get(document)
    if (request && flaw === 'thawed by another') thaw(plan, request)
    else if (request && flaw !== 'written while frozen') end(plan, request)
    const from = plan.updates.get(document) ?? 0
    const count = 1 + random(6)
    const updates = Array.from({ length: count }, (_, at) => ({
      seq: from + at + 1,
      at: new Date(now).toISOString(),
      bytes: toBase64(bytes(random(60))),
    }))
    plan.updates.set(document, from + count)
    // Sometimes typed by the batch's author for somebody else, known or erased by then.
    const pid = personId(sha256(utf8('sin teléfono')), plan.id)
    const behalf = random(4) ? {} : { behalf: random(3) ? { pid, side: pick([null, 'community']) } : null }
    append(plan, 'update-batch', { document, session: null, via: 'room', ...behalf, updates })
  }

  const writeVersion = (plan: PlanState) => {
    const document = pick([...plan.updates.keys()])
    const number = plan.versions.filter((version) => version.document === document).length + 1
    const json = canonicalText({ fields: { summary: pick(words), title: pick(words) }, facts: { n: random(9) } })
    const html = `<p>${pick(words)}</p>`
    plan.versions.push({ document, number, json, html })
    const content = {
      document,
      number,
      seq: plan.updates.get(document) ?? 0,
      sha256: sha256Name(utf8(json)),
      html: sha256Name(utf8(html)),
    }
    append(plan, 'version', random(2) ? { name: pick(words) } : undefined, { content })
  }

  /** Puts other contents in the place of an entry's, as the answer states. */
  const replace = (plan: PlanState, { seq, content }: Entry, old: OpenPayload | undefined): Json[] => {
    let stated: { [key: string]: Json } = { seq }
    if (old) {
      const value = JSON.parse(old.payload)
      if (value.updates) value.updates[0].bytes = toBase64(concat(bytes(4), utf8(mask), bytes(3)))
      else value.text = mask
      const salt = bytes(32)
      const payload = canonicalText(value)
      plan.payloads.set(seq, { seq, salt, payload })
      stated = { ...stated, payload: payloadCommitment(salt, payload) }
    }
    const at = plan.versions.findIndex(
      ({ document, number, json }) => json !== '' && document === content?.document && number === content.number,
    )
    const version = plan.versions[at]
    if (version) {
      const texts = { json: canonicalText({ type: 'doc', text: mask, n: random(1000) }), html: `<p>${mask}</p>` }
      plan.versions[at] = { ...version, ...texts }
      stated = { ...stated, sha256: sha256Name(utf8(texts.json)), html: sha256Name(utf8(texts.html)) }
    }
    return Object.keys(stated).length > 1 ? [stated] : []
  }

  /** Who asks and who approves; now and then the program, alone. */
  const approvalOf = (plan: PlanState, type: 'redaction' | 'erasure') => {
    if (type === 'erasure') return { payload: {}, more: {} }
    const asking = flaw === 'asker may not' ? 2 : random(2)
    const approving = flaw === 'own approval' ? asking : flaw === 'approver may not' ? 3 : asking === 0 ? 1 : 0
    const pid = (at: number) => personId(secrets[at] ?? new Uint8Array(32), plan.id)
    const isProgram = flaw === undefined && random(6) === 0
    const role = roles[asking] ?? 'drafter'
    const actor = isProgram || flaw === 'program approved' ? null : { pid: pid(asking), side: null, role }
    return { payload: isProgram || flaw === 'alone' ? {} : { approver: pid(approving) }, more: { actor } }
  }

  const redact = (plan: PlanState, type: 'redaction' | 'erasure') => {
    const ref = pick(
      plan.sealed.filter(({ entry }) => !['redaction', 'erasure', 'key-rotation'].includes(entry.type)),
    ).entry
    const old = plan.payloads.get(ref.seq)
    plan.payloads.delete(ref.seq)
    const stated = approvalOf(plan, type)
    if (flaw === 'erasure replaces' || (type === 'redaction' && random(2))) {
      const replaced = replace(plan, ref, old)
      const payload = { basis: `Ley 81 de 2019, ${pick(words)}`, ...stated.payload, replaced }
      append(plan, type, payload, { ...stated.more, refs: [ref.seq] })
      return
    }
    if (ref.content) {
      const { document, number } = ref.content
      const at = plan.versions.findIndex((version) => version.document === document && version.number === number)
      // The number stays taken; only the text is gone.
      const gone = plan.versions[at]
      if (gone) plan.versions[at] = { ...gone, json: '', html: '' }
    }
    const payload = { basis: `Ley 81 de 2019, ${pick(words)}`, ...stated.payload }
    append(plan, type, payload, { ...stated.more, refs: [ref.seq] })
  }

  /** Asks that a version of a document that nothing freezes be approved. Not always can one be. */
  const request = (plan: PlanState, only?: string) => {
    const open = plan.sealed.flatMap(({ entry: { content } }) =>
      content && !plan.frozen.has(content.document) && content.document === (only ?? content.document) ? [content] : [],
    )
    const [version] = open.length > 0 ? [pick(open)] : []
    if (!version) return
    const { document, number } = version
    const sha256 = flaw === 'another text' ? sha256Name(utf8('otro')) : version.sha256
    const names = { document, request: plan.requests.length + 1, version: number, sha256 }
    if (flaw === 'no such version') names.version += 1000
    const clauses = clausesOf(plan, version)
    const before = plan.approved.get(document)
    const isKept = (name: string, at: number) =>
      flaw === 'kept what never was' ? at > 0 : clauses[name] === before?.clauses[name]
    const due = Object.keys(clauses).filter((name, at) => !isKept(name, at))
    const told = before && { changed: flaw === 'change unsaid' ? due.slice(1) : due }
    const [government, civilSociety] = pidsOf(plan).map((pid) => [pid])
    const asked = { government: government ?? [], civilSociety: civilSociety ?? [] }
    if (flaw === 'one side not asked') asked[pick(['government', 'civilSociety'] as const)] = []
    append(plan, 'approval', {
      ...{ kind: 'requested', ...names, ...told, ...asked },
      seq: plan.updates.get(document) ?? 0,
    })
    const entry = plan.sealed.at(-1)
    if (!entry) return
    const made: Request = { entry, names, clauses, due }
    plan.requests.push(made)
    plan.frozen.set(document, made)
    return made
  }

  const pidsOf = (plan: PlanState) => secrets.map((secret) => personId(secret, plan.id))

  /** The clauses of a version's text by hash; none when another one stands in its place. */
  const clausesOf = (
    plan: PlanState,
    { document, number, sha256 }: { document: string; number: number; sha256: string },
  ) => {
    const text = plan.versions.find((one) => one.document === document && one.number === number)?.json ?? ''
    if (sha256Name(utf8(text)) !== sha256) return {}
    const { fields, facts } = JSON.parse(text)
    const clauses = Object.entries<Json>({ ...fields, ...facts })
    return Object.fromEntries(clauses.map(([name, value]) => [name, sha256Name(utf8(canonicalText(value)))]))
  }

  /** Two are asked and approve, one of them clause by clause, and an amendment opens the text again. */
  const approve = (plan: PlanState) => {
    const asked = flaw === 'kept what never was' ? requestKeeping(plan) : request(plan)
    // Of a text that was taken out nobody could say what was approved.
    if (!asked || Object.keys(asked.clauses).length === 0) return
    const { entry, names, clauses, due } = asked
    const [one = '', other = ''] = pidsOf(plan)
    const by = (pid: string) => ({ actor: { pid, side: null, role: 'approver' }, refs: [entry.entry.seq] })
    const decided = { kind: 'decided', ...names, verdict: 'approve', fresh: 'password' }
    append(plan, 'approval', { ...decided, party: 'government' }, by(one))
    const parts = due.length === 0 ? [{}] : due.map((name) => ({ clauses: { [name]: clauses[name] ?? '' } }))
    const isShort = flaw === 'approved by one alone' || flaw === 'approved as a plan'
    for (const part of isShort ? parts.slice(1) : parts)
      append(plan, 'approval', { ...decided, party: 'civil_society', ...part }, by(other))
    const last = plan.sealed.length
    if (flaw === 'approved after its end')
      append(plan, 'approval', { kind: pick(['withdrawn', 'voided']), ...names }, by(other))
    if (flaw === 'unseen') append(plan, 'approval', {}, { ...by(other), isUnseen: true })
    if (flaw === 'no object') append(plan, 'approval', pick([[], null, 'x']), by(other))
    const { actor } = by(other)
    const refs = flaw === 'approved without a request' ? pick([[], [1], [entry.entry.seq]]) : [last]
    const document = flaw === 'approved elsewhere' ? 'doc_9' : names.document
    const kind = flaw === 'approved as a plan' ? { kind: 'plan' } : {}
    append(plan, 'state', { ...kind, document, act: 'approve' }, { actor, ...(refs.length > 0 && { refs }) })
    if (flaw === 'returned once approved') {
      const said = pick([
        { ...decided, verdict: 'return', party: 'civil_society' },
        { kind: 'withdrawn', ...names },
      ])
      append(plan, 'approval', said, by(other))
      // Whoever did it takes the text for open.
      plan.frozen.delete(names.document)
      return
    }
    plan.approved.set(names.document, asked)
    end(plan, asked)
  }

  /** A request that keeps clauses of one that was voided, and that nobody had approved. */
  const requestKeeping = (plan: PlanState) => {
    const never = request(plan)
    if (!never) return
    plan.approved.set(never.names.document, never)
    end(plan, never)
    return request(plan, never.names.document)
  }

  /** What withdraws one request names another one too. */
  const thaw = (plan: PlanState, frozen: Request) => {
    const [first] = plan.requests
    if (!first || first === frozen) return end(plan, frozen)
    const actor = { pid: personId(pick(secrets), plan.id), side: null, role: 'coordinator' }
    const refs = [first.entry.entry.seq, frozen.entry.entry.seq]
    append(plan, 'approval', { kind: 'withdrawn', ...first.names }, { actor, refs })
  }

  /** A request ends, and its text opens again. */
  const end = (plan: PlanState, request: Request) => {
    const { entry, names } = request
    const kind = plan.approved.get(names.document) === request ? 'voided' : 'withdrawn'
    const actor = { pid: personId(pick(secrets), plan.id), side: null, role: 'coordinator' }
    append(plan, 'approval', { kind, ...names }, { actor, refs: [entry.entry.seq] })
    plan.frozen.delete(names.document)
  }

  /** Somebody decides on a request: signed, as most do, or not. */
  const decide = (plan: PlanState) => {
    if (plan.requests.length === 0) return
    const { entry: asked, names, clauses } = pick(plan.requests)
    const other = pick(plan.sealed)
    // The first one is asked for the government, the second for civil society.
    const at = random(2)
    const parties = flaw === 'for another party' ? ['civil_society', 'government'] : ['government', 'civil_society']
    const [pid = '', stranger = ''] = [at, at + 1].map((one) =>
      personId(secrets[one % 4] ?? new Uint8Array(32), plan.id),
    )
    const verdict = pick(['approve', 'return'])
    const clause = random(2) ? pick(Object.keys(clauses)) : undefined
    const said = flaw === 'decided another clause' ? sha256Name(utf8('"otra"')) : (clauses[clause ?? ''] ?? '')
    const facts = {
      ...{
        kind: 'decided',
        ...names,
        verdict,
        ...(flaw === 'decided another text' && { sha256: sha256Name(utf8('otro')) }),
      },
      party: parties[at] ?? null,
      ...(clause && { clauses: { [clause]: said } }),
    }
    const more = { actor: { pid, side: null, role: 'approver' }, refs: [asked.entry.seq] }
    if (flaw === 'unknown kind')
      return append(plan, 'approval', { ...facts, kind: pick(['paused', 'Withdrawn', '']) }, more)
    if (verdict === 'return' && plan.frozen.get(names.document)?.entry === asked) plan.frozen.delete(names.document)
    if (!flaw && random(3) === 0) return append(plan, 'approval', { ...facts, fresh: 'password' }, more)
    const hash = toHex((flaw === 'signed for another request' ? other : asked).hash)
    const told = { ...facts, fresh: 'passkey', asked: hash, nonce: toBase64(bytes(12)) }
    const signed = flaw === 'signed another verdict' ? { ...told, verdict: 'abstain' } : told
    const person = flaw === 'signed by somebody else' ? stranger : pid
    const challenge = decisionChallenge(plan.id, person, signed)
    const secret = keys256[random(5) ? at : random(4)] ?? new Uint8Array(32)
    const signature = { ...signAssertion(secret, { site: 'registro.example', challenge }) }
    if (flaw === 'signature gone') return append(plan, 'approval', told, more)
    if (flaw === 'signature unsaid') return append(plan, 'approval', { ...told, fresh: 'code', signature }, more)
    return append(plan, 'approval', { ...told, signature }, more)
  }

  const sign = () => {
    const text = formatCheckpoint({ origin, size: leaves.length, root: frontierRoot(tree) })
    checkpoints.push(signNote(text, [...signers, ...witnesses.slice(0, random(3))]))
  }

  const rotate = (plan: PlanState) => {
    const next = signerOf(origin, bytes(32))
    const [from] = signers
    if (!from) return
    append(plan, 'key-rotation', { from: formatVkey(from.key), to: formatVkey(next.key) })
    sign()
    signers[0] = next
    keys.push(next)
  }

  for (const plan of states) {
    append(plan, 'plan', { title: pick(words), at: plan.id })
    for (const [at, role] of roles.entries()) {
      const person = personId(secrets[at] ?? new Uint8Array(32), plan.id)
      // Not always told: a record may be younger than its plan.
      if (flaw || random(5) > 0) append(plan, 'membership', { kind: 'joined', person, role })
    }
  }
  for (let at = plans; at < size; at += 1) {
    const plan = pick(states)
    const choice = random(100)
    if (choice < 45) writeBatch(plan)
    else if (choice < 55 && plan.updates.size > 0) writeVersion(plan)
    else if (choice < 60) redact(plan, pick(['redaction', 'erasure']))
    else if (choice === 60) rotate(states[0] ?? plan)
    else if (choice < 63) approve(plan)
    else if (choice < 66) {
      request(plan)
      decide(plan)
    } else
      append(
        plan,
        pick(['group', 'membership', 'workshop', 'contribution', 'comment', 'proposal', 'recovery', 'plan']),
        {
          text: pick(words),
          n: random(9),
        },
      )
    if (random(8) === 0) sign()
  }
  sign()

  const [plan] = states
  if (!plan) throw new RangeError('at least one plan')
  return {
    sealed: plan.sealed,
    trusted: keys.slice(0, 1).map(({ key }) => formatVkey(key)),
    content: {
      manifest: {
        plan: { id: plan.id, slug: 'chepo', title: 'Plan de Chepo' },
        origin,
        size: leaves.length,
        head: headOf(plan.sealed.map(({ entry, hash }) => ({ seq: entry.seq, hash })).at(-1)),
      },
      entries: plan.sealed.map(({ text }) => text),
      positions: plan.positions,
      tree: Uint8Array.from(leaves.flatMap((leaf) => [...leaf])),
      checkpoints,
      keys: { log: keys.map(({ key }) => formatVkey(key)), witnesses: witnesses.map(({ key }) => formatVkey(key)) },
      payloads: [...plan.payloads.values()].sort((a, b) => a.seq - b.seq),
      versions: plan.versions.filter(({ json }) => json !== ''),
      people: { [personId(sha256(utf8('ana')), plan.id)]: { name: 'Ana' } },
      redactions: '# Retiros\n',
      readme: '# Registro\n',
    },
  }
}

/** The archive packed again with some files changed, and sealed again: what a forger without keys can do. */
export function repack(archive: Archive, changes: ReadonlyMap<string, Uint8Array | null>): Uint8Array {
  const files = new Map([...archive.files.values()].map((file) => [file.name, readWhole(file)]))
  for (const [name, bytes] of changes) {
    if (bytes) files.set(name, bytes)
    else files.delete(name)
  }
  return packFiles(files)
}
