import type { Plan } from '@cabildo/protocol/http/api'
import type { Meeting } from '@cabildo/protocol/http/meetings'
import { Button, Textarea } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { dayWords } from '../../lib/dates.ts'
import { planLanguage, useLanguage } from '../../lib/language.ts'
import { useRefusalWords } from '../../lib/refusal-words.ts'
import { useLedOn } from '../../lib/use-led-on.ts'
import { FormSheet } from '../../ui/late/form-sheet.tsx'
import { PageHead } from '../../ui/late/page-head.tsx'
import { PlanWords } from '../../ui/late/plan-words.tsx'
import { Notice } from '../../ui/notice.tsx'
import { StatusChip } from '../../ui/status-chip.tsx'
import { fileAddress, useMeetingAct } from './api.ts'
import { AttendanceTables } from './attendance-tables.tsx'
import { MeetingFiles } from './meeting-files.tsx'
import { MeetingInputs } from './meeting-inputs.tsx'
import { tones, useWhenWords } from './meeting-words.ts'
import classes from './meetings.module.css'
import { MinutesWay } from './minutes-way.tsx'

interface MeetingViewProps {
  plan: Plan
  meeting: Meeting
}

/** One meeting: what was planned and sent, who came, what came of it. Who runs meetings changes each part from here. */
export function MeetingView({ plan, meeting }: MeetingViewProps) {
  const { slug } = plan
  const { t } = useTranslation('meetings')
  const when = useWhenWords()
  const { number, title, place, mode, link, state, reason, isPublic, isFollowUp, workshop, agenda, results, may } =
    meeting
  return (
    <div className={classes.page}>
      <PageHead
        back={{ to: '/plans/$slug/meetings', params: { slug } }}
        backTo={t('title')}
        title={<PlanWords words={`${number}. ${title}`} />}
      >
        <div className={classes.chips}>
          <StatusChip tone={tones[state]}>{t(`state.${state}`)}</StatusChip>
          <span>{t(isPublic ? 'public' : 'closed')}</span>
          {isFollowUp && <span>{t('followUp')}</span>}
        </div>
        {reason && <Notice tone="care" what={t('cancelled', { reason })} />}
        <dl className={classes.facts}>
          <div>
            <dt>{t('fact.when')}</dt>
            <dd>{when(meeting)}</dd>
          </div>
          <div>
            <dt>{t('fact.where')}</dt>
            <dd>
              {[place, mode === 'in_person' ? null : t(`mode.${mode}`)].filter((part) => part !== null).join(' · ')}
              {link && (
                <>
                  {' '}
                  <a href={link} rel="noopener noreferrer" target="_blank">
                    {t('fact.join')}
                    <span className="cb-hidden"> {t('newTab')}</span>
                  </a>
                </>
              )}
            </dd>
          </div>
          {workshop && (
            <div>
              <dt>{t('fact.workshop')}</dt>
              <dd lang={planLanguage}>{workshop.title}</dd>
            </div>
          )}
        </dl>
        {may.write && <Steps slug={slug} meeting={meeting} />}
      </PageHead>
      <section className={classes.part} aria-labelledby="agenda">
        <h2 id="agenda">{t('agenda')}</h2>
        <p className={agenda ? classes.text : classes.soft}>{agenda || t('noAgenda')}</p>
        <Materials slug={slug} meeting={meeting} />
      </section>
      <section className={classes.part} aria-labelledby="attendance">
        <h2 id="attendance">{t('attendance.title')}</h2>
        <AttendanceTables attendance={meeting.attendance} />
        {may.write && state !== 'cancelled' && (
          <p>
            <Button
              variant="default"
              renderRoot={(props) => (
                <Link
                  to="/plans/$slug/meetings/$number/attendance"
                  params={{ slug, number: String(number) }}
                  {...props}
                />
              )}
            >
              {t('attendance.enter')}
            </Button>
          </p>
        )}
      </section>
      <section className={classes.part} aria-labelledby="results">
        <h2 id="results">{t('results')}</h2>
        <p className={results ? classes.text : classes.soft}>{results || t('noResults')}</p>
      </section>
      <MinutesWay slug={slug} meeting={meeting} />
      <MeetingInputs slug={slug} meeting={meeting} />
      <MeetingFiles slug={slug} meetingId={meeting.id} />
    </div>
  )
}

/** What was sent for a meeting: when, and to whom. */
function Materials({ slug, meeting: { id, materials } }: { slug: string; meeting: Meeting }) {
  const { t } = useTranslation('meetings')
  const language = useLanguage()
  if (materials.length === 0) return null
  return (
    <>
      <h3>{t('materials.title')}</h3>
      <ul>
        {materials.map(({ title, link, attachment, sentOn, sentTo }, at) => {
          const href = attachment === null ? link : fileAddress(slug, id, attachment)
          return (
            // biome-ignore lint/suspicious/noArrayIndexKey: what was sent has no other name
            <li key={at}>
              {href ? (
                <a href={href} rel="noopener noreferrer" target="_blank">
                  {title}
                  <span className="cb-hidden"> {t('newTab')}</span>
                </a>
              ) : (
                title
              )}
              <p className={classes.soft}>
                {sentOn ? t('materials.sent', { day: dayWords(sentOn, language, 'UTC') }) : t('materials.notSent')}
                {sentTo && ` · ${sentTo}`}
              </p>
            </li>
          )
        })}
      </ul>
    </>
  )
}

/** What can be said of a meeting as a whole by who runs it. */
function Steps({ slug, meeting }: { slug: string; meeting: Meeting }) {
  const { t } = useTranslation('meetings')
  const words = useRefusalWords()
  const act = useMeetingAct(slug, meeting)
  const [calls, setCalls] = useState(false)
  const { number, state } = meeting
  const ways = useLedOn<HTMLDivElement>(state, act.isSuccess)
  return (
    <>
      <div className={classes.ways} ref={ways} tabIndex={-1}>
        {state === 'planned' && (
          <Button loading={act.isPending} onClick={() => act.mutate({ act: 'move', state: 'held' })}>
            {t('step.held')}
          </Button>
        )}
        {state === 'cancelled' && (
          <Button loading={act.isPending} onClick={() => act.mutate({ act: 'move', state: 'planned' })}>
            {t('step.planned')}
          </Button>
        )}
        <Button
          variant="default"
          renderRoot={(props) => (
            <Link to="/plans/$slug/meetings/$number/edit" params={{ slug, number: String(number) }} {...props} />
          )}
        >
          {t('step.edit')}
        </Button>
        {state === 'planned' && (
          <Button variant="default" onClick={() => setCalls(true)}>
            {t('step.cancel')}
          </Button>
        )}
      </div>
      {act.error && !calls && <Notice tone="problem" urgent {...words(act.error)} />}
      {calls && <CallOff act={act} onClose={() => setCalls(false)} />}
    </>
  )
}

function CallOff({ act, onClose }: { act: ReturnType<typeof useMeetingAct>; onClose: () => void }) {
  const { t } = useTranslation('meetings')
  const [reason, setReason] = useState('')
  return (
    <FormSheet
      title={t('callOff.title')}
      button={t('step.cancel')}
      danger
      disabled={reason.trim() === ''}
      sending={act}
      onSend={() => act.mutate({ act: 'move', state: 'cancelled', reason: reason.trim() }, { onSuccess: onClose })}
      onClose={onClose}
    >
      <Textarea
        data-autofocus
        label={t('callOff.reason')}
        description={t('callOff.help')}
        autosize
        minRows={2}
        maxLength={600}
        value={reason}
        onChange={({ currentTarget: { value } }) => setReason(value)}
      />
    </FormSheet>
  )
}
