import type { NewsItem } from '@cabildo/protocol/http/news'
import { type ApprovalName, approvalScene } from '@cabildo/testkit/approval-scene'
import { erasingWith } from '@cabildo/testkit/erasing'
import { openApp } from '@cabildo/testkit/open-app'
import type { FreshDatabase } from '@cabildo/testkit/postgres'
import { type TestApp, testConfig } from '@cabildo/testkit/test-app'
import { expect, test } from 'vitest'
import { createKeys } from '../../keys.ts'
import { eraseByProgram } from '../../privacy/erasing/service.ts'
import { takeComment } from '../inputs/public/service.ts'

let database: FreshDatabase
let world: TestApp
openApp((...made) => {
  ;[database, world] = made
})

/** A plan with a commitment, and what each of its people reads as news of the kinds named, the oldest first. */
async function scene() {
  const made = await approvalScene(database, world)
  const { planId, as } = made
  const news = async (name: ApprovalName): Promise<NewsItem[]> =>
    (await (await world.ask(`GET /api/plans/${planId}/news?limit=100`, { as: as[name] })).json()).items.reverse()
  const told = async (name: ApprovalName, ...kinds: NewsItem['kind'][]) =>
    (await news(name))
      .filter(({ kind }) => kinds.includes(kind))
      .map(({ kind, cause, by, version, state, words }) => [kind, cause, by?.name, version?.number ?? state, words])
  const digest = async (language: 'es' | 'en') => {
    const path = `/api/plans/${planId}/news/digest?language=${language}`
    return (await (await world.ask(`GET ${path}`, { as: as.rev })).json()).text as string
  }
  return { ...made, news, told, digest }
}

test('[NE1] [NE2] news tell of requests for approval: who is asked, who asked, what was decided, and that one was withdrawn', async () => {
  const { told, news, requested, decide, request, save, step, ask, digest, documentId } = await scene()
  const all = ['asked', 'approved', 'returned', 'recalled'] as const
  const first = await requested()
  expect((await decide('mayor', first, 'approve')).status).toBe(201)
  expect((await decide('aval', first, 'return', { reason: 'Falta el plazo' })).status).toBe(201)
  const back = await step('cora', 'propose', 'response')
  expect([back.status, back.body.state]).toEqual([201, 'final'])
  const again = await request(await save())
  const [second] = again.body.requests
  expect((await decide('mayor', second, 'approve')).status).toBe(201)
  expect((await ask('cora', `POST /approvals/${second.id}/withdrawal`, { reason: 'Se corrige' })).status).toBe(201)

  const history = (asked: 'approval' | null, mine: 'approval' | null, recalled: 'approval' | null) => ({
    asked: ['asked', asked, 'ana', 1, 'De acuerdo'],
    approved: ['approved', mine, 'mayor', 1, ''],
    returned: ['returned', mine, 'aval', 1, 'Falta el plazo'],
    askedAgain: ['asked', asked, 'ana', second.version.number, 'De acuerdo'],
    approvedAgain: ['approved', mine, 'mayor', second.version.number, ''],
    recalled: ['recalled', recalled, 'cora', second.version.number, 'Se corrige'],
  })
  expect(await told('rev', ...all)).toEqual(Object.values(history(null, null, null)))
  const { asked: _, askedAgain: __, ...ofAna } = history(null, 'approval', 'approval')
  expect(await told('ana', ...all)).toEqual(Object.values(ofAna))
  const { approved, approvedAgain, ...ofMayor } = history('approval', null, 'approval')
  expect(await told('mayor', ...all)).toEqual(Object.values(ofMayor))
  const { recalled, ...ofCora } = history(null, null, null)
  expect(await told('cora', ...all)).toEqual(Object.values(ofCora))

  const [item] = (await news('rev')).filter(({ kind }) => kind === 'asked')
  expect(item).toMatchObject({ document: { id: documentId, number: 1 }, thread: null, proposal: null, outcome: null })
  const es = await digest('es')
  for (const line of ['2 solicitudes de aprobación', '2 aprobaciones', '1 texto devuelto'])
    expect(es).toContain(`- ${line}\n`)
  expect(es).toContain('- 1 solicitud de aprobación retirada\n')
  expect(await digest('en')).toContain('- 1 request for approval withdrawn\n')
  expect(es).not.toMatch(/Falta el plazo|mayor|ana\b/)
})

test('[NE1] [NE3] steps of a commitment and of the plan are news, once each; what a decision brought about is told as the decision', async () => {
  const { planId, as, told, news, step, requested, decide } = await scene()
  expect((await step('ana', 'review', 'drafting')).status).toBe(201)
  expect((await step('ana', 'redraft', 'review', { reason: 'Falta el presupuesto' })).status).toBe(201)
  const asked = await requested()
  await decide('mayor', asked, 'approve')
  await decide('aval', asked, 'return', { reason: 'Falta el plazo' })
  const body = { act: 'announce', from: 'planning' }
  expect((await world.ask(`POST /api/plans/${planId}/steps`, { as: as.cora, body })).status).toBe(201)
  const steps = [
    ['moved', null, 'ana', 'review', ''],
    ['moved', null, 'ana', 'drafting', 'Falta el presupuesto'],
    ['moved', null, 'ana', 'review', ''],
    ['moved', null, 'cora', 'final', 'Ya se consultó en el taller.'],
    ['moved', null, 'cora', 'outreach', ''],
  ]
  expect(await told('rev', 'moved')).toEqual(steps)
  expect(await told('cora', 'moved')).toEqual(steps.slice(0, 3))
  const [ofPlan] = (await news('rev')).filter(({ kind }) => kind === 'moved').slice(-1)
  expect(ofPlan).toMatchObject({ document: null, state: 'outreach', version: null })
})

test('[NE1] [NE7] a reserved position is news until it is withdrawn, and those of an erased person are not', async () => {
  const { as, told, documentId, people, digest, news } = await scene()
  const reserve = async (name: 'aval' | 'rev', position: string): Promise<string> => {
    const body = { key: `una-clave-de-${name}-1`, field: 'summary', position }
    const answer = await world.ask(`POST /api/documents/${documentId}/dissents`, { as: as[name], body })
    expect(answer.status).toBe(201)
    return (await answer.json()).id
  }
  const id = await reserve('aval', 'El plazo es largo.')
  await reserve('rev', 'Falta el riego.')
  expect(await told('ana', 'dissented')).toEqual([
    ['dissented', null, 'aval', null, 'El plazo es largo.'],
    ['dissented', null, 'rev', null, 'Falta el riego.'],
  ])
  expect(await told('rev', 'dissented')).toHaveLength(1)
  expect(await digest('en')).toContain('- 2 positions reserved\n')
  await eraseByProgram(erasingWith(database.db), people.rev.userId)
  expect((await world.ask(`POST /api/documents/${documentId}/dissents/${id}/withdraw`, { as: as.aval })).status).toBe(
    200,
  )
  expect(await told('ana', 'dissented')).toEqual([])
  expect(JSON.stringify(await news('ana'))).not.toContain('riego')
})

test('[NE1] what the public says is news of nobody, and none once it was hidden', async () => {
  const { planId, as, documentId, step, news } = await scene()
  const announced = { as: as.cora, body: { act: 'announce', from: 'planning' } }
  expect((await world.ask(`POST /api/plans/${planId}/steps`, announced)).status).toBe(201)
  await step('ana', 'review', 'drafting')
  expect((await step('cora', 'consult', 'review')).status).toBe(201)
  const deps = { db: database.db, keys: createKeys(testConfig.appKey), rooms: world.rooms, config: testConfig }
  const said = { planId, documentId, field: undefined, name: '', language: 'es', network: 'n', now: new Date() }
  const brought = async () => (await news('cora')).filter(({ kind }) => kind === 'brought')
  await takeComment(deps, { ...said, words: 'Más sombra en la plaza' })
  expect(await brought()).toMatchObject([{ by: null, count: 1, input: { number: 1 }, words: 'Más sombra en la plaza' }])
  await takeComment(deps, { ...said, words: 'Compre en mi tienda' })
  const [both] = await brought()
  expect(both).toMatchObject({ count: 2, input: { number: 2 }, words: 'Compre en mi tienda' })
  const path = `/api/plans/${planId}/inputs/${both?.input?.id}/moderation`
  const body = { verdict: 'hidden', reason: 'Es un anuncio.' }
  expect((await world.ask(`POST ${path}`, { as: as.fina, body })).status).toBe(201)
  expect(await brought()).toMatchObject([{ count: 1, input: { number: 1 }, words: 'Más sombra en la plaza' }])
})
