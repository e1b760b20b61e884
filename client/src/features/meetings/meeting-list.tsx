import type { Plan } from '@cabildo/protocol/http/api'
import type { MeetingItem } from '@cabildo/protocol/http/meetings'
import { Button } from '@mantine/core'
import { IconDownload, IconPlus } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { useLanguage } from '../../lib/language.ts'
import { backToPlan } from '../../lib/text-address.ts'
import { PageHead } from '../../ui/late/page-head.tsx'
import { PlanWords } from '../../ui/late/plan-words.tsx'
import { StatusChip } from '../../ui/status-chip.tsx'
import { type meetingsQuery, tableAddress } from './api.ts'
import { tones, useWhenWords } from './meeting-words.ts'
import classes from './meetings.module.css'

interface MeetingListProps {
  plan: Plan
  /** Whether who came to them is theirs to take along as a table. */
  hasTable: boolean
  meetings: Awaited<ReturnType<NonNullable<ReturnType<typeof meetingsQuery>['queryFn']>>>
}

/** The meetings of a plan, the latest first, under how many there were. */
export function MeetingList({ plan, hasTable, meetings: { items, totals, may } }: MeetingListProps) {
  const { slug } = plan
  const { t } = useTranslation('meetings')
  const language = useLanguage()
  return (
    <div className={classes.page}>
      <PageHead {...backToPlan(plan)} title={t('title')}>
        <p>{t('lead')}</p>
        {totals.held > 0 && (
          <p className={classes.totals}>
            <span>{t('totals.held', { count: totals.held })}</span>
            <span>{t('totals.public', { count: totals.public })}</span>
            <span>{t('totals.attended', { count: totals.attended })}</span>
            <span>{t('totals.groups', { count: totals.groups })}</span>
          </p>
        )}
        <div className={classes.ways}>
          {may.write && (
            <Button
              leftSection={<IconPlus aria-hidden size={20} />}
              renderRoot={(props) => <Link to="/plans/$slug/meetings/new" params={{ slug }} {...props} />}
            >
              {t('add')}
            </Button>
          )}
          {hasTable && items.length > 0 && (
            <a href={tableAddress(slug, language)} download className={classes.back}>
              <IconDownload aria-hidden size={20} />
              {t('table')}
            </a>
          )}
        </div>
      </PageHead>
      {items.length === 0 ? (
        <p>{t(may.write ? 'none' : 'noneToRead')}</p>
      ) : (
        // biome-ignore lint/a11y/noRedundantRoles: some screen readers drop the list where CSS removes the marker
        <ul className={classes.list} role="list">
          {items.map((meeting) => (
            <li key={meeting.id}>
              <Card slug={slug} meeting={meeting} />
            </li>
          ))}
        </ul>
      )}
    </div>
  )
}

/** One meeting. The whole card is its link. */
function Card({ slug, meeting }: { slug: string; meeting: MeetingItem }) {
  const { t } = useTranslation('meetings')
  const when = useWhenWords()
  const { id, number, title, place, state, isPublic, isFollowUp, attended, registered, inputs, minutesId } = meeting
  const counted = [
    ...(isFollowUp ? [t('followUp')] : []),
    ...(registered > 0 ? [t('card.registered', { count: registered })] : []),
    ...(attended > 0 ? [t('card.attended', { count: attended })] : []),
    ...(inputs > 0 ? [t('card.inputs', { count: inputs })] : []),
    ...(minutesId ? [t('card.minutes')] : []),
  ]
  return (
    <article className={classes.card} aria-labelledby={`meeting-${id}`}>
      <div className={classes.title}>
        <h2 id={`meeting-${id}`}>
          <Link to="/plans/$slug/meetings/$number" params={{ slug, number: String(number) }} className={classes.link}>
            <PlanWords words={`${number}. ${title}`} />
          </Link>
        </h2>
        <StatusChip tone={tones[state]}>{t(`state.${state}`)}</StatusChip>
      </div>
      <p>{[place ?? t('mode.online'), when(meeting)].join(' · ')}</p>
      <p className={classes.soft}>{[t(isPublic ? 'public' : 'closed'), ...counted].join(' · ')}</p>
    </article>
  )
}
