import { useTranslation } from 'react-i18next'
import { notUsed } from '../../lib/passkeys.ts'
import { refusalCode } from '../../lib/refusal.ts'
import { useRefusalWords } from '../../lib/refusal-words.ts'

const ownWords = ['stale_version', 'already_decided', 'request_closed', 'inputs_unanswered', 'own_text'] as const

/** Why a change was refused and what to do, in the words of this place where they say more. */
export function useChangeWords(): (error: Error, signing?: boolean) => { what: string; todo: string } {
  const { t } = useTranslation('approvals')
  const words = useRefusalWords()
  return (error, signing = false) => {
    if (notUsed(error)) return { what: t('refusal.not_used.what'), todo: t('refusal.not_used.todo') }
    const code = refusalCode(error)
    const own = ownWords.find((one) => one === code)
    if (own) return { what: t(`refusal.${own}.what`), todo: t(`refusal.${own}.todo`) }
    if (signing && code === 'wrong_credentials')
      return { what: t('refusal.passkey.what'), todo: t('refusal.passkey.todo') }
    if (code === 'wrong_credentials' || code === 'wrong_code')
      return { what: t('refusal.proof.what'), todo: t('refusal.proof.todo') }
    return words(error)
  }
}
