/** What people brought to a plan, as the public is told: one by one, or counted. */
import { labelNamed } from '@cabildo/schema/templates/labels'
import type { Kysely } from 'kysely'
import type { Database } from '../db/types.ts'
import { groupsOf, peopleOf } from '../people/service.ts'
import { findAnswers, findInputs, findLinks } from '../review/inputs/read-store.ts'
import { shownFrom } from '../review/inputs/rules.ts'
import { publicPerson } from './public-text.ts'
import type { InputCounts, PublicInput, PublicPlan } from './reading.ts'
import { findShownInputs } from './store.ts'

/** Adds up counts of inputs by their answers. */
export function countsOf(
  rows: readonly { outcome: InputCounts['outcomes'][number]['outcome'] | null; count: number }[],
): InputCounts {
  const sum = (some: readonly { count: number }[]) => some.reduce((total, { count }) => total + count, 0)
  const outcomes = rows.flatMap(({ outcome, count }) => (outcome === null ? [] : [{ outcome, count }]))
  return { total: sum(rows), answered: sum(outcomes), outcomes }
}

function meetingOf(meetings: PublicPlan['meetings'], number: number | undefined): PublicInput['meeting'] {
  const found = number === undefined ? undefined : meetings.find((one) => one.number === number)
  return found?.number ? { number: found.number, title: found.title } : null
}

/**
 * Reads inputs that anybody may read of a plan that was read a moment ago, those numbered above `after`, at most `limit`, by
 * number.
 */
export async function readPublicInputs(
  { db }: { db: Kysely<Database> },
  plan: Pick<PublicPlan, 'id' | 'title' | 'text' | 'commitments' | 'meetings'>,
  { after, limit }: { after: number; limit: number },
): Promise<PublicInput[]> {
  const planId = plan.id
  const byDocument = new Map<string, { number: number; title: string }>(
    plan.commitments.map((commitment) => [commitment.documentId, commitment]),
  )
  if (plan.text) byDocument.set(plan.text.version.documentId, { number: 0, title: plan.title })
  const ids = await findShownInputs(db, { planId, documents: [...byDocument.keys()], after, limit })
  if (ids.length === 0) return []
  const [inputs, links, answers, groups] = await Promise.all([
    findInputs(db, planId, { ids, limit: ids.length }),
    findLinks(db, ids),
    findAnswers(db, ids),
    groupsOf(db, planId),
  ])
  const people = await peopleOf(db, planId, [
    ...inputs.flatMap(({ fromId }) => fromId ?? []),
    ...answers.map(({ byId }) => byId),
  ])
  return inputs.map((row) => {
    const from = shownFrom(row, people, groups)
    return {
      number: row.number,
      channel: row.channel,
      place: row.place,
      saidOn: row.saidOn,
      language: row.language,
      words: row.takenBackAt === null ? row.words : '',
      takenBack: row.takenBackAt !== null,
      meeting: meetingOf(plan.meetings, row.meeting?.number),
      from: publicPerson(from),
      // A side would give away who is shown as nobody.
      side: from.group === null ? null : row.side,
      links: links.flatMap(({ inputId, documentId, field }) => {
        // The title as it is public: the one of the document may be of a draft.
        const commitment = inputId === row.id ? byDocument.get(documentId) : undefined
        if (!commitment) return []
        const label = (field !== null && labelNamed(field)) || null
        return [{ number: commitment.number, title: commitment.title, field, label }]
      }),
      answers: answers
        .filter(({ inputId }) => inputId === row.id)
        .map(({ outcome, reason, mergedNumber, documentId, version, byId, answeredAt, entry }) => {
          const commitment = byDocument.get(documentId ?? '')?.number
          return {
            ...{ outcome, reason, entry },
            mergedInto: mergedNumber,
            version: commitment === undefined || version === null ? null : { number: version, commitment },
            by: publicPerson(people.get(byId)),
            at: answeredAt.toISOString(),
          }
        }),
      entry: row.entry,
    }
  })
}
