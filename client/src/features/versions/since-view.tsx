import type { Content } from '@cabildo/schema/content'
import type { Template } from '@cabildo/schema/templates/template'
import { queryOptions, useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { call } from '../../lib/call.ts'
import { momentWords } from '../../lib/dates.ts'
import { useLanguage } from '../../lib/language.ts'
import { queryKeys } from '../../lib/query-keys.ts'
import { DiffView } from '../../reading/diff-view.tsx'
import { NotLoaded } from '../../ui/late/not-loaded.tsx'
import { ReadingSkeleton } from './reading-skeleton.tsx'
import { Stage } from './stage.tsx'

/**
 * What changed between one moment of the log and now. The server compares versions only, and a moment is none, so the
 * two texts are fetched and compared here, by the same rules (`@cabildo/schema/diff`).
 */
const sinceQuery = (documentId: string, seq: number) =>
  queryOptions({
    queryKey: [...queryKeys.documentAt(documentId, seq), 'since'],
    queryFn: async ({ signal }) => {
      const [moment, head, { diffContents }] = await Promise.all([
        call('GET /api/documents/:documentId/at/:seq', { params: { documentId, seq }, signal }),
        call('GET /api/documents/:documentId', { params: { documentId }, signal }),
        import('@cabildo/schema/diff'),
      ])
      // The contract knows the fields as loose objects; what the server sends in them is ProseMirror's JSON.
      const diff = diffContents(moment.content as Content, head.content as Content)
      return { at: moment.at, diff }
    },
    staleTime: 0,
  })

interface SinceViewProps {
  documentId: string
  seq: number
  template: Template
  /** Back to the slider. */
  onBack: () => void
}

/** A moment of the past compared with the text of now. */
export function SinceView({ documentId, seq, template, onBack }: SinceViewProps) {
  const { t } = useTranslation('versions')
  const language = useLanguage()
  const { data, error, refetch } = useQuery(sinceQuery(documentId, seq))
  const before = data?.at ? momentWords(data.at, language) : t('timeline.start')

  return (
    <Stage
      wide
      title={data ? t('compare.since', { moment: before }) : t('compare.waiting')}
      onClose={onBack}
      back={t('timeline.back')}
    >
      {error ? (
        <NotLoaded error={error} urgent onRetry={() => void refetch()} />
      ) : data ? (
        <DiffView diff={data.diff} template={template} under={1} toFirst before={before} after={t('compare.nowText')} />
      ) : (
        <ReadingSkeleton onLeave={onBack} />
      )}
    </Stage>
  )
}
