import { useTranslation } from 'react-i18next'

/** An action of the table of rights in plain words, as what somebody can do. */
export function useActionWords(): (action: string) => string {
  const { t } = useTranslation('people')
  // The server tells actions as text; the journeys hold every one of them to its words.
  return (action) => t(`rights.action.${action}` as 'rights.action.plan.open')
}
