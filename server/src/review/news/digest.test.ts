import { expect, test } from 'vitest'
import { digestLetter, digestText } from './digest.ts'
import { isWorthALetter, type NewsRow, seenBy, usualSetting, wordsShown } from './rules.ts'

const row = (more: Partial<NewsRow>): NewsRow => ({
  ...{ entry: 1, kind: 'commented', cause: null, at: new Date(0), byId: null, documentId: 'd1', commitment: 1 },
  ...{
    title: 'Parques',
    threadId: null,
    threadNumber: null,
    proposalId: null,
    proposalNumber: null,
    isPart: false,
    inputId: null,
  },
  ...{
    inputNumber: null,
    versionId: null,
    versionNumber: null,
    outcome: null,
    state: null,
    count: 1,
    words: 'Lo que dijo Rosa',
  },
  ...more,
})
const place = { title: 'Plan de Chepo', url: 'https://plan.example.org/plans/chepo' }
const span = { from: new Date('2026-03-21T12:00:00Z'), to: new Date('2026-03-28T12:00:00Z'), site: null }

test('[NE10] a digest counts by commitment, in their order, and tells last what is of none', () => {
  const news = [
    row({ documentId: 'd2', commitment: 2, title: 'Agua\nlimpia', kind: 'accepted' }),
    row({}),
    row({}),
    row({ documentId: null, commitment: null, title: null, kind: 'brought', count: 30 }),
  ]
  const texts = [{ documentId: 'd2', commitment: 2, title: 'Agua limpia', changedAt: span.to, since: 4 }]
  expect(digestText({ ...place, news, texts }, { language: 'es', ...span })).toBe(`Novedades de Plan de Chepo
Del 21 de marzo de 2026 al 28 de marzo de 2026

1. Parques
- 2 comentarios nuevos
https://plan.example.org/plans/chepo/commitments/1

2. Agua limpia
- el texto cambió
- 1 propuesta aceptada
https://plan.example.org/plans/chepo/commitments/2

Del plan entero
- 30 aportes nuevos

Ver todo: https://plan.example.org/plans/chepo/novedades
`)
  expect(digestText({ ...place, news: [], texts: [] }, { language: 'en', ...span })).toContain('There was no news.')
})

test('[NE10] a digest ends with where a plan is read without an account, where it can be', () => {
  const site = 'https://plan.example.org/p/chepo'
  const ending = (language: 'es' | 'en') =>
    digestText({ ...place, news: [], texts: [] }, { language, ...span, site })
      .split('\n')
      .slice(-3)
  expect(ending('es')).toEqual([
    'Ver todo: https://plan.example.org/plans/chepo/novedades',
    `Lo que ya es público, sin cuenta: ${site}`,
    '',
  ])
  expect(ending('en')[1]).toBe(`What is public, without an account: ${site}`)
})

test('[NE10] a proposal that was decided part by part counts once, as accepted where any of it was', () => {
  const decided = (kind: 'accepted' | 'rejected', number: number) =>
    row({ kind, proposalId: `p${number}`, proposalNumber: number, isPart: true })
  const news = [
    ...[decided('rejected', 1), decided('accepted', 1), decided('rejected', 1), decided('accepted', 1)],
    ...[decided('rejected', 2), decided('rejected', 2), decided('accepted', 3)],
  ]
  const text = digestText({ ...place, news, texts: [] }, { language: 'es', ...span })
  expect(text.match(/^- .*$/gm)).toEqual(['- 2 propuestas aceptadas', '- 1 propuesta no aceptada'])
})

test('[NE10] [ME13] minutes come after commitments, with their own address and name', () => {
  const minutes = (commitment: number, title: string) => row({ documentId: title, commitment, title })
  const news = [
    minutes(-2, 'Acta de la reunión 2'),
    row({}),
    minutes(-1, 'Acta de la reunión 1'),
    minutes(0, 'El plan'),
  ]
  const text = digestText({ ...place, news, texts: [] }, { language: 'es', ...span })
  expect(text.match(/^(El|1\.|Acta).*$|(?<=chepo)\/(?!nov).*$/gm)).toEqual([
    ...['El plan', '/document', '1. Parques', '/commitments/1', 'Acta de la reunión 1', '/meetings/1/minutes'],
    ...['Acta de la reunión 2', '/meetings/2/minutes'],
  ])
})

test('[NE21] [NE24] a letter tells first what is because of its reader, and how to stop it; it quotes nobody', () => {
  const news = [
    row({ cause: 'mention', threadNumber: 3 }),
    row({ cause: 'thread', kind: 'resolved', threadNumber: 4 }),
    row({ cause: 'proposal', kind: 'rejected', proposalNumber: 5 }),
    row({ cause: 'proposal', kind: 'accepted', proposalNumber: 6, isPart: true }),
    row({ cause: 'input', kind: 'answered', inputNumber: 17, outcome: 'adapted' }),
    row({ cause: 'input', kind: 'shown', inputNumber: 17, versionId: 'v2', versionNumber: 2 }),
    row({ cause: 'input', kind: 'brought', inputNumber: 18 }),
    row({}),
  ]
  const stopUrl = 'https://plan.example.org/sin-cartas#token'
  const about = { to: 'rosa@example.test', name: 'Rosa', baseUrl: 'https://plan.example.org', stopUrl }
  const { text, unsubscribe } = digestLetter({ ...about, language: 'es' }, [{ ...place, news, texts: [] }])
  expect(text).toContain(`Por usted:
- Le mencionan en el comentario 3 (compromiso 1)
  https://plan.example.org/plans/chepo/commitments/1?threads=3
- Se resolvió el comentario 4 (compromiso 1)
  https://plan.example.org/plans/chepo/commitments/1?threads=4
- No se aceptó su propuesta 5 (compromiso 1)
  https://plan.example.org/plans/chepo/commitments/1?proposals=5
- Se aceptó una parte de su propuesta 6 (compromiso 1)
  https://plan.example.org/plans/chepo/commitments/1?proposals=6
- Su aporte 17 tiene respuesta: se adopta con cambios (compromiso 1)
  https://plan.example.org/plans/chepo/inputs/17
- Su aporte 17 se ve en la versión 2 (compromiso 1)
  https://plan.example.org/plans/chepo/commitments/1?v=v2
- Su aporte 18 se anotó como suyo (compromiso 1)
  https://plan.example.org/plans/chepo/inputs/18

Además:
1. Parques
- 1 comentario nuevo
`)
  expect(text).not.toContain('Lo que dijo')
  expect([text.endsWith(`${stopUrl}\n`), unsubscribe]).toEqual([true, stopUrl])
})

test('[NE25] the address of a commitment leads to the thread or the proposal that all is about, or to the list of them', () => {
  const address = (news: Partial<NewsRow>[], texts: boolean = false) =>
    digestText(
      {
        ...place,
        news: news.map(row),
        texts: texts ? [{ documentId: 'd1', commitment: 1, title: 'Parques', changedAt: span.to, since: 4 }] : [],
      },
      { language: 'es', ...span },
    ).match(/commitments\/1\S*/)?.[0]
  const [thread, proposal] = [{ threadNumber: 3 }, { kind: 'proposed', proposalNumber: 5 } as const]
  expect(address([thread, thread])).toBe('commitments/1?threads=3')
  expect(address([thread, { threadNumber: 4 }])).toBe('commitments/1?threads=open')
  expect(address([proposal])).toBe('commitments/1?proposals=5')
  expect(address([proposal, { ...proposal, proposalNumber: 6 }])).toBe('commitments/1?proposals=open')
  expect(address([thread, proposal])).toBe('commitments/1')
  expect(address([thread], true)).toBe('commitments/1')
})

test('[NE21] [NE25] a letter tells of approvals by the page where they are decided, and counts what moved or was reserved', () => {
  const of = (kind: NewsRow['kind'], more: Partial<NewsRow> = {}) =>
    row({ kind, versionId: 'v4', versionNumber: 4, ...more })
  const asked = { cause: 'approval' } as const
  const plain = { versionId: null, versionNumber: null }
  const news = [
    ...[of('asked', asked), of('approved', asked), of('returned', asked), of('recalled', asked)],
    ...[of('moved', { ...plain, state: 'review' }), of('dissented', plain), of('dissented', plain)],
    of('moved', { ...plain, documentId: null, commitment: null, title: null, state: 'outreach' }),
    ...[of('asked', { documentId: 'd2', commitment: 2, title: 'Agua' })],
    ...[of('returned', { documentId: 'd2', commitment: 2, title: 'Agua' })],
    of('dissented', { ...plain, documentId: 'd0', commitment: 0, title: 'El plan' }),
  ]
  const about = { to: 'a@example.test', name: 'Rosa', baseUrl: 'https://plan.example.org', stopUrl: 'https://stop' }
  const told = (language: 'es' | 'en') =>
    digestLetter({ ...about, language }, [{ ...place, news, texts: [] }]).text.split('\n--\n')[0]
  expect(told('es')).toBe(`Hola, Rosa:

Novedades de Plan de Chepo

Por usted:
- Le piden aprobar la versión 4 (compromiso 1)
  https://plan.example.org/plans/chepo/commitments/1/approval
- Aprobaron, como usted pidió, la versión 4 (compromiso 1)
  https://plan.example.org/plans/chepo/commitments/1/approval
- Devolvieron la versión 4 (compromiso 1)
  https://plan.example.org/plans/chepo/commitments/1/approval
- Se retiró la solicitud de aprobar la versión 4 (compromiso 1)
  https://plan.example.org/plans/chepo/commitments/1/approval

Además:
El plan
- 1 posición reservada
https://plan.example.org/plans/chepo/document

1. Parques
- 1 cambio de estado
- 2 posiciones reservadas
https://plan.example.org/plans/chepo/commitments/1

2. Agua
- 1 solicitud de aprobación
- 1 texto devuelto
https://plan.example.org/plans/chepo/commitments/2/approval

Del plan entero
- 1 cambio de estado

Ver todo: https://plan.example.org/plans/chepo/novedades
`)
  expect(told('en')).toContain(`Because of you:
- You are asked to approve version 4 (commitment 1)
  https://plan.example.org/plans/chepo/commitments/1/approval
- Somebody approved, as you asked, version 4 (commitment 1)
  https://plan.example.org/plans/chepo/commitments/1/approval
- Somebody returned version 4 (commitment 1)
  https://plan.example.org/plans/chepo/commitments/1/approval
- Withdrawn was the request to approve version 4 (commitment 1)
`)
  expect(told('en')).toContain('- 1 change of state\n- 2 positions reserved\n')
})

test('[NE25] a letter tells of several inputs that were typed for its reader by the list of theirs', () => {
  const news = [row({ cause: 'input', kind: 'brought', inputNumber: 18, count: 2, documentId: null, commitment: null })]
  const about = { to: 'a@example.test', name: 'Rosa', baseUrl: 'https://plan.example.org', stopUrl: 'https://stop' }
  const told = (language: 'es' | 'en') => digestLetter({ ...about, language }, [{ ...place, news, texts: [] }]).text
  expect(told('es')).toContain(`Por usted:
- 2 aportes se anotaron como suyos
  https://plan.example.org/plans/chepo/inputs?mine=true
`)
  expect(told('en')).toContain('- 2 contributions were written down as yours\n')
})

test('[NE23] a letter is worth sending when something is because of its reader, or they wish to hear of anything', () => {
  const plans = (news: NewsRow[], texts: unknown[] = []) => [{ news, texts }]
  const all = { ...usualSetting, about: 'all' as const }
  expect(isWorthALetter(usualSetting, plans([row({})]))).toBe(false)
  expect(isWorthALetter(usualSetting, plans([row({ cause: 'mention' })]))).toBe(true)
  expect(isWorthALetter(all, plans([row({})]))).toBe(true)
  expect(isWorthALetter(all, plans([], [{}]))).toBe(true)
  expect(isWorthALetter(all, plans([]))).toBe(false)
})

test('[NE5] a mark never says more than there is', () => {
  const now = new Date(1000)
  expect(seenBy('7.500', { head: 9, now })).toEqual({ seen: 7, seenAt: new Date(500) })
  expect(seenBy('99.99999', { head: 9, now })).toEqual({ seen: 9, seenAt: now })
})

test('[NE7] whoever is named in words comes as they are shown; long words are cut between letters', () => {
  const id = 'AAAAAAAAAAAAAAAAAAAAAA'
  expect(wordsShown(`Hola @[${id}]\n¿qué tal?`, () => 'Rosa')).toBe('Hola @Rosa ¿qué tal?')
  expect(wordsShown(`@[${id}]`, () => '')).toBe('@…')
  expect(wordsShown('😀'.repeat(300), () => '')).toBe(`${'😀'.repeat(239)}…`)
})
