import type { ConsultationWindow } from '@cabildo/protocol/http/approvals'
import { useTranslation } from 'react-i18next'
import { Time } from '../../ui/time.tsx'

/** Until when everybody can say what they think, and how many days are left. */
export function WindowLine({ window }: { window: ConsultationWindow }) {
  const { t } = useTranslation('approvals')
  const { opensAt, closesAt, phase, daysLeft } = window
  if (phase === 'over') return <p>{t('window.over')}</p>
  return (
    <p>
      {phase === 'ahead' && (
        <>
          {t('window.from')} <Time value={opensAt} as="day" />.{' '}
        </>
      )}
      {t('window.until')} <Time value={closesAt} as="day" />. <strong>{t('window.left', { count: daysLeft })}</strong>
    </p>
  )
}
