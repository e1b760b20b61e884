import type { Plan } from '@cabildo/protocol/http/api'
import { useQuery } from '@tanstack/react-query'
import { useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { planLanguage } from '../../lib/language.ts'
import { refusalCode } from '../../lib/refusal.ts'
import { entryName } from '../../sync/kept-writing.ts'
import { NotLoaded } from '../../ui/late/not-loaded.tsx'
import { PageHead } from '../../ui/late/page-head.tsx'
import { Bone, Waiting } from '../../ui/waiting.tsx'
import { coverageQuery } from './api.ts'
import { begunAs, type MeetingFacts } from './entry.ts'
import { EntryForm, readKeptEntry } from './entry-form.tsx'
import classes from './inputs.module.css'

interface EntryViewProps {
  plan: Plan
  userId: string
  /** The meeting at which they were brought: its place and day are filled in, and they belong to it. */
  meeting?: MeetingFacts
  /** Those of the plan, to choose from where none is given; undefined while they are not known. */
  meetings?: readonly MeetingFacts[] | undefined
  /** Says which meeting it is. */
  about?: React.ReactNode
}

/**
 * Where ideas are entered, one or a whole meeting. Nobody begins a list before it is known whose ideas they may bring: what
 * others said must never be stored as the words of whoever typed them. A list that was begun goes on without.
 */
export function EntryView({ plan, userId, meeting, meetings, about }: EntryViewProps) {
  const { slug } = plan
  const { t } = useTranslation('inputs')
  const coverage = useQuery({ ...coverageQuery(slug), retry: false })
  const name = entryName(plan.id, userId, meeting?.id)
  const [begun] = useState(() => begunAs(readKeptEntry(name)))
  // Who may not hear of it, as a guest, brings their own.
  const heard = refusalCode(coverage.error) === 'forbidden' ? false : coverage.data?.may.bringFor
  // It is asked for again with every change of the plan's inputs, and the form stays meanwhile.
  const known = useRef(heard)
  if (heard !== undefined) known.current = heard
  const bringsFor = known.current ?? begun
  return (
    <div className={classes.page}>
      <PageHead
        {...(meeting
          ? {
              back: { to: '/plans/$slug/meetings/$number', params: { slug, number: String(meeting.number) } },
              backTo: meeting.title,
              backLang: planLanguage,
            }
          : { back: { to: '/plans/$slug/inputs', params: { slug } }, backTo: t('title') })}
        title={t('entry.title')}
      >
        <p>{t(bringsFor === false ? 'entry.leadOwn' : 'entry.lead')}</p>
        {about && <p>{about}</p>}
      </PageHead>
      {bringsFor !== undefined && (
        <EntryForm key={name} {...{ plan, name, bringsFor, meetings }} {...(meeting && { meeting })} />
      )}
      {bringsFor === undefined && coverage.isFetching && <Waiting skeleton={<Bone height="12rem" />} />}
      {bringsFor === undefined && !coverage.isFetching && (
        <NotLoaded error={coverage.error} urgent onRetry={() => void coverage.refetch()} />
      )}
    </div>
  )
}
