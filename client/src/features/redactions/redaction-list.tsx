import type { Redaction } from '@cabildo/protocol/http/redactions'
import { Button } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { usePersonWords } from '../../ui/person-words.ts'
import { Time } from '../../ui/time.tsx'
import { useDecideRedaction } from './api.ts'
import { ApproveSheet } from './approve-sheet.tsx'
import classes from './redactions.module.css'

interface RedactionListProps {
  slug: string
  redactions: readonly Redaction[]
}

/** What waits for a decision, and what was decided. */
export function RedactionList({ slug, redactions }: RedactionListProps) {
  const { t } = useTranslation('people')
  const nameOf = usePersonWords()
  const decide = useDecideRedaction(slug)
  const [asks, setAsks] = useState<Redaction>()
  const open = redactions.filter(({ outcome }) => outcome === null)
  const past = redactions.filter(({ outcome }) => outcome !== null)
  const by = (person: Redaction['askedBy']) => (person ? nameOf(person, true) : t('redactions.past.program'))
  return (
    <>
      <section className={classes.section} aria-labelledby="redactions-open">
        <h3 id="redactions-open">{t('redactions.open.heading')}</h3>
        {open.length === 0 && <p className={classes.soft}>{t('redactions.open.none')}</p>}
        {/* biome-ignore lint/a11y/noRedundantRoles: some screen readers drop the list where CSS removes the marker */}
        <ul className={classes.cards} role="list">
          {open.map((redaction) => (
            <li key={redaction.id} className={classes.card}>
              <h4>{redaction.document.title}</h4>
              <blockquote className={classes.quote} aria-label={t('redactions.open.words')}>
                {redaction.quote}
              </blockquote>
              <p>{t('redactions.open.places', { count: redaction.places })}</p>
              <p className={classes.soft}>
                {t('redactions.open.by', { name: by(redaction.askedBy) })}, <Time value={redaction.askedAt} />.{' '}
                {redaction.basis}
              </p>
              {redaction.reason && <p>{redaction.reason}</p>}
              {redaction.own && <p>{t('redactions.open.own')}</p>}
              <div className={classes.buttons}>
                {!redaction.own && <Button onClick={() => setAsks(redaction)}>{t('redactions.approve.button')}</Button>}
                <Button
                  variant="default"
                  loading={decide.isPending}
                  onClick={() => decide.mutate({ id: redaction.id, step: 'refuse' })}
                >
                  {t(redaction.own ? 'redactions.refuse.own' : 'redactions.refuse.button')}
                </Button>
              </div>
            </li>
          ))}
        </ul>
      </section>
      {past.length > 0 && (
        <section className={classes.section} aria-labelledby="redactions-past">
          <h3 id="redactions-past">{t('redactions.past.heading')}</h3>
          {/* biome-ignore lint/a11y/noRedundantRoles: some screen readers drop the list where CSS removes the marker */}
          <ul className={classes.cards} role="list">
            {past.map(({ id, document, outcome, endedBy, endedAt, entry, basis }) => (
              <li key={id} className={classes.card}>
                <h4>{document.title}</h4>
                <p>
                  {t(`redactions.past.${outcome ?? 'expired'}`, { name: by(endedBy) })}
                  {endedAt && (
                    <>
                      , <Time value={endedAt} />
                    </>
                  )}
                  . {basis}
                </p>
                {entry !== null && <p className={classes.soft}>{t('redactions.past.entry', { number: entry })}</p>}
              </li>
            ))}
          </ul>
        </section>
      )}
      {asks && <ApproveSheet slug={slug} redaction={asks} onClose={() => setAsks(undefined)} />}
    </>
  )
}
