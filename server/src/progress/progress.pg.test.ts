import type { Standing } from '@cabildo/protocol/http/approvals'
import type { Role, Sector } from '@cabildo/protocol/http/common'
import type { Progress } from '@cabildo/protocol/http/progress'
import { canonicalText } from '@cabildo/record/canonical-json'
import { payloadCommitment } from '@cabildo/record/hash'
import { verifyBundle } from '@cabildo/record/verify'
import { plantPlan } from '@cabildo/testkit/factories'
import { openApp } from '@cabildo/testkit/open-app'
import type { FreshDatabase } from '@cabildo/testkit/postgres'
import type { TestApp } from '@cabildo/testkit/test-app'
import { sitDown } from '@cabildo/testkit/typist'
import { sql } from 'kysely'
import { expect, test } from 'vitest'
import * as Y from 'yjs'
import { newId } from '../db/ids.ts'
import { readProgress } from './service.ts'

let database: FreshDatabase
let world: TestApp
openApp((...made) => {
  ;[database, world] = made
})

const roles = {
  ...{ cora: 'coordinator', ana: 'drafter', gov: 'drafter', mayor: 'approver', aval: 'endorser', moni: 'monitor' },
} as const satisfies Record<string, Role>
type Name = keyof typeof roles

/** A plan whose commitment has two milestones, and its text approved by both sides. */
async function scene() {
  const { planId, people } = await plantPlan(database.db, roles)
  const office = { id: newId(), planId, name: 'Alcaldía', sector: 'government' satisfies Sector }
  await database.db.insertInto('stakeholderGroup').values(office).execute()
  for (const name of ['mayor', 'gov'] as const) {
    const { userId } = people[name]
    await database.db.updateTable('member').set({ groupId: office.id }).where('userId', '=', userId).execute()
  }
  // Filled below, name by name.
  const as = {} as Record<Name, string>
  for (const name of Object.keys(roles) as Name[]) as[name] = await world.cookieOf(people[name])
  const added = await world.ask(`POST /api/plans/${planId}/commitments`, { as: as.ana, body: { title: 'Agua' } })
  const { documentId } = await added.json()
  const ask = async (name: Name, key: string, body?: object) => {
    const path = key.replace(' ', ` /api/documents/${documentId}`)
    const response = await world.ask(path, { as: as[name], ...(body && { body }) })
    return { status: response.status, body: await response.json() }
  }
  const write = async (titles: readonly string[]) => {
    const typist = await sitDown(world.rooms, documentId, people.ana)
    typist.doc.transact(() => {
      const nodes = titles.map((title) => {
        const [milestone, name, outputs] = ['milestone', 'milestoneTitle', 'milestoneOutputs'].map(
          (node) => new Y.XmlElement(node),
        )
        name?.insert(0, [new Y.XmlText(title)])
        milestone?.setAttribute('due', '2026-12-31')
        milestone?.insert(
          0,
          [name, outputs].filter((node) => node !== undefined),
        )
        return milestone
      })
      typist.doc.getXmlFragment('milestones').insert(
        0,
        nodes.filter((node) => node !== undefined),
      )
    })
    await typist.saved()
    typist.leave()
  }
  /** Has the text as it stands approved by both sides. */
  const approve = async (from: string, act: string) => {
    if (act === 'review') await ask('ana', 'POST /steps', { act, from })
    const reason = 'Ya se consultó.'
    const state = act === 'review' ? 'review' : from
    await ask('cora', 'POST /steps', { act: 'propose_unconsulted', from: state, reason })
    const { id: versionId, contentHash } = (await ask('ana', 'POST /versions', { name: 'Final' })).body
    const standing: Standing = (await ask('ana', 'POST /approvals', { versionId, contentHash })).body
    for (const name of ['mayor', 'aval'] as const) {
      const body = { contentHash, verdict: 'approve' }
      expect((await ask(name, `POST /approvals/${standing.requests[0]?.id}/decisions`, body)).status).toBe(201)
    }
    return versionId as string
  }
  await write(['Censo de pozos', 'Obras'])
  const versionId = await approve('drafting', 'review')
  const told = async (name: Name = 'ana'): Promise<Progress> => (await ask(name, 'GET /progress')).body
  const report = (name: Name, more: object = {}) =>
    ask(name, 'POST /progress/reports', {
      ...{ key: newId(), versionId, milestone: 1, status: 'in_progress', words: 'Van diez.', day: '2026-07-01' },
      ...more,
    })
  const step = (act: string, from: string, reason?: string) =>
    ask('cora', 'POST /steps', { act, from, ...(reason !== undefined && { reason }) })
  const entries = async () => {
    const { rows } = await sql<{ payload: string }>`
      select p.payload from record_entry e join record_payload p on p.plan_id = e.plan_id and p.seq = e.seq
      where e.plan_id = ${planId} and e.type = 'progress' order by e.seq`.execute(database.db)
    return rows.map(({ payload }) => JSON.parse(payload))
  }
  return { planId, as, documentId, versionId, ask, write, approve, told, report, step, entries }
}

test('[MP1] [MP2] [MP4] who answers for a milestone reports on it, once for a key, and it is entered', async () => {
  const { told, report, entries, documentId } = await scene()
  const before = await told('gov')
  expect(before.milestones.map(({ number, title, due }) => [number, title, due])).toEqual([
    [1, 'Censo de pozos', '2026-12-31'],
    [2, 'Obras', '2026-12-31'],
  ])
  expect([before.may.report, (await told('ana')).may.report]).toEqual([true, false])
  for (const name of ['ana', 'mayor', 'aval', 'moni'] as const) expect((await report(name)).status).toBe(403)
  const key = newId()
  const link = 'https://chepo.example.org/pozos'
  const both = await Promise.all([report('gov', { key, link }), report('gov', { key, link })])
  expect(both.map(({ status }) => status)).toEqual([201, 201])
  expect((await report('cora', { milestone: 2, status: 'delayed' })).status).toBe(201)
  expect((await report('gov', { milestone: 3 })).body.errors[0].pointer).toBe('/milestone')
  expect((await report('gov', { link: 'javascript:alert(1)' })).body.errors[0].pointer).toBe('/link')
  expect((await report('gov', { versionId: newId() })).status).toBe(409)

  const { milestones } = await told()
  expect(milestones.map(({ reports }) => reports.map(({ number, status }) => [number, status]))).toEqual([
    [[1, 'in_progress']],
    [[2, 'delayed']],
  ])
  const salt = Buffer.from(milestones[0]?.reports[0]?.salt ?? '', 'hex')
  expect((await entries())[0]).toMatchObject({
    ...{ kind: 'reported', document: documentId, report: 1, milestone: 1, status: 'in_progress', day: '2026-07-01' },
    said: payloadCommitment(salt, canonicalText({ words: 'Van diez.', link })),
  })
  expect(await readProgress(database.db, documentId)).toMatchObject({
    milestones: [{ reports: [{ words: 'Van diez.', link }] }, { reports: [{ status: 'delayed' }] }],
    assessment: null,
  })
})

test('[MP3] [MP4] the monitoring body says how far it is completed while it is implemented, with a reason', async () => {
  const { ask, step, told, entries, planId, as } = await scene()
  const assess = (name: Name, body: object) => ask(name, 'POST /progress/assessments', body)
  const limited = { level: 'limited', reason: 'Falta la mitad.' }
  expect((await assess('moni', limited)).status).toBe(409)
  await step('submit', 'approved')
  await step('implement', 'submitted')
  expect((await assess('cora', limited)).status).toBe(403)
  expect((await assess('moni', { level: 'limited', reason: '' })).body.errors[0].pointer).toBe('/reason')
  expect((await assess('moni', limited)).status).toBe(201)
  expect((await assess('moni', { level: 'complete', reason: 'Se hizo.' })).status).toBe(201)
  const { assessments } = await told()
  expect(assessments.map(({ level }) => level)).toEqual(['complete', 'limited'])
  const salt = Buffer.from(assessments[1]?.salt ?? '', 'hex')
  expect((await entries())[0]).toMatchObject({ level: 'limited', reason: payloadCommitment(salt, limited.reason) })
  await world.recorder.catchUp()
  const bundle = await world.ask(`GET /api/plans/${planId}/record/bundle`, { as: as.cora })
  expect((await verifyBundle(new Uint8Array(await bundle.arrayBuffer()))).exitCode).toBe(0)
})

test('[MP1] [MP5] after an amendment earlier reports stand apart, and new ones are on the new version', async () => {
  const { report, step, told, write, approve, as } = await scene()
  await report('gov')
  await step('amend', 'approved', 'Cambió el plazo')
  expect((await report('gov')).status).toBe(409)
  expect((await told()).milestones[0]?.reports).toHaveLength(1)
  await write(['Capacitación'])
  const versionId = await approve('amending', 'propose_unconsulted')
  expect((await report('gov', { versionId, milestone: 3 })).status).toBe(201)
  const { milestones, earlier } = await told()
  expect(milestones.map(({ title, reports }) => [title, reports.length])).toEqual([
    ['Capacitación', 0],
    ['Censo de pozos', 0],
    ['Obras', 1],
  ])
  expect(earlier).toMatchObject([{ number: 1, version: { number: 1 } }])
  const elsewhere = await scene()
  const path = `GET /api/documents/${elsewhere.documentId}/progress`
  expect((await world.ask(path, { as: as.cora })).status).toBe(404)
})
