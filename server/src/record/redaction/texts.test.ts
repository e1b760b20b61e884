import { filler } from '@cabildo/verify/redact'
import { expect, test } from 'vitest'
import { type BesideText, besideWithout } from './texts.ts'

const unreported = { reports: [], assessments: [], rulings: [], endorsements: [], planSteps: [], letters: [] }
const unmoved = { steps: [], requests: [], verdicts: [], ...unreported }

test('[TH13] of words that a thread is on, those go whose places were taken out, and the others stay', () => {
  const quotes: BesideText['quotes'] = [
    {
      id: 'a',
      quote: 'Vive Ana aquí',
      origins: [
        [7, 0, 8],
        [9, 4, 5],
      ],
    },
    { id: 'b', quote: 'Otra', origins: [[8, 5, 4]] },
  ]
  const none = {
    wordings: [],
    reasons: [],
    inputs: [],
    answers: [],
    passages: [],
    notes: [],
    decisions: [],
    dissents: [],
    ...unmoved,
  }
  const words = (text: string) => JSON.stringify([{ type: 'paragraph', content: [{ type: 'text', text }] }])
  const hunks: BesideText['hunks'] = [
    { id: 'p', number: 1, target: 'words', before: words('Ana'), after: words('Eva'), origins: [[7, 4, 2]] },
    { id: 'p', number: 2, target: 'words', before: words('Ana'), after: words('Eva'), origins: [[7, 0, 5]] },
    { id: 'p', number: 3, target: 'blocks', before: words('Vive Ana'), after: words('Vive'), origins: null },
    { id: 'p', number: 4, target: 'fact', before: '"Ana"', after: 'null', origins: null },
  ]
  const beside = { quotes, comments: [{ id: 'c', body: 'Ana' }], hunks, ...none }
  const ranges = [
    { client: 7, clock: 5, length: 3 },
    { client: 9, clock: 8, length: 4 },
  ]
  const changed = besideWithout(beside, null, ranges)
  expect(changed.quotes.map(({ id, quote }) => [id, quote])).toEqual([['a', `Vive ${filler.repeat(3)} aqu${filler}`]])
  expect(changed.comments).toEqual([])
  // A whole field has no places by which one could tell: nothing is left of it, since it may hold the words.
  expect(changed.hunks).toEqual([
    { ...hunks[0], before: 'null', after: 'null' },
    { ...hunks[2], before: 'null', after: 'null' },
  ])
  expect(besideWithout(beside, null, []).hunks).toEqual([])
})

test('[PC10] of a hunk that holds words that were taken out, whatever their formatting, nothing is left', () => {
  const split = [
    { type: 'text', text: 'Vive A' },
    { type: 'text', text: 'na', marks: [{ type: 'bold' }] },
  ]
  const hunk = (number: number, before: unknown, after: unknown) => ({
    ...{
      id: 'p',
      number,
      target: 'blocks',
      origins: null,
      before: JSON.stringify(before),
      after: JSON.stringify(after),
    },
  })
  const hunks = [hunk(1, split, []), hunk(2, 'Eva', 'Ana'), hunk(3, ['Eva'], null)]
  const none = {
    quotes: [],
    comments: [],
    wordings: [],
    reasons: [],
    inputs: [],
    answers: [],
    passages: [],
    dissents: [],
    ...unmoved,
  }
  const beside = {
    ...none,
    hunks,
    notes: [{ id: 'p', note: 'Por Ana' }],
    decisions: [{ id: 'p', number: 1, reason: 'Ana' }],
  }
  const changed = besideWithout(beside, 'Ana', [])
  expect(changed.hunks.map(({ number, before, after }) => [number, before, after])).toEqual([
    [1, 'null', 'null'],
    [2, 'null', 'null'],
  ])
  expect(changed.notes).toEqual([{ id: 'p', note: `Por ${filler.repeat(3)}` }])
  expect(changed.decisions).toEqual([{ id: 'p', number: 1, reason: filler.repeat(3) }])
})

test('[AP22] of why a commitment was moved, and what was said about approving it, the words go', () => {
  const none = {
    quotes: [],
    comments: [],
    wordings: [],
    reasons: [],
    inputs: [],
    answers: [],
    passages: [],
    dissents: [],
    notes: [],
    hunks: [],
  }
  const beside = {
    ...{ ...none, ...unreported, decisions: [] },
    steps: [{ id: 'c', number: 1, reason: 'Por Ana' }],
    requests: [
      { id: 'r', note: 'Ana lo pide', endReason: null },
      { id: 's', note: 'Nada', endReason: 'Ana se fue' },
      { id: 't', note: 'Nada', endReason: 'Nada' },
    ],
    verdicts: [{ id: 'r', entry: 7, reason: 'Ana no está' }],
  }
  const gone = filler.repeat(3)
  const changed = besideWithout(beside, 'Ana', [])
  expect(changed.steps).toEqual([{ id: 'c', number: 1, reason: `Por ${gone}` }])
  expect(changed.requests).toEqual([
    { id: 'r', note: `${gone} lo pide`, endReason: null },
    { id: 's', note: 'Nada', endReason: `${gone} se fue` },
  ])
  expect(changed.verdicts).toEqual([{ id: 'r', entry: 7, reason: `${gone} no está` }])
})

test('[RC95] of what was reported the words go, and a link that holds them, plain or encoded, goes whole', () => {
  const report = (number: number, words: string, link: string | null) => ({ id: 'd', number, words, link })
  const none = {
    ...{ quotes: [], comments: [], wordings: [], reasons: [], inputs: [], answers: [], passages: [], dissents: [] },
    ...{ notes: [], hunks: [], decisions: [], ...unmoved },
  }
  const beside = {
    ...none,
    reports: [
      report(1, 'Lo dice Ana Paz', 'https://a.example/x'),
      report(2, 'Nada', 'https://a.example/Ana%20Paz'),
      report(3, 'Nada', 'https://a.example/%E0%A4%A'),
      report(4, 'Nada', null),
    ],
    assessments: [{ id: 'd', number: 1, reason: 'Ana Paz' }],
    planSteps: [{ id: 'p', number: 1, reason: 'Nada' }],
  }
  const changed = besideWithout(beside, 'Ana Paz', [])
  expect(changed.reports).toEqual([
    report(1, `Lo dice ${filler.repeat(7)}`, 'https://a.example/x'),
    report(2, 'Nada', null),
  ])
  expect(changed.assessments).toEqual([{ id: 'd', number: 1, reason: filler.repeat(7) }])
  expect(changed.planSteps).toEqual([])
  expect(besideWithout(beside, null, []).reports).toEqual([])
})
