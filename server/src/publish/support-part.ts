/** Who stands behind a plan, as the public is told: endorsements of texts that are public, and letters. */
import { toHex } from '@cabildo/record/bytes'
import type { Kysely } from 'kysely'
import type { Database } from '../db/types.ts'
import { readEndorsements } from '../endorsements/service.ts'
import type { PublicCommitment, PublicEndorsement, PublicEvent, PublicFile } from './reading.ts'

/** What stands behind a plan. */
export interface SupportPart {
  endorsements: PublicEndorsement[]
  files: PublicFile[]
  events: PublicEvent[]
}

/** Where anybody reads a letter of a plan. */
const letterPath = (slug: string, number: number): string => `/p/${slug}/letters/${number}`

/** Reads who stands behind a plan; of the texts they name those alone that are public. */
export async function readSupport(
  db: Kysely<Database>,
  { id, slug }: { id: string; slug: string },
  commitments: readonly Pick<PublicCommitment, 'documentId' | 'number' | 'title' | 'version' | 'approvals'>[],
): Promise<SupportPart> {
  const { endorsements, letters } = await readEndorsements(db, id)
  const byDocument = new Map(commitments.map((one) => [one.documentId, one]))
  return {
    endorsements: endorsements.map(({ name, office, organisation, group, texts, givenAt, entry }) => ({
      ...{ name, role: office, organisation, sector: group?.sector ?? null, entry },
      at: givenAt.toISOString(),
      texts: texts.flatMap(({ documentId, versionNumber, contentHash }) => {
        const one = byDocument.get(documentId)
        if (!one) return []
        const { number, title, version, approvals } = one
        const current = version.contentHash === contentHash
        // The hash of a draft would let somebody who guesses its words be sure.
        const isPublic = current || approvals.some((approval) => approval.contentHash === contentHash)
        const which = isPublic ? { version: versionNumber, contentHash } : { version: null, contentHash: null }
        return [{ number, title, ...which, current }]
      }),
    })),
    files: letters.flatMap(({ number, side, organisation, mediaType, size, sha256, addedAt, entry }) =>
      sha256 === null
        ? []
        : [
            {
              ...{ name: organisation, mediaType, size, sha256: toHex(sha256), href: letterPath(slug, number), entry },
              letter: { number, side, organisation, at: addedAt.toISOString() },
            },
          ],
    ),
    events: [
      ...endorsements.map(({ organisation, givenAt, entry }) => event('endorsement', organisation, givenAt, entry)),
      ...letters.map(({ organisation, addedAt, entry }) => event('letter', organisation, addedAt, entry)),
    ],
  }
}

function event(kind: 'endorsement' | 'letter', title: string, at: Date, entry: number): PublicEvent {
  return {
    ...{ kind, title, entry, at: at.toISOString() },
    ...{ act: null, planAct: null, state: null, number: null, closesAt: null, commitment: null },
    ...{ reason: null, contentHash: null },
  }
}
