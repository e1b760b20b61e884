import { createAuthorship, decodeAuthorship } from '@cabildo/authorship/authorship'
import { randomLog } from '@cabildo/authorship/desks/random-log'
import { defaultLimits } from '@cabildo/protocol/room/limits'
import { contentOf } from '@cabildo/schema/content'
import { fieldText } from '@cabildo/schema/text'
import { createRandom } from '@cabildo/testkit/random'
import { expect, test } from 'vitest'
import * as Y from 'yjs'
import { inspectUpdate } from './gate.ts'

const rounds = process.env.LONG === '1' ? 60 : 6

test('[AU12] whatever passes the gate can be taken whole, and whatever does not breaks nothing', () => {
  const random = createRandom()
  for (let round = 0; round < rounds; round++) {
    const server = new Y.Doc()
    const authorship = createAuthorship()
    const careless = createAuthorship()
    let seq = 0
    let careful = 0
    for (const row of randomLog(random, 250)) {
      const bytes = row.bytes.slice()
      if (random.chance(0.3)) {
        for (let i = random.integer(1, 3); i > 0; i--)
          bytes[random.integer(0, bytes.length - 1)] = random.integer(0, 255)
      }
      careless.apply({ ...row, seq: ++careful, bytes })
      const verdict = inspectUpdate(server, bytes, () => 'free', defaultLimits)
      if (!verdict.ok) continue
      Y.applyUpdate(server, verdict.update)
      authorship.apply({ ...row, seq: ++seq, bytes: verdict.update })
    }
    const view = authorship.view()
    expect(view.unreadable).toEqual([])
    const content = contentOf(server)
    for (const [name, { runs }] of Object.entries(view.fields)) {
      expect(runs.map(({ text }) => text).join('')).toBe(fieldText(content.fields[name]))
    }
    careless.view()
    expect(decodeAuthorship(careless.encode())?.view()).toEqual(careless.view())
  }
})

test('[AU12] a letter whose bytes were damaged makes its row unreadable, and breaks nothing', () => {
  const doc = new Y.Doc()
  const rows: Uint8Array[] = []
  doc.on('update', (bytes) => rows.push(bytes))
  const words = new Y.XmlText()
  doc.getXmlFragment('summary').insert(0, [words])
  for (const letter of 'abc') words.insert(words.length, letter)
  const last = rows.at(-1)?.slice() ?? new Uint8Array()
  // Nothing but the mark of no deletions comes after it.
  last[last.length - 2] = 0xff
  const authorship = createAuthorship()
  const row = { author: 'ana', via: 'edit' as const }
  for (const [at, bytes] of [...rows.slice(0, -1), last].entries()) authorship.apply({ ...row, seq: at + 1, bytes })
  expect(authorship.view().unreadable).toEqual([rows.length])
})
