import { Button } from '@mantine/core'
import { Link, useRouter } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { OverNotice } from '../../features/workshops/over-notice.tsx'
import classes from '../page-failure.module.css'
import { toLogin } from '../to-login.ts'
import { usePageTitle } from '../use-page-title.ts'

/** In place of a page whose guest has no session any more: nobody is asked for a password they never had. */
export default function WorkshopOver({ onClosed }: { onClosed: () => void }) {
  const { t } = useTranslation('workshops')
  const router = useRouter()
  usePageTitle(t('over.title'))
  return (
    <div className={classes.page}>
      <h1>{t('over.title')}</h1>
      <OverNotice receipts="/recibo" onClosed={onClosed} />
      <p>
        <Button component={Link} to="/unirse">
          {t('over.joinAnother')}
        </Button>
      </p>
      <p>
        <Link {...toLogin(router.state.location.href)}>{t('over.account')}</Link>
      </p>
    </div>
  )
}
