import type { InputCoverage } from '@cabildo/protocol/http/inputs'
import { Button, NumberInput } from '@mantine/core'
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
  const [answeredShare, setShare] = useState<number | string>(coverage.answeredShare)
  const [answerDays, setDays] = useState<number | string>(coverage.answerDays)
  const save = (event: FormEvent) => {
    event.preventDefault()
    if (typeof answeredShare === 'number' && typeof answerDays === 'number')
      promise.mutate({ answeredShare, answerDays })
  }
  return (
    <details>
      <summary className={classes.back}>{t('promise.title')}</summary>
      <form className={classes.form} onSubmit={save}>
        <div className={classes.fields}>
          <NumberInput
            label={t('promise.share')}
            min={0}
            max={100}
            allowDecimal={false}
            hideControls
            value={answeredShare}
            onChange={setShare}
          />
          <NumberInput
            label={t('promise.days')}
            min={1}
            max={365}
            allowDecimal={false}
            hideControls
            value={answerDays}
            onChange={setDays}
          />
        </div>
        {promise.isError && <Notice tone="problem" urgent {...refusal(promise.error)} />}
        <div>
          <Button
            type="submit"
            variant="default"
            loading={promise.isPending}
            disabled={typeof answeredShare !== 'number' || typeof answerDays !== 'number'}
          >
            {t('promise.save')}
          </Button>
        </div>
      </form>
    </details>
  )
}
