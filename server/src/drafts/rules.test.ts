import { defaultLimits } from '@cabildo/protocol/room/limits'
import { seedFromEnvironment } from '@cabildo/testkit/random'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import * as Y from 'yjs'
import { clientsWithNews, holds, judge, newestShowing } from './rules.ts'

const seed = seedFromEnvironment()

describe('newestShowing', () => {
  const anySpan = fc
    .integer({ min: 1, max: 5000 })
    .chain((head) =>
      fc.record({ head: fc.constant(head), from: fc.nat(head), until: fc.integer({ min: 1, max: head }) }),
    )

  test('finds the last seq before the words are hidden, in few looks', async () => {
    await fc.assert(
      fc.asyncProperty(anySpan, async ({ head, from, until }) => {
        let looks = 0
        const found = await newestShowing(head, async (seq) => {
          looks += 1
          return seq < from ? 'early' : seq < until ? 'shown' : 'hidden'
        })
        // Nobody looks at 0, where no document is: a draft that fits nowhere before `until` stands where it first fits.
        const shows = Math.max(from, 1) < until
        expect(found).toBe(shows ? until - 1 : Math.max(from, 1))
        expect(looks).toBeLessThanOrEqual(Math.ceil(Math.log2(head)))
      }),
      { seed },
    )
  })
})

describe('judge', () => {
  test('no bytes make it throw or touch the document', () => {
    const doc = new Y.Doc()
    doc.getXmlFragment('summary').insert(0, [new Y.XmlElement('paragraph')])
    const before = Y.encodeStateAsUpdate(doc)
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        judge(doc, bytes, () => 'mine', defaultLimits)
        clientsWithNews(doc, bytes)
        expect(Y.encodeStateAsUpdate(doc)).toEqual(before)
      }),
      { seed },
    )
  })
})

describe('holds', () => {
  /** The updates of one person who types and deletes, each holding all since the start. */
  function growing(steps: readonly number[]): Uint8Array[] {
    const doc = new Y.Doc()
    const text = doc.getText('t')
    return steps.map((step) => {
      if (step % 3 === 0 && text.length > 0) text.delete(step % text.length, 1)
      else text.insert(step % (text.length + 1), 'ab')
      return Y.encodeStateAsUpdate(doc)
    })
  }

  test('a later state holds an earlier one, and an earlier holds no later one', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(50), { minLength: 2, maxLength: 20 }), (steps) => {
        const states = growing(steps)
        for (const [i, later] of states.entries()) {
          for (const [j, earlier] of states.entries()) expect(holds(later, earlier)).toBe(i >= j)
        }
      }),
      { seed },
    )
  })

  test('neither of two people’s edits holds the other’s', () => {
    const [one, two] = [growing([1]).at(-1), growing([1]).at(-1)]
    expect(holds(one ?? new Uint8Array(), two ?? new Uint8Array())).toBe(false)
  })
})
