import { Button } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { firstLoad } from '../lib/first-load.ts'
import { useRefusalWords } from '../lib/refusal-words.ts'
import { Notice } from '../ui/notice.tsx'
import classes from './page-failure.module.css'
import { usePageTitle } from './use-page-title.ts'

/** In place of a page that broke, or could not be had: what happened, what was kept, what to do. */
export function PageFailure({ error, onRetry }: { error: unknown; onRetry?: () => void }) {
  const { t } = useTranslation()
  const words = useRefusalWords()
  usePageTitle(t('failure.title'))
  useNothingToWaitFor()
  return (
    <div className={classes.page}>
      <h1>{t('failure.title')}</h1>
      <Notice tone="problem" urgent {...words(error)} kept={t('failure.kept')}>
        <Button onClick={onRetry ?? (() => window.location.reload())}>
          {onRetry ? t('retry') : t('failure.reload')}
        </Button>
        <Button variant="default" component={Link} to="/">
          {t('notFound.home')}
        </Button>
      </Notice>
    </div>
  )
}

/** In place of a page that is not there, or not for this reader: both look the same. */
export function PageNotFound() {
  return <NotFoundInPlan slug={undefined} />
}

/** The same in a plan that the reader may see: the way back to it is offered. */
export function NotFoundInPlan({ slug }: { slug: string | undefined }) {
  const { t } = useTranslation()
  usePageTitle(t('notFound.title'))
  useNothingToWaitFor()
  return (
    <div className={classes.page}>
      <h1>{t('notFound.title')}</h1>
      <p>{t('notFound.text')}</p>
      <p className={classes.ways}>
        {slug !== undefined && (
          <Button renderRoot={(props) => <Link to="/plans/$slug" params={{ slug }} {...props} />}>
            {t('notFound.plan')}
          </Button>
        )}
        <Button component={Link} to="/" variant={slug === undefined ? 'filled' : 'default'}>
          {t('notFound.home')}
        </Button>
      </p>
    </div>
  )
}

/** In place of a text that was taken from its reader while they were inside: what was kept, and whom to ask. */
export function PageClosed() {
  const { t } = useTranslation()
  usePageTitle(t('closed.title'))
  return (
    <div className={classes.page}>
      <h1>{t('closed.title')}</h1>
      <Notice tone="care" urgent what={t('closed.what')} kept={t('closed.kept')} todo={t('closed.todo')}>
        <Button component={Link} to="/">
          {t('notFound.home')}
        </Button>
      </Notice>
    </div>
  )
}

/** What waits for a text that one can write in need not wait for one that does not come. */
function useNothingToWaitFor(): void {
  useEffect(() => firstLoad.end(), [])
}
