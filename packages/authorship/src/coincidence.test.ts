import { createRandom, type Random } from '@cabildo/testkit/random'
import { expect, test } from 'vitest'
import * as Y from 'yjs'
import { createAuthorship } from './authorship.ts'
import type { LogRow } from './row.ts'

/*
 * The other error, with a hundred words, so that much more is alike than in real texts: texts of one language have much in common by chance, and who replaces a paragraph by words of their own
 * must not find them credited to whoever wrote the old one.
 */
const vocabulary =
  'de la que el en y a los del se las por un para con no una su al lo como más o pero sus le ya este sí porque esta entre cuando muy sin sobre también me hasta hay donde quien desde todo nos durante todos uno les ni contra otros ese eso ante ellos comunidad municipio agua gobierno compromiso participación transparencia información proyecto público personas mesa datos plan acceso servicio obras presupuesto control social rendición cuentas corregimiento junta comunal alcaldía río escuela salud camino mujeres jóvenes acuerdo seguimiento informe portal'.split(
    ' ',
  )

function sentence(random: Random): string {
  // Short words are the common ones.
  const next = (): string => vocabulary[Math.floor(vocabulary.length * random.next() ** 2)] ?? ''
  return `${Array.from({ length: random.integer(8, 60) }, next).join(' ')}.`
}

test('[AU6] words of one’s own in place of others’ are one’s own, though the texts share much by chance', () => {
  const random = createRandom()
  const rows: LogRow[] = []
  const doc = new Y.Doc()
  let author = 'A'
  doc.on('update', (bytes: Uint8Array) => rows.push({ seq: rows.length + 1, author, via: 'edit', bytes }))
  const by = (name: string, client: number, change: () => void): void => {
    author = name
    doc.clientID = client
    doc.transact(change)
  }
  const fragment = doc.getXmlFragment('problem')
  const texts: Y.XmlText[] = []
  for (let i = 0; i < 60; i++) {
    by('A', 1, () => {
      const text = new Y.XmlText(sentence(random))
      const paragraph = new Y.XmlElement('paragraph')
      paragraph.insert(0, [text])
      fragment.push([paragraph])
      texts.push(text)
    })
  }
  for (const text of texts) {
    const words = sentence(random)
    if (random.chance(0.5)) {
      by('B', 2, () => {
        text.delete(0, text.length)
        text.insert(0, words)
      })
    } else {
      by('B', 2, () => text.delete(0, text.length))
      by('B', 2, () => text.insert(0, words))
    }
  }
  const authorship = createAuthorship()
  for (const row of rows) authorship.apply(row)
  const { people } = authorship.view()
  const a = people.get('A')?.written ?? 0
  const b = people.get('B')?.written ?? 0
  process.stderr.write(`${a + b} letters of B, ${a} credited to A\n`)
  expect(a / (a + b)).toBeLessThanOrEqual(0.03)
})

test('[AU6] a paragraph pasted anew, half of it rewritten: the old half is its author’s, the new half is not', () => {
  const random = createRandom()
  const doc = new Y.Doc()
  const authorship = createAuthorship()
  let seq = 0
  let author = 'A'
  doc.on('update', (bytes: Uint8Array) => authorship.apply({ seq: ++seq, author, via: 'edit', bytes }))
  const text = new Y.XmlText()
  const paragraph = new Y.XmlElement('paragraph')
  paragraph.insert(0, [text])
  doc.getXmlFragment('problem').insert(0, [paragraph])
  const sums = { old: 0, oldWrong: 0, fresh: 0, freshWrong: 0 }
  for (let round = 0; round < 40; round++) {
    const [first, second, third, other] = [sentence(random), sentence(random), sentence(random), sentence(random)]
    author = 'A'
    doc.clientID = 1
    doc.transact(() => {
      text.delete(0, text.length)
      text.insert(0, `${first} ${second} ${third}`)
    })
    author = 'B'
    doc.clientID = 2
    doc.transact(() => {
      text.delete(0, text.length)
      text.insert(0, `${first} ${other} ${third}`)
    })
    let at = 0
    for (const run of authorship.view().fields.problem?.runs ?? []) {
      for (const _ of run.text) {
        const isNew = at > first.length && at <= first.length + other.length
        if (isNew) sums.fresh++
        else sums.old++
        if (isNew && run.author === 'A') sums.freshWrong++
        if (!isNew && run.author === 'B') sums.oldWrong++
        at++
      }
    }
  }
  process.stderr.write(`${JSON.stringify(sums)}\n`)
  expect(sums.oldWrong / sums.old).toBeLessThanOrEqual(0.05)
  expect(sums.freshWrong / sums.fresh).toBeLessThanOrEqual(0.1)
})
