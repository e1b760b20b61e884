import { useTranslation } from 'react-i18next'
import { refusalCode } from '../../lib/refusal.ts'
import { useRefusalWords } from '../../lib/refusal-words.ts'
import { Notice } from '../../ui/notice.tsx'

/** Why a change of a member was refused. That a plan needs somebody in charge is explained. */
export function MemberRefusal({ error }: { error: Error | null }) {
  const { t } = useTranslation('people')
  const words = useRefusalWords()
  if (!error) return null
  const isLast = refusalCode(error) === 'last_coordinator'
  return (
    <Notice
      tone={isLast ? 'care' : 'problem'}
      urgent
      {...(isLast ? { what: t('member.last'), todo: t('member.lastTodo') } : words(error))}
      kept={t('member.unchanged')}
    />
  )
}
