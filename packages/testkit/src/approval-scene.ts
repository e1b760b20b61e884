import type { Standing } from '@cabildo/protocol/http/approvals'
import type { Role, Sector } from '@cabildo/protocol/http/common'
import { sql } from 'kysely'
import { newId } from '../../../server/src/db/ids.ts'
import { takeOut } from '../../../server/src/record/redaction/taking-out.ts'
import { plantPlan } from './factories.ts'
import type { FreshDatabase } from './postgres.ts'
import type { TestApp } from './test-app.ts'
import { sitDown, typeInto } from './typist.ts'

const roles = {
  cora: 'coordinator',
  fina: 'facilitator',
  ana: 'drafter',
  ben: 'drafter',
  mayor: 'approver',
  aval: 'endorser',
  rev: 'reviewer',
  moni: 'monitor',
} as const
/** Who takes part. */
export type ApprovalName = keyof typeof roles

/** A plan with both sides in it, and a commitment which `ana` and `ben` wrote, or `writers`; and what is done to it. */
export async function approvalScene(
  database: FreshDatabase,
  world: TestApp,
  writers: readonly ApprovalName[] = ['ana', 'ben'],
) {
  const { planId, people } = await plantPlan(database.db, roles)
  const seat = async (name: ApprovalName, sector: Sector) => {
    const id = newId()
    await database.db.insertInto('stakeholderGroup').values({ id, planId, name, sector }).execute()
    const { userId } = people[name]
    await database.db.updateTable('member').set({ groupId: id }).where('userId', '=', userId).execute()
  }
  await seat('mayor', 'government')
  await seat('cora', 'government')
  // Filled below, name by name.
  const as = {} as Record<ApprovalName, string>
  for (const name of Object.keys(roles) as ApprovalName[]) as[name] = await world.cookieOf(people[name])
  const added = await world.ask(`POST /api/plans/${planId}/commitments`, { as: as.ana, body: { title: 'Agua' } })
  const { documentId } = await added.json()
  const base = `/api/documents/${documentId}`
  const become = (name: ApprovalName, role: Role) =>
    database.db.updateTable('member').set({ role }).where('userId', '=', people[name].userId).execute()
  const write = async (name: ApprovalName, words: string) => {
    const typist = await sitDown(world.rooms, documentId, { ...people[name], role: 'drafter' })
    typeInto(typist.doc, 'summary', words)
    await typist.saved()
    typist.leave()
  }
  for (const name of writers) {
    await become(name, 'drafter')
    await write(name, `Agua para todos, dice ${name}. `)
    await become(name, roles[name])
  }

  const ask = async (name: ApprovalName, key: string, body?: object) => {
    const response = await world.ask(key.replace(' ', ` ${base}`), { as: as[name], ...(body && { body }) })
    return { status: response.status, body: await response.json() }
  }
  const standing = async (name: ApprovalName = 'rev'): Promise<Standing> => (await ask(name, 'GET /standing')).body
  const step = (name: ApprovalName, act: string, from: string, more: object = {}) =>
    ask(name, 'POST /steps', { act, from, ...more })
  const save = async () => (await ask('ana', 'POST /versions', { name: 'Final' })).body
  const request = (version: { id: string; contentHash: string }, name: ApprovalName = 'ana') =>
    ask(name, 'POST /approvals', { versionId: version.id, contentHash: version.contentHash, note: 'De acuerdo' })
  const toFinal = async () => {
    const { state } = await standing()
    if (state === 'drafting') await step('ana', 'review', 'drafting')
    await step('cora', 'propose_unconsulted', 'review', { reason: 'Ya se consultó en el taller.' })
  }
  /** Brings the commitment to an open request. */
  const requested = async () => {
    await toFinal()
    const { status, body } = await request(await save())
    const open: Standing['requests'][number] | undefined = body.requests?.[0]
    if (status !== 201 || !open) throw new Error(`no request: ${status}`)
    return open
  }
  const decide = (
    name: ApprovalName,
    { id, version }: { id: string; version: { contentHash: string } },
    verdict: string,
    more: object = {},
  ) => ask(name, `POST /approvals/${id}/decisions`, { contentHash: version.contentHash, verdict, ...more })
  const document = () =>
    database.db
      .selectFrom('document')
      .select(['status', 'headSeq'])
      .where('id', '=', documentId)
      .executeTakeFirstOrThrow()
  const entries = async (type: string) => {
    const { rows } = await sql<{ payload: string }>`
      select p.payload from record_entry e join record_payload p on p.plan_id = e.plan_id and p.seq = e.seq
      where e.plan_id = ${planId} and e.type = ${type} order by e.seq`.execute(database.db)
    return rows.map(({ payload }) => JSON.parse(payload))
  }
  const redact = async (quote: string) => {
    const [askedBy, approvedBy] = [people.fina.userId, people.cora.userId]
    const wish = { planId, documentId, quote, ranges: [], basis: 'Ley 81 de 2019', askedBy, approvedBy }
    await takeOut({ db: database.db, rooms: world.rooms }, wish, { after: async () => undefined })
  }
  return {
    ...{ redact },
    ...{ planId, people, as, documentId, write, ask, standing, step, save, request, toFinal },
    ...{ requested, decide, document, entries, become },
  }
}
