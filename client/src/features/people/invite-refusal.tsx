import { useTranslation } from 'react-i18next'
import { useRefusalWords } from '../../lib/refusal-words.ts'
import { Notice } from '../../ui/notice.tsx'

/** Why nobody was invited; what was typed is still there. */
export function InviteRefusal({ error }: { error: Error | null }) {
  const { t } = useTranslation('people')
  const words = useRefusalWords()
  return error && <Notice tone="problem" urgent {...words(error)} kept={t('invite.kept')} />
}
