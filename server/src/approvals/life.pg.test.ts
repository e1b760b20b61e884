/** The lives of commitments and plans as models that walk beside the running program, and races that it must decide. */
import type { Standing } from '@cabildo/protocol/http/approvals'
import type { CommitmentState, PlanState, Role } from '@cabildo/protocol/http/common'
import {
  type Act,
  actNames,
  move,
  movePlan,
  type PlanAct,
  planActNames,
  planRuleOf,
  ruleOf,
} from '@cabildo/protocol/lifecycle'
import { textIn } from '@cabildo/protocol/lifecycle-text'
import { contentHash } from '@cabildo/schema/canonical'
import { contentOfState } from '@cabildo/schema/content'
import { type ApprovalName, approvalScene } from '@cabildo/testkit/approval-scene'
import { openApp } from '@cabildo/testkit/open-app'
import type { FreshDatabase } from '@cabildo/testkit/postgres'
import { createRandom, seedFromEnvironment } from '@cabildo/testkit/random'
import type { TestApp } from '@cabildo/testkit/test-app'
import { sitDown, type Typist, typeInto } from '@cabildo/testkit/typist'
import fc from 'fast-check'
import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { missingIn } from './plan/rules.ts'

const long = process.env.LONG === '1'
let database: FreshDatabase
let world: TestApp
openApp((...made) => {
  ;[database, world] = made
})

const scene = () => approvalScene(database, world)
type Scene = Awaited<ReturnType<typeof scene>>

const roleOf: Record<ApprovalName, Role> = {
  ...{ cora: 'coordinator', fina: 'facilitator', ana: 'drafter', ben: 'drafter', mayor: 'approver' },
  ...{ aval: 'endorser', rev: 'reviewer', moni: 'monitor' },
}
const anybody = fc.constantFrom(...(Object.keys(roleOf) as ApprovalName[]))
const someReason = fc.constantFrom(undefined, 'Por esto.')

/** Walks many times with a printed seed. */
async function walk<Model extends object, Real>(
  commands: fc.Arbitrary<fc.AsyncCommand<Model, Real>>[],
  begin: () => Promise<{ model: Model; real: Real }>,
  runs: number,
): Promise<void> {
  const seed = seedFromEnvironment()
  process.stderr.write(`SEED=${seed}\n`)
  await fc.assert(
    fc.asyncProperty(fc.commands(commands, { maxCommands: 30, size: 'max' }), async (sequence) => {
      const { model, real } = await begin()
      await fc.asyncModelRun(() => ({ model, real }), sequence)
    }),
    { seed, numRuns: runs, endOnFailure: true },
  )
}

/** What is known of a commitment: enough to say what the program must answer. */
interface CommitmentModel {
  state: CommitmentState
  windowOpen: boolean
  steps: number
  /** The newest request and what was decided on it. */
  request:
    | {
        state: 'open' | 'ended' | 'approved'
        approved: Set<ApprovalName>
        /** The clauses that each side has still to decide, by name; none when the whole text kept its approval. */
        left: Map<ApprovalName, Set<string>>
      }
    | undefined
  /** Whether the text was approved before: nobody writes on these walks, so all of it keeps that. */
  kept: boolean
}

/** Acts that are done by themselves come more often than they would by chance, so that walks get far. */
class Step implements fc.AsyncCommand<CommitmentModel, Scene> {
  private readonly name: ApprovalName
  private readonly pick: number
  private readonly reason: string | undefined
  private readonly wild: boolean
  constructor(name: ApprovalName, pick: number, reason: string | undefined, wild: boolean) {
    this.name = name
    this.pick = pick
    this.reason = reason
    this.wild = wild
  }
  check = () => true
  async run(model: CommitmentModel, real: Scene) {
    const act = this.actIn(model.state)
    const rule = ruleOf(act)
    const name = this.wild
      ? this.name
      : ((['cora', 'moni', 'aval'] as const).find((one) => rule.roles.includes(roleOf[one])) ?? 'cora')
    const requestOpen = model.request?.state === 'open'
    const moved = move(
      { state: model.state, requestOpen, windowOpen: model.windowOpen },
      { act, role: roleOf[name], reason: this.reason },
    )
    // A merge needs another commitment, and there is none.
    const expected = moved.ok && act !== 'merge'
    const { status, body } = await real.step(name, act, model.state, {
      ...(this.reason && { reason: this.reason }),
      ...(rule.window === 'extends' && { window: { closesAt: later() } }),
    })
    expect([String(this), status === 201], JSON.stringify(body)).toEqual([String(this), expected])
    if (expected) {
      if (act === 'amend' && model.request?.state === 'approved') model.request.state = 'ended'
      model.state = rule.to
      model.windowOpen = rule.to === 'consultation'
      model.steps++
    }
    await agree(model, real)
  }
  private actIn(state: CommitmentState): Act {
    const likely = actNames.filter((act) => ruleOf(act).from.includes(state) && !ruleOf(act).back)
    const from = this.wild || likely.length === 0 ? actNames : likely
    // Within bounds.
    return from[this.pick % from.length] as Act
  }
  toString = () => `step(${this.name}, ${this.pick}, ${this.reason}, ${this.wild})`
}

let days = 400
/** A day later than any before, within a year: each prolongs what is open by a minute. */
const later = () => new Date(Date.now() + 30 * 24 * 3600 * 1000 + ++days * 60_000).toISOString()

class AskApproval implements fc.AsyncCommand<CommitmentModel, Scene> {
  private readonly name: ApprovalName
  constructor(name: ApprovalName) {
    this.name = name
  }
  check = () => true
  async run(model: CommitmentModel, real: Scene) {
    const { status, body } = await real.request(await real.save(), this.name)
    const may = ['coordinator', 'drafter'].includes(roleOf[this.name])
    const ready = model.state === 'final' && model.request?.state !== 'open'
    expect([String(this), status]).toEqual([String(this), may ? (ready ? 201 : 409) : 403])
    if (status === 201) {
      const clauses: string[] = body.requests[0].clauses.map(({ clause }: { clause: string }) => clause)
      const left = (name: ApprovalName) => [name, new Set(model.kept ? [] : clauses)] as const
      model.request = { state: 'open', approved: new Set(), left: new Map([left('mayor'), left('aval')]) }
    }
    await agree(model, real)
  }
  toString = () => `ask(${this.name})`
}

class Decide implements fc.AsyncCommand<CommitmentModel, Scene> {
  private readonly name: ApprovalName
  private readonly verdict: 'approve' | 'return'
  constructor(name: ApprovalName, verdict: 'approve' | 'return') {
    this.name = name
    this.verdict = verdict
  }
  check = ({ request }: Readonly<CommitmentModel>) => request !== undefined
  async run(model: CommitmentModel, real: Scene) {
    const { request } = model
    const [open] = (await real.standing()).requests
    if (!request || !open) throw new Error('no request')
    const { status, body } = await real.decide(this.name, open, this.verdict, { reason: 'Visto.' })
    const asked = this.name === 'mayor' || this.name === 'aval'
    const fresh = asked && request.state === 'open' && !request.approved.has(this.name)
    expect([String(this), status], JSON.stringify(body)).toEqual([String(this), fresh ? 201 : asked ? 409 : 403])
    if (fresh) hear(model, this.name, this.verdict)
    await agree(model, real)
  }
  toString = () => `decide(${this.name}, ${this.verdict})`
}

/** A decision on all that was left to decide is heard. */
function hear(model: CommitmentModel, name: ApprovalName, verdict: 'approve' | 'return'): void {
  const { request } = model
  if (!request) throw new Error('no request')
  if (verdict === 'return') {
    request.state = 'ended'
    model.state = 'response'
    model.steps++
    return
  }
  request.approved.add(name)
  if (name === 'aval') model.steps++
  if (name === 'aval') model.state = 'endorsed'
  if (request.approved.size < 2) return
  request.state = 'approved'
  model.state = 'approved'
  model.kept = true
  model.steps++
}

/** Decides on some clauses alone, the same one twice, or one that says something else by now. */
class DecideClauses implements fc.AsyncCommand<CommitmentModel, Scene> {
  private readonly name: ApprovalName
  private readonly picks: readonly number[]
  private readonly verdict: 'approve' | 'return'
  private readonly stale: boolean
  constructor(name: ApprovalName, picks: readonly number[], verdict: 'approve' | 'return', stale: boolean) {
    this.name = name
    this.picks = picks
    this.verdict = verdict
    this.stale = stale
  }
  check = ({ request }: Readonly<CommitmentModel>) => request !== undefined
  async run(model: CommitmentModel, real: Scene) {
    const { request } = model
    const [open] = (await real.standing()).requests
    if (!request || !open) throw new Error('no request')
    // Within bounds.
    const chosen = this.picks.map((pick) => open.clauses[pick % open.clauses.length] as (typeof open.clauses)[number])
    const clauses = chosen.map(({ clause, hash }) => ({ clause, hash: this.stale ? `sha256:${'0'.repeat(64)}` : hash }))
    const { status, body } = await real.decide(this.name, open, this.verdict, { reason: 'Visto.', clauses })
    const left = request.left.get(this.name)
    const fresh =
      request.state === 'open' &&
      !request.approved.has(this.name) &&
      !this.stale &&
      new Set(this.picks.map((pick) => pick % open.clauses.length)).size === this.picks.length &&
      chosen.every(({ clause }) => left?.has(clause))
    expect([String(this), status], JSON.stringify(body)).toEqual([String(this), fresh ? 201 : left ? 409 : 403])
    if (fresh) for (const { clause } of chosen) left?.delete(clause)
    if (fresh && (this.verdict === 'return' || left?.size === 0)) hear(model, this.name, this.verdict)
    await agree(model, real)
  }
  toString = () => `clauses(${this.name}, ${this.picks}, ${this.verdict}${this.stale ? ', stale' : ''})`
}

class Withdraw implements fc.AsyncCommand<CommitmentModel, Scene> {
  private readonly name: ApprovalName
  constructor(name: ApprovalName) {
    this.name = name
  }
  check = ({ request }: Readonly<CommitmentModel>) => request !== undefined
  async run(model: CommitmentModel, real: Scene) {
    const { request } = model
    const [newest] = (await real.standing()).requests
    if (!request || !newest) throw new Error('no request')
    const { status } = await real.ask(this.name, `POST /approvals/${newest.id}/withdrawal`, {
      reason: 'Mejor después.',
    })
    const role = roleOf[this.name]
    const may = role === 'coordinator' || (role === 'drafter' && newest.requestedBy.name === this.name)
    expect([String(this), status]).toEqual([String(this), may ? (request.state === 'open' ? 201 : 409) : 403])
    if (status === 201) {
      request.state = 'ended'
      if (model.state === 'endorsed') model.steps++
      if (model.state === 'endorsed') model.state = 'final'
    }
    await agree(model, real)
  }
  toString = () => `withdraw(${this.name})`
}

/** The program says of itself what the model knows, and the text is open exactly when both mean it to be. */
async function agree(model: CommitmentModel, { standing, document }: Scene): Promise<void> {
  const told = await standing()
  const frozen = model.request?.state === 'open' ? 'frozen' : textIn[model.state]
  const newest = told.requests[0]?.state
  expect({
    ...{ state: told.state, text: told.text, steps: told.steps.length, window: told.window?.phase === 'open' },
    ...{ status: (await document()).status, open: newest === 'open', approved: newest === 'approved' },
  }).toEqual({
    ...{ state: model.state, text: frozen, steps: model.steps, window: model.windowOpen, status: frozen },
    ...{ open: model.request?.state === 'open', approved: model.request?.state === 'approved' },
  })
}

test('[AP1] [AP3] [AP7] [AP13] [AP14] [AP17] [AP28] [AP34] whatever is asked of a commitment, the program answers what the model says', async () => {
  const far = new Set<string>()
  await walk<CommitmentModel, Scene>(
    [
      fc.tuple(anybody, fc.nat(50), someReason).map(([name, pick, reason]) => new Step(name, pick, reason, true)),
      fc.nat(50).map((pick) => new Step('cora', pick, 'Por esto.', false)),
      fc.nat(50).map((pick) => new Step('cora', pick, 'Por esto.', false)),
      fc.constantFrom('ana' as const, 'cora' as const, 'rev' as const).map((name) => new AskApproval(name)),
      fc.constant(new Decide('aval', 'approve')),
      fc.constant(new Decide('mayor', 'approve')),
      fc
        .tuple(anybody, fc.constantFrom('approve' as const, 'return' as const))
        .map(([name, verdict]) => new Decide(name, verdict)),
      fc
        .tuple(
          fc.constantFrom('mayor' as const, 'aval' as const, 'rev' as const),
          fc.oneof(
            fc.array(fc.nat(50), { minLength: 1, maxLength: 3 }),
            fc.constant(Array.from({ length: 9 }, (_, at) => at)),
          ),
          fc.oneof(
            { weight: 5, arbitrary: fc.constant('approve' as const) },
            { weight: 1, arbitrary: fc.constant('return' as const) },
          ),
          fc.nat(5),
        )
        .map(([name, picks, verdict, stale]) => new DecideClauses(name, picks, verdict, stale === 0)),
      fc.constantFrom('ana' as const, 'ben' as const, 'cora' as const).map((name) => new Withdraw(name)),
    ],
    async () => {
      const real = await scene()
      const model: CommitmentModel = { state: 'drafting', windowOpen: false, steps: 0, request: undefined, kept: false }
      return { model, real: watched(real, far) }
    },
    long ? 200 : 10,
  )
  // Walks that never leave the draft would show little.
  expect([...far]).toEqual(expect.arrayContaining(['review', 'consultation', 'final']))
}, 1_800_000)

/** Notes how far walks get. */
const watched = (real: Scene, far: Set<string>): Scene => ({
  ...real,
  async standing(name) {
    const told = await real.standing(name)
    far.add(told.state)
    return told
  },
})

interface PlanModel {
  state: PlanState
  windowOpen: boolean
  steps: number
  commitment: CommitmentState
}

class PlanStep implements fc.AsyncCommand<PlanModel, Scene> {
  private readonly name: ApprovalName
  private readonly pick: number
  private readonly reason: string | undefined
  private readonly wild: boolean
  constructor(name: ApprovalName, pick: number, reason: string | undefined, wild: boolean) {
    this.name = name
    this.pick = pick
    this.reason = reason
    this.wild = wild
  }
  check = () => true
  async run(model: PlanModel, { planId, as }: Scene) {
    const likely = planActNames.filter((act) => planRuleOf(act).from.includes(model.state))
    const from = this.wild ? planActNames : likely
    // Within bounds: every state leads somewhere.
    const act = from[this.pick % from.length] as PlanAct
    const rule = planRuleOf(act)
    const name = this.wild ? this.name : rule.roles.includes('endorser') && !rule.back ? 'aval' : 'cora'
    const missing = new Set(
      missingIn({ commitments: [{ number: 1, state: model.commitment }], inputsReached: true }).keys(),
    )
    const { state, windowOpen } = model
    const { ok } = movePlan({ state, missing, windowOpen }, { act, role: roleOf[name], reason: this.reason })
    const window = rule.window === 'extends' && { window: { closesAt: later() } }
    const reason = this.reason && { reason: this.reason }
    const body = { act, from: state, ...reason, ...window }
    const response = await world.ask(`POST /api/plans/${planId}/steps`, { as: as[name], body })
    expect([String(this), act, response.status === 201]).toEqual([String(this), act, ok])
    if (ok) {
      model.state = rule.to
      model.windowOpen = rule.to === 'gathering' || rule.to === 'consultation'
      model.steps++
    }
    const told = await (await world.ask(`GET /api/plans/${planId}/standing`, { as: as.rev })).json()
    expect([told.state, told.steps.length, told.window?.phase === 'open', told.public]).toEqual([
      model.state,
      model.steps,
      model.windowOpen,
      model.state !== 'planning',
    ])
  }
  toString = () => `plan(${this.name}, ${this.pick}, ${this.reason}, ${this.wild})`
}

/** The plan's commitment is somewhere else from now on. */
class Become implements fc.AsyncCommand<PlanModel, Scene> {
  private readonly state: CommitmentState
  constructor(state: CommitmentState) {
    this.state = state
  }
  check = () => true
  async run(model: PlanModel, { documentId }: Scene) {
    const { state } = this
    await database.db.updateTable('commitment').set({ state }).where('documentId', '=', documentId).execute()
    model.commitment = state
  }
  toString = () => `commitment(${this.state})`
}

test('[AP23] [AP25] [AP28] whatever is asked of a plan, the program answers what the model says', async () => {
  const way = fc.constantFrom<CommitmentState>('review', 'final', 'approved', 'approved', 'assessed', 'withdrawn')
  await walk<PlanModel, Scene>(
    [
      fc.tuple(anybody, fc.nat(50), someReason).map(([name, pick, reason]) => new PlanStep(name, pick, reason, true)),
      ...Array.from({ length: 4 }, () => fc.nat(50).map((pick) => new PlanStep('cora', pick, 'Por esto.', false))),
      way.map((state) => new Become(state)),
    ],
    async () => ({
      model: { state: 'planning', windowOpen: false, steps: 0, commitment: 'drafting' },
      real: await scene(),
    }),
    long ? 200 : 4,
  )
}, 1_800_000)

const turns = async (count: number) => {
  for (let i = 0; i < count; i++) await new Promise((resolve) => setImmediate(resolve))
}

/** Freezes in one run, and those that one plan sees: an account may ask for so much in a minute. */
const freezes = long ? 500 : 10
const inOnePlan = Math.min(freezes, 20)

test(`[AP10] [AP20] of ${freezes} freezes against 8 writers nothing is stored beyond the frozen head, and whoever came late is told`, async () => {
  const random = createRandom()
  const told = { refused: 0, stale: 0, late: 0 }
  const wasRace = () => told.refused > 0 && told.stale > 0 && told.late > 0
  // Who comes first is chance: it goes on until each has happened.
  for (let done = 0; done < freezes || (!wasRace() && done < 20 * freezes); done += inOnePlan)
    await freezeAgainstWriters(random, inOnePlan, told)
  // The race was one: some words came before the freeze, and some writers too late, who were told.
  expect([told.refused > 0, told.stale > 0, told.late > 0]).toEqual([true, true, true])
}, 1_800_000)

async function freezeAgainstWriters(
  random: ReturnType<typeof createRandom>,
  rounds: number,
  told: { refused: number; stale: number; late: number },
): Promise<void> {
  const { toFinal, save, request, ask, document, documentId, people } = await scene()
  await toFinal()
  const names = ['ana', 'ben', 'cora', 'fina', 'ana', 'ben', 'cora', 'fina'] as const
  const kept: string[] = []
  const refused: string[] = []
  for (let round = 0; round < rounds; round++) {
    const typists: Typist[] = await Promise.all(names.map((name) => sitDown(world.rooms, documentId, people[name])))
    let frozen: Standing['requests'][number] | undefined
    for (let attempt = 0; attempt < 40 && !frozen; attempt++) {
      const version = await save()
      const asking = request(version)
      // Some while it is heard, some after.
      const typing = typists.map(async (typist, at) => {
        const word = `<${round}.${attempt}.${at}> `
        if (random.chance(0.85)) await asking
        else await turns(random.integer(0, 30_000))
        typeInto(typist.doc, 'summary', word)
        const isSaved = await typist.saved().then(
          () => true,
          () => false,
        )
        ;(isSaved ? kept : refused).push(word)
      })
      const [{ status, body }] = await Promise.all([asking, ...typing])
      if (status === 201) frozen = (body as Standing).requests[0]
      else {
        expect(body.code).toBe('stale_version')
        told.stale++
      }
    }
    if (!frozen) throw new Error(`never frozen, seed ${random.seed}`)
    const { headSeq, status } = await document()
    expect([status, headSeq]).toEqual(['frozen', frozen.version.seq])
    const { rows } = await sql<{ last: number }>`
      select max(seq)::int as last from document_update where document_id = ${documentId}`.execute(database.db)
    expect(rows[0]?.last).toBe(headSeq)
    const state = await world.rooms.stateAt(documentId, headSeq)
    const content = contentOfState(state?.state ?? new Uint8Array())
    expect(contentHash(content)).toBe(frozen.version.contentHash)
    const text = JSON.stringify(content)
    expect(kept.filter((word) => !text.includes(word))).toEqual([])
    expect(refused.filter((word) => text.includes(word))).toEqual([])
    for (const typist of typists) {
      // Whose words were on their way at that moment is told that it is frozen; who had none is sent to come back.
      expect([undefined, 'frozen', 'storage_unavailable']).toContain(typist.closed())
      if (typist.closed() === 'frozen') told.late++
      typist.leave()
    }
    const withdrawn = await ask('ana', `POST /approvals/${frozen.id}/withdrawal`, { reason: 'Otra vuelta' })
    expect(withdrawn.status).toBe(201)
  }
  told.refused += refused.length
}

test('[AP20] of concurrent requests, decisions and withdrawals one is heard each time', async () => {
  const { toFinal, save, request, ask, decide, standing, step } = await scene()
  await toFinal()
  const outcomes = new Set<string>()
  for (let round = 0; round < (long ? 100 : 5); round++) {
    const version = await save()
    const requests = await Promise.all([request(version), request(version, 'cora')])
    expect(requests.map(({ status }) => status).toSorted()).toEqual([201, 409])
    const [open] = (await standing()).requests
    if (!open) throw new Error('no request')
    const twice = await Promise.all([decide('aval', open, 'approve'), decide('aval', open, 'approve')])
    expect(twice.map(({ status, body }) => (status === 201 ? 'heard' : body.code)).toSorted()).toEqual([
      'already_decided',
      'heard',
    ])
    const [returned, withdrawn] = await Promise.all([
      decide('mayor', open, 'return', { reason: 'Falta algo' }),
      ask('cora', `POST /approvals/${open.id}/withdrawal`, { reason: 'Se corrige' }),
    ])
    expect([returned.status, withdrawn.status].toSorted()).toEqual([201, 409])
    const { state, requests: after } = await standing()
    const heard = returned.status === 201
    expect([state, after[0]?.state]).toEqual(heard ? ['response', 'returned'] : ['final', 'withdrawn'])
    outcomes.add(String(after[0]?.state))
    if (heard) expect((await step('ana', 'propose', 'response')).status).toBe(201)
  }
  expect(outcomes.size).toBeGreaterThan(0)
})

/** Pairs of approvals in one run, and in one plan. */
const pairs = long ? 500 : 9
const pairsInOnePlan = Math.min(pairs, 20)
const kindsOfPair = ['both approve', 'one returns', 'the same twice'] as const

test(`[AP13] [AP14] [AP20] of ${pairs} pairs of decisions at once, both sides agree on what came of them`, async () => {
  const random = createRandom()
  const seen = new Set<string>()
  for (let done = 0; done < pairs; done += pairsInOnePlan) {
    const { toFinal, save, request, decide, standing, step, entries } = await scene()
    await toFinal()
    let approvals = 0
    for (let round = 0; round < pairsInOnePlan; round++) {
      const open: Standing['requests'][number] = (await request(await save(), 'cora')).body.requests[0]
      // Each kind once, whatever the seed.
      const pair = kindsOfPair[round] ?? random.pick(kindsOfPair)
      const [one, other] = await Promise.all([
        decide('mayor', open, 'approve'),
        pair === 'both approve'
          ? decide('aval', open, 'approve')
          : pair === 'one returns'
            ? decide('aval', open, 'return', { reason: 'Falta algo' })
            : decide('mayor', open, 'approve'),
      ])
      const { state, requests } = await standing()
      const heard = requests[0]?.deciders.flatMap(({ party, verdict }) => (verdict ? [`${party} ${verdict}`] : []))
      const codes = [one, other].map(({ status, body }) => (status === 201 ? 'heard' : body.code))
      const outcome = { pair, state, request: requests[0]?.state, heard, codes: codes.toSorted() }
      if (pair === 'both approve')
        expect(outcome).toEqual({
          ...{ pair, state: 'approved', request: 'approved', codes: ['heard', 'heard'] },
          heard: ['government approve', 'civil_society approve'],
        })
      else if (pair === 'the same twice')
        expect(outcome).toEqual({
          ...{ pair, state: 'final', request: 'open', codes: ['already_decided', 'heard'] },
          heard: ['government approve'],
        })
      else {
        const first = codes[0] === 'heard'
        expect(outcome).toEqual({
          ...{ pair, state: 'response', request: 'returned' },
          ...{ codes: first ? ['heard', 'heard'] : ['heard', 'request_closed'] },
          heard: [...(first ? ['government approve'] : []), 'civil_society return'],
        })
      }
      seen.add(`${pair} ${codes}`)
      // Back to the final text.
      if (pair === 'the same twice')
        expect((await decide('aval', open, 'return', { reason: 'Falta' })).status).toBe(201)
      if (pair === 'both approve') {
        approvals++
        expect((await step('mayor', 'amend', 'approved', { reason: 'Otra fecha' })).status).toBe(201)
        await step('cora', 'propose_unconsulted', 'amending', { reason: 'Nada cambió' })
      } else await step('ben', 'propose', 'response')
      expect((await standing()).state).toBe('final')
    }
    // Each approval is in the record once.
    expect((await entries('state')).filter(({ act }) => act === 'approve')).toHaveLength(approvals)
  }
  expect(seen.size).toBeGreaterThan(2)
}, 1_800_000)
