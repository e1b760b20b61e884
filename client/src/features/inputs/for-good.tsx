import type { Input } from '@cabildo/protocol/http/inputs'
import { Button } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useRefusalWords } from '../../lib/refusal-words.ts'
import { Notice } from '../../ui/notice.tsx'
import { useInputAct } from './api.ts'

interface ForGoodProps {
  slug: string
  inputId: Input['id']
  /** Takes the input back, or deletes the name of whoever it is of and has no account. */
  act: 'takeBack' | 'forgetName'
  /** What follows once it was done. */
  onDone: () => void
}

/** Does to an input what cannot be undone, once whoever asks was told what goes. */
export function ForGood({ slug, inputId, act, onDone }: ForGoodProps) {
  const { t } = useTranslation('inputs')
  const { t: common } = useTranslation('common')
  const refusal = useRefusalWords()
  const acting = useInputAct(slug, inputId)
  const [asking, setAsking] = useState(false)
  if (!asking) {
    return (
      <div>
        <Button variant="default" onClick={() => setAsking(true)}>
          {t(`forGood.${act}.open`)}
        </Button>
      </div>
    )
  }
  return (
    <>
      <Notice tone="care" what={t(`forGood.${act}.what`)}>
        <Button
          color="danger"
          variant="default"
          autoFocus
          loading={acting.isPending}
          onClick={() => void acting.mutateAsync({ act }).then(onDone, () => undefined)}
        >
          {t(`forGood.${act}.do`)}
        </Button>
        <Button variant="subtle" onClick={() => setAsking(false)}>
          {common('cancel')}
        </Button>
      </Notice>
      {acting.isError && <Notice tone="problem" urgent {...refusal(acting.error)} />}
    </>
  )
}
