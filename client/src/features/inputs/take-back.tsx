import { Button } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useRefusalWords } from '../../lib/refusal-words.ts'
import { Notice } from '../../ui/notice.tsx'
import type { useInputAct } from './api.ts'

interface TakeBackProps {
  act: ReturnType<typeof useInputAct>
  /** What follows once it was taken back. */
  onDone: () => void
}

/** Where whoever brought or typed an input takes it back, once they were told what goes. */
export function TakeBack({ act, onDone }: TakeBackProps) {
  const { t } = useTranslation('inputs')
  const { t: common } = useTranslation('common')
  const refusal = useRefusalWords()
  const [asking, setAsking] = useState(false)
  if (!asking) {
    return (
      <div>
        <Button variant="default" onClick={() => setAsking(true)}>
          {t('takeBack.open')}
        </Button>
      </div>
    )
  }
  return (
    <>
      <Notice tone="care" what={t('takeBack.what')}>
        <Button
          color="danger"
          variant="default"
          autoFocus
          loading={act.isPending}
          onClick={() => void act.mutateAsync({ act: 'takeBack' }).then(onDone, () => undefined)}
        >
          {t('takeBack.do')}
        </Button>
        <Button variant="subtle" onClick={() => setAsking(false)}>
          {common('cancel')}
        </Button>
      </Notice>
      {act.isError && <Notice tone="problem" urgent {...refusal(act.error)} />}
    </>
  )
}
