import { useTranslation } from 'react-i18next'
import { StatusChip } from '../../ui/status-chip.tsx'
import classes from './empty-plan.module.css'

/** A plan without commitments: what one is, an example marked as such, and the button to write the first. */
export function EmptyPlan({ children }: { children: React.ReactNode }) {
  const { t } = useTranslation('plans')
  return (
    <div className={classes.empty}>
      <h3>{t('empty.heading')}</h3>
      <p>{t('empty.text')}</p>
      <figure className={classes.example}>
        <figcaption>{t('empty.exampleMark')}</figcaption>
        <p className={classes.title}>{t('empty.exampleTitle')}</p>
        <p>{t('empty.exampleText')}</p>
        <StatusChip tone="idle">{t('state.proposed')}</StatusChip>
      </figure>
      {children || <p>{t('empty.wait')}</p>}
    </div>
  )
}
