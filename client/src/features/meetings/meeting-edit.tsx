import type { Plan } from '@cabildo/protocol/http/api'
import type { Meeting } from '@cabildo/protocol/http/meetings'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { newKey } from '../../lib/new-key.ts'
import { PageHead } from '../../ui/late/page-head.tsx'
import { Notice } from '../../ui/notice.tsx'
import { filesQuery, meetingsQuery, useAddMeeting, useMeetingAct } from './api.ts'
import { AttendanceForm } from './attendance-form.tsx'
import { MeetingForm } from './meeting-form.tsx'
import classes from './meetings.module.css'
import { emptyMeeting, entryOf } from './model.ts'

/** Today at the reader's, `2026-03-28`. */
function today(): string {
  const now = new Date()
  const two = (part: number) => String(part).padStart(2, '0')
  return `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`
}

/** Enters a meeting. `onDone` is told its number, or nothing when nobody entered one. */
export function MeetingNew({ slug, onDone }: { slug: string; onDone: (number?: number) => void }) {
  const { t } = useTranslation('meetings')
  const { data } = useQuery({ ...meetingsQuery(slug), retry: false })
  const [key] = useState(newKey)
  const [first] = useState(() => emptyMeeting(today()))
  const adding = useAddMeeting(slug)
  return (
    <div className={classes.page}>
      <PageHead back={{ to: '/plans/$slug/meetings', params: { slug } }} backTo={t('title')} title={t('new.title')}>
        <p>{t('new.lead')}</p>
      </PageHead>
      {data && !data.may.write ? (
        <Notice tone="care" what={t('mayNot')} />
      ) : (
        <MeetingForm
          slug={slug}
          first={first}
          sending={adding}
          onSend={(body) => adding.mutate({ ...body, key }, { onSuccess: ({ number }) => onDone(number) })}
          onLeave={() => onDone()}
        />
      )}
    </div>
  )
}

/** Says otherwise what is said of a meeting. */
export function MeetingEdit({ slug, meeting, onDone }: { slug: string; meeting: Meeting; onDone: () => void }) {
  const { t } = useTranslation('meetings')
  // What is being written stays as it is when somebody else's change comes in: sending it is refused then.
  const [read] = useState(meeting)
  const act = useMeetingAct(slug, read)
  const files = useQuery(filesQuery(slug, meeting.id)).data?.items.filter(({ use }) => use === 'material') ?? []
  return (
    <div className={classes.page}>
      <MeetingHead slug={slug} number={meeting.number} title={t('edit.title', { number: meeting.number })} />
      {meeting.may.write ? (
        <MeetingForm
          slug={slug}
          first={entryOf(read)}
          files={files}
          sending={act}
          onSend={(body) => act.mutate({ act: 'change', body }, { onSuccess: onDone })}
          onLeave={onDone}
        />
      ) : (
        <Notice tone="care" what={t('mayNot')} />
      )}
    </div>
  )
}

/** Where it is entered who came. */
export function MeetingAttendanceView({ plan, meeting, onDone }: { plan: Plan; meeting: Meeting; onDone: () => void }) {
  const { t } = useTranslation('meetings')
  const [read] = useState(meeting)
  return (
    <div className={classes.page}>
      <MeetingHead slug={plan.slug} number={meeting.number} title={t('attendance.heading', { number: meeting.number })}>
        <p>{t('attendance.lead')}</p>
      </MeetingHead>
      {meeting.may.write ? (
        <AttendanceForm plan={plan} meeting={read} onDone={onDone} />
      ) : (
        <Notice tone="care" what={t('mayNot')} />
      )}
    </div>
  )
}

interface MeetingHeadProps {
  slug: string
  number: number
  title: string
  children?: React.ReactNode
}

/** The head of a page of one meeting. */
function MeetingHead({ slug, number, title, children }: MeetingHeadProps) {
  const { t } = useTranslation('meetings')
  const back = { to: '/plans/$slug/meetings/$number', params: { slug, number: String(number) } } as const
  return (
    <PageHead back={back} backTo={t('one', { number })} title={title}>
      {children}
    </PageHead>
  )
}
