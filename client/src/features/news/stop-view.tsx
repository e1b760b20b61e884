import { Button } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useRefusalWords } from '../../lib/refusal-words.ts'
import { Notice } from '../../ui/notice.tsx'
import { useStopLetters } from './api.ts'
import classes from './news.module.css'

const inAddress = /^#([A-Za-z0-9_-]{22}\.[A-Za-z0-9_-]{22})$/

/** Where a letter leads whoever wants no more of them: one press, without signing in. */
export function StopView() {
  const { t } = useTranslation('news')
  const refusal = useRefusalWords()
  const stop = useStopLetters()
  const [token] = useState(() => inAddress.exec(globalThis.location.hash)?.[1])
  return (
    <div className={classes.share}>
      <h1>{t('stop.title')}</h1>
      {stop.isSuccess ? (
        <Notice tone="good" what={t('stop.done')} todo={t('stop.again')} />
      ) : (
        <>
          {token !== undefined && <p>{t('stop.lead')}</p>}
          {token === undefined && <Notice tone="problem" what={t('stop.broken')} todo={t('stop.again')} />}
          {stop.error && <Notice tone="problem" urgent {...refusal(stop.error)} />}
          {token !== undefined && (
            <div>
              <Button loading={stop.isPending} onClick={() => stop.mutate(token)}>
                {t('stop.button')}
              </Button>
            </div>
          )}
        </>
      )}
    </div>
  )
}
