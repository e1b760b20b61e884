import { applyContent } from '@cabildo/schema/content'
import { ogpCommitment } from '@cabildo/schema/templates/ogp-commitment'
import * as Y from 'yjs'
import { createSessions } from '../../server/src/auth/sessions.ts'
import { createDb, createPool } from '../../server/src/db/client.ts'
import { newId } from '../../server/src/db/ids.ts'
import { migrate } from '../../server/src/db/migrate.ts'
import { insertDocument } from '../../server/src/rooms/adapters/new-document.ts'
import { createRandom } from '../harness/random.ts'
import { foundTown } from '../record/town.ts'
import { createVocabulary } from '../search/words.ts'

/** A public plan, and a text in it that is being written. */
export interface PublicTown {
  slug: string
  /** Paths of pages that anybody reads. */
  paths: string[]
  /** Of the text in progress, and of those who write it. */
  documentId: string
  cookies: string[]
  /** Changes what every page says: adds something, or takes something away, for which readers wait. */
  change(how: 'add' | 'take'): Promise<void>
  end(): Promise<void>
}

/** Plants a plan with `texts` commitments in consultation and one in progress, which `people` may write. */
export async function plantPublicTown(
  url: string,
  { texts, people, seed }: { texts: number; people: number; seed: number },
): Promise<PublicTown> {
  const pool = createPool({ connectionString: url })
  try {
    await migrate(pool)
    const db = createDb(pool)
    const slug = 'site'
    const { planId, people: townspeople, documents } = await foundTown(db, slug, { people, documents: 1 })
    const [first] = townspeople
    const [{ documentId } = { documentId: '' }] = documents
    if (!first) throw new Error('a plan without people')
    await db.updateTable('plan').set({ state: 'consultation' }).where('id', '=', planId).execute()
    const { sentence } = createVocabulary(createRandom(seed))
    for (let number = 2; number <= texts + 1; number += 1) {
      const id = newId()
      const doc = new Y.Doc()
      doc.clientID = number
      const paragraph = (text: string) => ({ type: 'paragraph', content: [{ type: 'text', text }] })
      const field = (name: string) =>
        name === 'title' ? [paragraph(sentence(8))] : Array.from({ length: 5 }, () => paragraph(sentence(40)))
      applyContent(doc, {
        ...{ template: 'ogp-commitment', version: 1, facts: {} },
        fields: Object.fromEntries(
          ogpCommitment.fields
            .filter(({ kind }) => kind !== 'milestones')
            .map(({ name }) => [name, { type: 'doc', content: field(name) }]),
        ),
      })
      const { userId, sessionId, groupId } = first
      await insertDocument(db, {
        ...{
          documentId: id,
          planId,
          kind: 'commitment',
          template: 'ogp-commitment',
          templateVersion: 1,
          title: `Commitment ${number}`,
        },
        ...{ writer: { userId, sessionId, groupId }, state: Y.encodeStateAsUpdate(doc), clientId: number },
      })
      const commitmentId = newId()
      await db
        .insertInto('commitment')
        .values({ id: commitmentId, planId, documentId: id, number, state: 'consultation', createdBy: userId })
        .execute()
      await db
        .insertInto('commitmentStep')
        .values({
          ...{ commitmentId, number: 1, planId, act: 'consult', was: 'review', state: 'consultation' },
          ...{ byId: userId, entry: 1 },
        })
        .execute()
      doc.destroy()
    }
    const sessions = createSessions(db, { secure: false })
    const begun = await Promise.all(townspeople.map(({ userId }) => sessions.begin(userId)))
    await pool.query('vacuum analyze')
    const pages = Array.from({ length: texts }, (_, place) => `/p/${slug}/commitments/${place + 2}`)
    return {
      async change(how) {
        if (how === 'take') {
          await db.insertInto('userAccount').values({ id: newId(), name: '', erasedAt: new Date() }).execute()
          return
        }
        const { state } = await db.selectFrom('plan').where('id', '=', planId).select('state').executeTakeFirstOrThrow()
        const next = state === 'response' ? 'consultation' : 'response'
        await db.updateTable('plan').set({ state: next }).where('id', '=', planId).execute()
      },
      end: () => pool.end(),
      ...{ slug, documentId, cookies: begun.map(({ cookie }) => cookie.split(';', 1)[0] ?? '') },
      paths: [`/p/${slug}`, `/p/${slug}/history`, `/en/p/${slug}`, ...pages],
    }
  } catch (error) {
    await pool.end()
    throw error
  }
}
