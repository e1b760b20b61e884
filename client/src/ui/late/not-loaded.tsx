import { Button } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { useRefusalWords } from '../../lib/refusal-words.ts'
import { Notice } from '../notice.tsx'

interface NotLoadedProps {
  error: unknown
  onRetry: () => void
  /** What is safe all the same. */
  kept?: React.ReactNode
  /** Interrupts a screen reader: without it there is nothing else to read here. */
  urgent?: boolean
}

/** Something could not be had: why, and the way to ask for it again. */
export function NotLoaded({ error, onRetry, kept, urgent = false }: NotLoadedProps) {
  const { t } = useTranslation('common')
  const words = useRefusalWords()
  return (
    <Notice tone="problem" urgent={urgent} {...words(error)} kept={kept}>
      <Button variant="default" onClick={onRetry}>
        {t('retry')}
      </Button>
    </Notice>
  )
}
