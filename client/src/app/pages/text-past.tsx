import type { Template } from '@cabildo/schema/templates/template'
import { Button } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { lazy } from 'react'
import type { OpenDocument } from '../../features/editor/commitment-page.tsx'
import DocumentHistory from '../../features/versions/document-history.tsx'
import type { HistorySearch } from '../../features/versions/search.ts'
import type { ProofLink } from '../../features/versions/version-row.tsx'
import { withWords } from '../../locales/late.ts'
import { useStore } from '../../sync/use-store.ts'
import { Part, PartFailure } from '../../ui/part.tsx'
import { originLink } from './origin-link.tsx'

const WrittenView = lazy(withWords(['authorship'], () => import('../../features/authorship/written-view.tsx')))
const ReservedNotes = lazy(
  withWords(['dissent'], async () => ({
    default: (await import('../../features/dissent/reserved-note.tsx')).ReservedNotes,
  })),
)
const OriginsView = lazy(withWords(['origins'], () => import('../../features/origins/origins-view.tsx')))
const WordsChanged = lazy(
  withWords(['origins'], async () => ({
    default: (await import('../../features/inputs/words-changed.tsx')).WordsChanged,
  })),
)

interface TextPastProps {
  open: OpenDocument
  template: Template
  search: HistorySearch
  onSearch: (next: HistorySearch, options?: { replace?: boolean }) => void
  slug: string
  /** Guests do not look at the record. */
  isGuest: boolean
}

/** The past of a text: its versions, who wrote it, and where its words come from. Speaks `comparing` and `versions`. */
export default function TextPast({ open, template, search, onSearch, slug, isGuest }: TextPastProps) {
  const { session, document } = open
  const { pending } = useStore(session.status)
  return (
    <DocumentHistory
      documentId={session.documentId}
      template={template}
      may={document.may}
      proofLink={isGuest ? undefined : proofLinkOf(slug, session.documentId)}
      pending={pending}
      search={search}
      onSearch={onSearch}
      written={(onPlay, version) => (
        <Part failed={(error) => <PartFailure error={error} />}>
          <WrittenView {...{ documentId: session.documentId, template, version, onPlay }} />
        </Part>
      )}
      reserved={(field, { createdAt }) => (
        <Part>
          <ReservedNotes documentId={session.documentId} field={field} at={createdAt} />
        </Part>
      )}
      origins={(input) => (
        <Part failed={(error) => <PartFailure error={error} />}>
          <OriginsView
            documentId={session.documentId}
            planId={document.planId}
            template={template}
            doc={session.doc}
            input={input}
            changed={(one) => (
              <Part failed={(error) => <PartFailure error={error} />}>
                <WordsChanged planId={slug} inputId={one.id} link={originLink(slug, one.number)} />
              </Part>
            )}
          />
        </Part>
      )}
    />
  )
}

/** The way from a version to its entry in the record, where its proof is. */
const proofLinkOf =
  (slug: string, documentId: string): ProofLink =>
  (version, words, about) => (
    <Button
      variant="subtle"
      px="xs"
      fz="sm"
      aria-label={`${words}: ${about}`}
      renderRoot={(props) => (
        <Link
          to="/plans/$slug/record"
          params={{ slug }}
          search={{ type: 'version', document: documentId, version: version.number, entry: 'first' }}
          {...props}
        />
      )}
    >
      {words}
    </Button>
  )
