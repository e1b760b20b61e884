import { useTranslation } from 'react-i18next'
import { Refusal, refusalCode } from '../../lib/refusal.ts'
import { useRefusalWords } from '../../lib/refusal-words.ts'
import { Notice } from '../../ui/notice.tsx'
import { minutesToWait } from './model.ts'

/** Why nobody was let in, with how long to wait when it was too often. */
export function LoginRefusal({ error }: { error: Error }) {
  const { t } = useTranslation('session')
  const words = useRefusalWords()
  const minutes = error instanceof Refusal ? minutesToWait(error.retryAfter) : undefined
  if (refusalCode(error) === 'throttled' && minutes)
    return <Notice tone="care" urgent what={t('throttled.what')} todo={t('throttled.wait', { count: minutes })} />
  const kept = refusalCode(error) === 'offline' ? t('offlineKept') : undefined
  return <Notice tone="problem" urgent {...words(error)} kept={kept} />
}
