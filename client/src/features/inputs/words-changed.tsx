import { queryOptions, useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { call } from '../../lib/call.ts'
import { ChangedWordsList } from '../../reading/changed-words.tsx'
import { NotLoaded } from '../../ui/late/not-loaded.tsx'
import { Waiting } from '../../ui/waiting.tsx'

const changedQuery = (planId: string, inputId: string) =>
  queryOptions({
    queryKey: ['plan', planId, 'inputs', inputId, 'passages'],
    queryFn: ({ signal }) =>
      call('GET /api/plans/:planId/inputs/:inputId/passages', { params: { planId, inputId }, signal }),
  })

interface WordsChangedProps {
  /** By id or slug. */
  planId: string
  inputId: string
  /** Draws the way to the words in their commitment. Comes from outside, where addresses are known. */
  link?: ((to: { commitment: number; documentId: string }, words: string, about: string) => ReactNode) | undefined
}

/** The words that one input changed, in all commitments, as they read when they were linked and as they stand now. Speaks the namespace `origins`. */
export function WordsChanged({ planId, inputId, link }: WordsChangedProps) {
  const { t } = useTranslation('origins')
  const { data, error, refetch } = useQuery(changedQuery(planId, inputId))
  if (error) return <NotLoaded error={error} onRetry={() => void refetch()} />
  if (!data) return <Waiting />
  return (
    <ChangedWordsList
      items={data.items.map(({ entry, document, field, quote, places }) => ({
        ...{ key: entry, commitment: document.number, title: document.title, field, quote },
        now: places.map(({ text }) => text),
        action: link?.({ commitment: document.number, documentId: document.id }, t('changed.go'), quote),
      }))}
    />
  )
}
