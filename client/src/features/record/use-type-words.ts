import { useTranslation } from 'react-i18next'

/** The kinds of entry in the order of the filter. */
export const types = [
  'update-batch',
  'version',
  'membership',
  'group',
  'workshop',
  'meeting',
  'contribution',
  'answer',
  'comment',
  'proposal',
  'dissent',
  'state',
  'approval',
  'endorsement',
  'progress',
  'plan',
  'redaction',
  'erasure',
  'recovery',
  'key-rotation',
] as const

/** A kind of entry in words; one that is not known here, by the name it has in the record. */
export function useTypeWords(): (type: string) => string {
  const { t } = useTranslation('record')
  return (type) => {
    const known = types.find((one) => one === type)
    return known ? t(`type.${known}`) : type
  }
}
