import type { Input } from '@cabildo/protocol/http/inputs'
import { Button, Textarea } from '@mantine/core'
import { useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useRefusalWords } from '../../lib/refusal-words.ts'
import { useLedOn } from '../../lib/use-led-on.ts'
import { Notice } from '../../ui/notice.tsx'
import { usePersonWords } from '../../ui/person-words.ts'
import { Time } from '../../ui/time.tsx'
import type { useInputAct } from './api.ts'
import classes from './inputs.module.css'

interface ModerationProps {
  moderation: NonNullable<Input['moderation']>
  /** Whether the reader shows or hides what the public says. */
  mayRule: boolean
  act: ReturnType<typeof useInputAct>
}

/** Whether everybody reads what the public said, who ruled so and why; who may, rules here. */
export function Moderation({ moderation: { ruling }, mayRule, act }: ModerationProps) {
  const { t } = useTranslation('inputs')
  const nameOf = usePersonWords()
  const refusal = useRefusalWords()
  const heading = useId()
  const [reason, setReason] = useState('')
  const [isMissing, setMissing] = useState(false)
  const verdict = ruling?.verdict ?? 'waiting'
  const told = useLedOn<HTMLParagraphElement>(verdict, act.isSuccess)
  const show = () => act.mutate({ act: 'moderate', verdict: 'shown', reason: '' })
  const hide = () => {
    setMissing(reason.trim() === '')
    if (reason.trim() !== '')
      act.mutate({ act: 'moderate', verdict: 'hidden', reason }, { onSuccess: () => setReason('') })
  }
  return (
    <section className={classes.part} aria-labelledby={heading}>
      <h2 id={heading}>{t('moderation.title')}</h2>
      <p role="status" ref={told} tabIndex={-1}>
        {t(`moderation.${verdict}`, { reason: ruling?.reason ?? '' })}
      </p>
      {ruling && (
        <p className={classes.soft}>
          {t('moderation.by', { who: nameOf(ruling.by) })} <Time value={ruling.at} as="moment" />
        </p>
      )}
      {mayRule && verdict !== 'shown' && (
        <div>
          <Button loading={act.isPending} onClick={show}>
            {t('moderation.show')}
          </Button>
        </div>
      )}
      {mayRule && verdict !== 'hidden' && (
        <>
          <Textarea
            label={t('moderation.reason')}
            description={t('moderation.reasonHelp')}
            value={reason}
            maxLength={2000}
            autosize
            error={isMissing && t('moderation.need')}
            onChange={({ currentTarget: { value } }) => setReason(value)}
          />
          <div>
            <Button variant="default" loading={act.isPending} onClick={hide}>
              {t('moderation.hide')}
            </Button>
          </div>
        </>
      )}
      {act.isError && <Notice tone="problem" urgent {...refusal(act.error)} />}
    </section>
  )
}
