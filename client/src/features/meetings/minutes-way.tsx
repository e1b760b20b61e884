import type { Meeting } from '@cabildo/protocol/http/meetings'
import { Button } from '@mantine/core'
import { Link, useNavigate } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { useRefusalWords } from '../../lib/refusal-words.ts'
import { Notice } from '../../ui/notice.tsx'
import { useBeginMinutes } from './api.ts'
import classes from './meetings.module.css'

/** The way from a meeting to its minutes; who runs meetings begins them here. */
export function MinutesWay({ slug, meeting }: { slug: string; meeting: Meeting }) {
  const { t } = useTranslation('meetings')
  const words = useRefusalWords()
  const navigate = useNavigate()
  const begin = useBeginMinutes(slug, meeting)
  const { number, minutesId, state, may } = meeting
  const address = { to: '/plans/$slug/meetings/$number/minutes', params: { slug, number: String(number) } } as const
  const mayBegin = may.write && state !== 'cancelled'
  return (
    <section className={classes.part} aria-labelledby="minutes">
      <h2 id="minutes">{t('minutes.title')}</h2>
      {!minutesId && <p className={classes.soft}>{t(mayBegin ? 'minutes.what' : 'minutes.none')}</p>}
      {minutesId && (
        <p>
          <Button variant="default" renderRoot={(props) => <Link {...address} {...props} />}>
            {t('minutes.open')}
          </Button>
        </p>
      )}
      {!minutesId && mayBegin && (
        <p>
          <Button
            variant="default"
            loading={begin.isPending}
            onClick={() => begin.mutate(undefined, { onSuccess: () => void navigate(address) })}
          >
            {t('minutes.begin')}
          </Button>
        </p>
      )}
      {begin.error && <Notice tone="problem" urgent {...words(begin.error)} />}
    </section>
  )
}
