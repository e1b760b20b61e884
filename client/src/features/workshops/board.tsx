import type { Workshop } from '@cabildo/protocol/http/workshops'
import type { GroupId } from '@cabildo/protocol/ids'
import { Button } from '@mantine/core'
import { IconCalendar, IconClock, IconMapPin, IconQrcode } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { dayWords } from '../../lib/dates.ts'
import { useLanguage } from '../../lib/language.ts'
import { Notice } from '../../ui/notice.tsx'
import { StatusChip } from '../../ui/status-chip.tsx'
import { Time } from '../../ui/time.tsx'
import { AttendanceTables } from './attendance.tsx'
import classes from './board.module.css'
import { BoardPeople } from './board-people.tsx'
import { CloseSheet } from './close-sheet.tsx'
import { noonOf, sortedPeople } from './model.ts'
import { WorkshopSettings } from './workshop-settings.tsx'

interface BoardProps {
  slug: string
  workshop: Workshop
  groups: readonly { id: GroupId; name: string }[]
  /** The last attempt to see the workshop again failed; what is shown may be old. */
  stale: boolean
  /** What adds a group that is missing; nothing where the reader may not. */
  addGroup: React.ReactNode
}

/** A workshop as it goes on: how many are there, who they are, and what may be done about each. */
export function Board({ slug, workshop, groups, stale, addGroup }: BoardProps) {
  const { t } = useTranslation('workshops')
  const language = useLanguage()
  const [closing, setClosing] = useState(false)
  const { title, place, heldOn, endsAt, closedAt, participants, wayIn } = workshop
  const { here } = sortedPeople(participants, language)
  const inside = here.filter((one) => one.inside).length

  return (
    <div className={classes.page}>
      <header className={classes.head}>
        <div className={classes.titles}>
          <h1>{title}</h1>
          <StatusChip tone={closedAt ? 'done' : 'active'}>{t(closedAt ? 'list.closed' : 'list.isOpen')}</StatusChip>
        </div>
        <p className={classes.facts}>
          <span>
            <IconMapPin size={20} aria-hidden />
            {place}
          </span>
          <span>
            <IconCalendar size={20} aria-hidden />
            <time dateTime={heldOn}>{dayWords(noonOf(heldOn), language)}</time>
          </span>
          <span>
            <IconClock size={20} aria-hidden />
            {closedAt ? (
              <span>
                {t('board.closedAt')} <Time value={closedAt} as="clock" />
              </span>
            ) : (
              <span>
                {t('board.endsAt')} <Time value={endsAt} as="clock" />
              </span>
            )}
          </span>
        </p>
      </header>

      {stale && <Notice tone="care" what={t('board.stale')} todo={t('board.staleTodo')} />}

      <div className={classes.top}>
        <dl className={classes.numbers}>
          <div>
            <dt>{t('board.people')}</dt>
            <dd>{here.length}</dd>
          </div>
          {!closedAt && (
            <div>
              <dt>{t('board.inside')}</dt>
              <dd>{inside}</dd>
            </div>
          )}
          {wayIn && (
            <div>
              <dt>{t('board.code')}</dt>
              <dd className={classes.code}>{wayIn.code}</dd>
            </div>
          )}
        </dl>
        {wayIn && (
          <div className={classes.actions}>
            <Button
              renderRoot={(props) => (
                <Link
                  to="/plans/$slug/workshops/$workshopId/poster"
                  params={{ slug, workshopId: workshop.id }}
                  {...props}
                />
              )}
              leftSection={<IconQrcode size={20} aria-hidden />}
            >
              {t('board.poster')}
            </Button>
            <WorkshopSettings slug={slug} workshop={workshop} />
            <Button variant="default" color="danger" onClick={() => setClosing(true)}>
              {t('board.close')}
            </Button>
          </div>
        )}
      </div>

      <BoardPeople slug={slug} workshop={workshop} groups={groups} addGroup={addGroup} />
      <AttendanceTables slug={slug} workshopId={workshop.id} />
      {closing && <CloseSheet slug={slug} workshop={workshop} inside={inside} onClose={() => setClosing(false)} />}
    </div>
  )
}
