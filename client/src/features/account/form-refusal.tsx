import { useTranslation } from 'react-i18next'
import { type ClientRefusalCode, refusalCode } from '../../lib/refusal.ts'
import { useRefusalWords } from '../../lib/refusal-words.ts'
import { Notice } from '../../ui/notice.tsx'

interface FormRefusalProps {
  error: Error | null
  /** Codes that are told beside their field. */
  beside?: readonly ClientRefusalCode[]
  kept?: React.ReactNode
}

/** Why a form about one's account was not taken, unless that stands beside one of its fields. */
export function FormRefusal({ error, beside = [], kept }: FormRefusalProps) {
  const { t } = useTranslation('account')
  const words = useRefusalWords()
  const code = refusalCode(error)
  if (!error || beside.includes(code)) return null
  if (code === 'forbidden') return <Notice tone="care" urgent what={t('again.what')} todo={t('again.todo')} />
  if (code === 'conflict') return <Notice tone="care" urgent what={t('lastWay.what')} todo={t('lastWay.todo')} />
  return <Notice tone="problem" urgent {...words(error)} kept={kept} />
}
