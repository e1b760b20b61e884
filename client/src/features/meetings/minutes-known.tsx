import type { Meeting, Minutes } from '@cabildo/protocol/http/meetings'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { dayWords } from '../../lib/dates.ts'
import { useLanguage } from '../../lib/language.ts'
import { AttendanceTables } from './attendance-tables.tsx'
import { InputsOf } from './meeting-inputs.tsx'
import { useWhenWords } from './meeting-words.ts'
import classes from './meetings.module.css'

interface KnownProps {
  slug: string
  minutes: Minutes
}

/** What the program knows of a meeting at the head of a section of its minutes, by the section's id. */
export function KnownOfMinutes({ section, slug, minutes }: KnownProps & { section: string }) {
  const { t } = useTranslation('meetings')
  const when = useWhenWords()
  if (section !== 'gathering') return null
  const { meeting } = minutes
  const { number, title, place, mode, isPublic, attendance } = meeting
  return (
    <>
      <Published minutes={minutes} />
      <div className={classes.known}>
        <p className={classes.soft}>{t('minutes.known')}</p>
        <p>
          <Link to="/plans/$slug/meetings/$number" params={{ slug, number: String(number) }} className={classes.back}>
            {number}. {title}
          </Link>
        </p>
        <p>
          {[when(meeting), place, mode === 'in_person' ? null : t(`mode.${mode}`), t(isPublic ? 'public' : 'closed')]
            .filter((part) => part !== null)
            .join(' · ')}
        </p>
        <h2>{t('attendance.title')}</h2>
        <AttendanceTables attendance={attendance} />
      </div>
    </>
  )
}

/** The same under a field, by its name. */
export function KnownOfMinutesField({ field, slug, minutes: { meeting } }: KnownProps & { field: string }) {
  if (field === 'points') return <Agenda meeting={meeting} />
  if (field === 'outcomes') return <Outcomes slug={slug} meeting={meeting} />
  return null
}

function Agenda({ meeting: { agenda } }: { meeting: Meeting }) {
  const { t } = useTranslation('meetings')
  return (
    <div className={classes.known}>
      <p className={classes.soft}>{t('minutes.agenda')}</p>
      <p className={agenda ? classes.text : classes.soft}>{agenda || t('noAgenda')}</p>
    </div>
  )
}

function Outcomes({ slug, meeting }: { slug: string; meeting: Meeting }) {
  const { t } = useTranslation('meetings')
  return (
    <div className={classes.known}>
      <p className={classes.soft}>{t('minutes.inputs')}</p>
      <InputsOf slug={slug} meeting={meeting} />
    </div>
  )
}

/** Which version of the minutes the public reads, or what is missing for it to read one. */
function Published({ minutes: { shown, meeting } }: { minutes: Minutes }) {
  const { t } = useTranslation('meetings')
  const language = useLanguage()
  const words = () => {
    if (!meeting.isPublic) return t('minutes.closed')
    if (meeting.state !== 'held' || !shown) return t('minutes.draft')
    const day = dayWords(shown.createdAt.slice(0, 10), language, 'UTC')
    return t('minutes.shown', { number: shown.number, name: shown.name, day })
  }
  return <p className={classes.soft}>{words()}</p>
}
