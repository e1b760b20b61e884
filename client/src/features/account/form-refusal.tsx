import type { ClientRefusalCode } from '../../lib/refusal.ts'
import { refusalCode } from '../../lib/refusal.ts'
import { useRefusalWords } from '../../lib/refusal-words.ts'
import { Notice } from '../../ui/notice.tsx'

interface FormRefusalProps {
  error: Error | null
  /** Codes that are told beside their field. */
  beside?: readonly ClientRefusalCode[]
  kept?: React.ReactNode
}

/** Why a form was not taken, unless that stands beside one of its fields. */
export function FormRefusal({ error, beside = [], kept }: FormRefusalProps) {
  const words = useRefusalWords()
  if (!error || beside.includes(refusalCode(error))) return null
  return <Notice tone="problem" urgent {...words(error)} kept={kept} />
}
