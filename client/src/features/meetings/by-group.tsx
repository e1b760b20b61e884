import { useTranslation } from 'react-i18next'
import classes from './meetings.module.css'

interface ByGroupProps {
  /** Only read out: what stands around the table says it to the eye. */
  hideCaption?: boolean
  totals: { registered: React.ReactNode; attended: React.ReactNode }
  /** A row for each group, with its name and the two figures. */
  children: React.ReactNode
}

/** Who signed up for a meeting and who came, by group, with the totals below. */
export function ByGroup({ hideCaption = false, totals, children }: ByGroupProps) {
  const { t } = useTranslation('meetings')
  return (
    <table className={classes.figures}>
      <caption {...(hideCaption && { className: 'cb-hidden' })}>{t('attendance.byGroup')}</caption>
      <thead>
        <tr>
          <th scope="col">{t('attendance.group')}</th>
          <th scope="col" className={classes.number}>
            {t('attendance.registered')}
          </th>
          <th scope="col" className={classes.number}>
            {t('attendance.attended')}
          </th>
        </tr>
      </thead>
      <tbody>{children}</tbody>
      <tfoot>
        <tr>
          <th scope="row">{t('attendance.total')}</th>
          <td className={classes.number}>{totals.registered}</td>
          <td className={classes.number}>{totals.attended}</td>
        </tr>
      </tfoot>
    </table>
  )
}
