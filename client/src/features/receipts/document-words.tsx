import type { Receipt } from '@cabildo/protocol/http/receipts'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { PlanWords } from '../../ui/late/plan-words.tsx'

/** What a receipt is for: a commitment by its number, any other text by its name, or an input. */
export function useDocumentWords(): (receipt: Receipt, key?: 'head.document' | 'kept.of') => ReactNode {
  const { t } = useTranslation('receipts')
  return ({ document, input }, key = 'head.document') => {
    if (!document) return t('head.input', { number: input?.number })
    const { number, title } = document
    return number <= 0 ? (
      <PlanWords words={title} />
    ) : (
      <PlanWords words={title} of={(title) => t(key, { number, title })} />
    )
  }
}
