import type { Plan } from '@cabildo/protocol/http/api'
import { useTranslation } from 'react-i18next'
import { QrCode } from '../../ui/late/qr-code.tsx'
import { Time } from '../../ui/time.tsx'
import type { Invited } from './invited.ts'
import classes from './slips.module.css'

/** Slips of paper to cut out and hand over, for people without an e-mail address: whose, to what, and the way in. */
export function Slips({ plan, invited }: { plan: Plan; invited: readonly Invited[] }) {
  const { t } = useTranslation('people')
  const { t: common } = useTranslation()
  return (
    <ul className={classes.slips}>
      {invited.map(({ invitation, link }) => (
        <li key={invitation.id} className={classes.slip}>
          <div>
            <p className={classes.name}>{invitation.name}</p>
            <p>{t('slip.invites', { plan: plan.title })}</p>
            <p>{t('slip.role', { role: common(`role.${invitation.role}`) })}</p>
            <p>{t('slip.how')}</p>
            <p>
              {t('slip.until')} <Time value={link.expiresAt} as="day" />
            </p>
            <p className={classes.url}>{link.url}</p>
          </div>
          <QrCode text={link.url} label={t('link.qrOf', { name: invitation.name })} />
        </li>
      ))}
    </ul>
  )
}
