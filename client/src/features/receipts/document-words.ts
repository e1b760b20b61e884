import type { Receipt } from '@cabildo/protocol/http/receipts'
import { useTranslation } from 'react-i18next'

/** What a receipt is for: a commitment by its number, any other text by its name, or an input. */
export function useDocumentWords(): (receipt: Receipt, key?: 'head.document' | 'kept.of') => string {
  const { t } = useTranslation('receipts')
  return ({ document, input }, key = 'head.document') => {
    if (!document) return t('head.input', { number: input?.number })
    return document.number <= 0 ? document.title : t(key, document)
  }
}
