import type { Plan } from '@cabildo/protocol/http/api'
import type { Meeting } from '@cabildo/protocol/http/meetings'
import { IconArrowLeft } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { newKey } from '../../lib/new-key.ts'
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
      <header className={classes.head}>
        <Back slug={slug} />
        <h1>{t('new.title')}</h1>
        <p>{t('new.lead')}</p>
      </header>
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
      <header className={classes.head}>
        <Back slug={slug} number={meeting.number} />
        <h1>{t('edit.title', { number: meeting.number })}</h1>
      </header>
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
      <header className={classes.head}>
        <Back slug={plan.slug} number={meeting.number} />
        <h1>{t('attendance.heading', { number: meeting.number })}</h1>
        <p>{t('attendance.lead')}</p>
      </header>
      {meeting.may.write ? (
        <AttendanceForm plan={plan} meeting={read} onDone={onDone} />
      ) : (
        <Notice tone="care" what={t('mayNot')} />
      )}
    </div>
  )
}

/** The way back: to the meeting of this number, or to all. */
function Back({ slug, number }: { slug: string; number?: number }) {
  const { t } = useTranslation('meetings')
  const arrow = <IconArrowLeft aria-hidden size={20} />
  return (
    <p>
      {number === undefined ? (
        <Link to="/plans/$slug/meetings" params={{ slug }} className={classes.back}>
          {arrow}
          {t('title')}
        </Link>
      ) : (
        <Link to="/plans/$slug/meetings/$number" params={{ slug, number: String(number) }} className={classes.back}>
          {arrow}
          {t('one', { number })}
        </Link>
      )}
    </p>
  )
}
