import { Button } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { handOver } from '../../sync/hand-over.ts'
import { Notice } from '../../ui/notice.tsx'
import { Sheet } from '../../ui/sheet.tsx'
import { useStillPage } from './use-passing.ts'

interface TurnedSheetProps {
  /** Whose page this is, and who writes on this phone now. */
  from: string
  to: string
}

/**
 * Over a page whose phone changed hands in another page (WS28): it stops, and goes on as the one who is active now by being
 * loaded anew, so that nothing of the one before is left in it.
 */
export default function TurnedSheet({ from, to }: TurnedSheetProps) {
  const { t } = useTranslation('workshops')
  const [state, setState] = useState<'told' | 'unkept' | 'closed'>('told')
  useStillPage(state !== 'closed')
  if (state === 'closed') return null
  const goOn = async () => {
    if (await handOver.whenKept()) window.location.reload()
    else setState('unkept')
  }
  return (
    <Sheet
      title={t('bar.now', { name: to })}
      // Only text that stands nowhere else may be looked at again, to be copied.
      onClose={() => setState((now) => (now === 'unkept' ? 'closed' : now))}
      footer={<Button onClick={() => void goOn()}>{t('pass.stay', { name: to })}</Button>}
    >
      {state === 'unkept' ? (
        <Notice tone="problem" urgent what={t('pass.unkept', { name: from })} todo={t('pass.unkeptTodo')} />
      ) : (
        <p>{t('turned.what', { from, to })}</p>
      )}
    </Sheet>
  )
}
