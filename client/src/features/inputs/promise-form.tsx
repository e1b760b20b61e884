import type { InputCoverage } from '@cabildo/protocol/http/inputs'
import { Button, TextInput } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useRefusalWords } from '../../lib/refusal-words.ts'
import { Notice } from '../../ui/notice.tsx'
import { usePromise } from './api.ts'
import classes from './inputs.module.css'

/** Where a coordinator says which share must have an answer, and in how many days. */
export function PromiseForm({ slug, coverage }: { slug: string; coverage: InputCoverage }) {
  const { t } = useTranslation('inputs')
  const refusal = useRefusalWords()
  const promise = usePromise(slug)
  const [share, setShare] = useState(String(coverage.answeredShare))
  const [days, setDays] = useState(String(coverage.answerDays))
  const save = (event: FormEvent) => {
    event.preventDefault()
    // The browser has looked at both: whole numbers between their bounds.
    promise.mutate({ answeredShare: Number(share), answerDays: Number(days) })
  }
  return (
    <details>
      <summary className={classes.summary}>{t('promise.title')}</summary>
      <form className={classes.form} onSubmit={save}>
        <div className={classes.fields}>
          <TextInput
            type="number"
            label={t('promise.share')}
            min={0}
            max={100}
            required
            value={share}
            onChange={({ currentTarget: { value } }) => setShare(value)}
          />
          <TextInput
            type="number"
            label={t('promise.days')}
            min={1}
            max={365}
            required
            value={days}
            onChange={({ currentTarget: { value } }) => setDays(value)}
          />
        </div>
        {promise.isError && <Notice tone="problem" urgent {...refusal(promise.error)} />}
        <div>
          <Button type="submit" variant="default" loading={promise.isPending}>
            {t('promise.save')}
          </Button>
        </div>
      </form>
    </details>
  )
}
