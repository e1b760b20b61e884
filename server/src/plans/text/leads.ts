import { contentOfState } from '@cabildo/schema/content'
import type { Rooms } from '../../rooms/ports.ts'
import { createTurns } from '../../turns.ts'

/** Who leads which commitment, by its number, as a text of it says. */
export type Leads = readonly { number: number; lead: unknown }[]

/** The text of a commitment, and how far it is. */
export interface LedText {
  number: number
  documentId: string
  headSeq: number
  epoch: number
}

/** Reads who leads the commitments of a plan, as their texts say now. */
export type ReadLeads = (planId: string, texts: readonly LedText[]) => Promise<Leads>

/** Texts that are read at the same time. */
const atOnce = 4

/**
 * Remembers who leads the commitments whose texts were read last, `most` of them: to read a text that nobody is in its room
 * is loaded, and a plan may have fifty. What was taken out of a text raised its epoch, and is not remembered. Who comes while
 * a plan is being read waits, and finds what was read.
 */
export function createLeads({ read }: Pick<Rooms, 'read'>, most = 2000): ReadLeads {
  const known = new Map<string, { headSeq: number; epoch: number; lead: unknown }>()
  const inTurn = createTurns()

  const leadOf = async ({ documentId, headSeq, epoch }: LedText): Promise<unknown> => {
    const before = known.get(documentId)
    if (before && before.epoch === epoch && before.headSeq >= headSeq) {
      keep(documentId, before)
      return before.lead
    }
    const committed = await read(documentId)
    if (!committed) return undefined
    const lead = contentOfState(committed.state).facts.leadInstitution
    // As of what was read: a room may be behind, or ahead of, what the database said a moment ago.
    keep(documentId, { headSeq: committed.headSeq, epoch: committed.epoch, lead })
    return lead
  }

  function keep(documentId: string, entry: { headSeq: number; epoch: number; lead: unknown }): void {
    known.delete(documentId)
    known.set(documentId, entry)
    const [oldest] = known.keys()
    if (known.size > most && oldest !== undefined) known.delete(oldest)
  }

  return (planId, texts) =>
    inTurn(planId, async () => {
      const led: { number: number; lead: unknown }[] = []
      for (let at = 0; at < texts.length; at += atOnce) {
        const some = texts.slice(at, at + atOnce)
        led.push(...(await Promise.all(some.map(async (text) => ({ number: text.number, lead: await leadOf(text) })))))
      }
      return led
    })
}
