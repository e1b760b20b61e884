import { Button } from '@mantine/core'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { hasPasskeys } from '../../lib/passkeys.ts'
import { NotLoaded } from '../../ui/late/not-loaded.tsx'
import { Waiting } from '../../ui/waiting.tsx'
import { profileQuery } from './api.ts'
import { PasskeySetup } from './passkey-setup.tsx'
import classes from './second-factor-gate.module.css'
import { TotpSetup } from './totp-setup.tsx'

/** In place of a page: why this role needs a second step, and the step itself. Afterwards the page is there. */
export function SecondFactorGate({ onSignOut }: { onSignOut: () => void }) {
  const { t } = useTranslation('account')
  const client = useQueryClient()
  const profile = useQuery(profileQuery)
  const [way, setWay] = useState<'app' | 'passkey'>()
  const done = () => void client.invalidateQueries()

  // Who has a second step already may not go round it by adding another.
  if (profile.data && way === undefined && (profile.data.totp.on || profile.data.passkeys.length > 0)) {
    return (
      <div className={classes.page}>
        <h1>{t('gate.hasHeading')}</h1>
        <p>{t('gate.has')}</p>
        <div>
          <Button onClick={onSignOut}>{t('gate.signOut')}</Button>
        </div>
      </div>
    )
  }
  return (
    <div className={classes.page}>
      <h1>{t('gate.heading')}</h1>
      <p>{t('gate.why')}</p>
      <p>{t('gate.kept')}</p>
      {profile.error && <NotLoaded error={profile.error} urgent onRetry={() => void profile.refetch()} />}
      {profile.isPending && <Waiting />}
      {profile.data && (
        <div className={classes.card}>
          {way === undefined && (
            <>
              <div className={classes.buttons}>
                <Button onClick={() => setWay('app')}>{t('gate.app')}</Button>
                {hasPasskeys() && (
                  <Button variant="default" onClick={() => setWay('passkey')}>
                    {t('gate.passkey')}
                  </Button>
                )}
              </div>
              <p>
                <Link to="/profile">{t('gate.profile')}</Link>
              </p>
            </>
          )}
          {way === 'app' && <TotpSetup hasPassword={profile.data.hasPassword} onDone={done} />}
          {way === 'passkey' && <PasskeySetup hasPassword={profile.data.hasPassword} onDone={done} />}
        </div>
      )}
    </div>
  )
}
