import { Button } from '@mantine/core'
import { IconBuildingCommunity } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useLanguage } from '../../lib/language.ts'
import { hasPasskeys } from '../../lib/passkeys.ts'
import { refusalCode } from '../../lib/refusal.ts'
import { Notice } from '../../ui/notice.tsx'
import { type Credentials, serviceQuery, useSignIn } from './api.ts'
import { CodeForm } from './code-form.tsx'
import { DemoAccounts } from './demo-accounts.tsx'
import loginClasses from './login.module.css'
import { LoginForm } from './login-form.tsx'
import classes from './login-view.module.css'
import { demoPassword, type OpenIdOutcome, openIdAddress } from './model.ts'
import { OpenIdCode } from './openid-code.tsx'
import { PasskeyButton } from './passkey-button.tsx'

interface LoginViewProps {
  /** Where the reader wanted to be, for the sign-on that leaves this page. */
  next: string
  /** How another sign-on ended, when it sent the reader back without letting them in yet. */
  openid: OpenIdOutcome | undefined
  onSignedIn: () => void
}

/** The way in: the form and the other doors, and on the demo its people. `onSignedIn` goes on to where the reader wanted to be. */
export function LoginView({ next, openid: ended, onSignedIn }: LoginViewProps) {
  const { t } = useTranslation('session')
  const language = useLanguage()
  const service = useQuery(serviceQuery)
  const signIn = useSignIn()
  const [typed, setTyped] = useState<Credentials>()
  const [isAsked, setSecond] = useState(false)
  const [openid, setOpenid] = useState(ended)
  const second = isAsked || openid === 'second'
  const enter = (credentials: Credentials) => {
    setTyped(credentials)
    signIn.mutate(credentials, {
      onSuccess: onSignedIn,
      onError: (error) => {
        if (refusalCode(error) === 'second_factor_needed') setSecond(true)
      },
    })
  }
  const leaveSecond = () => {
    setSecond(false)
    signIn.reset()
  }

  return (
    <div className={classes.page}>
      <div className={classes.card}>
        <header className={classes.head}>
          <h1>{t(second ? 'second.heading' : 'heading')}</h1>
          <p>{t(second ? 'second.lead' : 'lead')}</p>
        </header>
        {openid && openid !== 'second' && !second && (
          <Notice tone="care" urgent what={t(`openid.${openid}.what`)} todo={t(`openid.${openid}.todo`)} />
        )}
        {openid === 'second' && (
          <OpenIdCode onSignedIn={onSignedIn} onBack={() => setOpenid(undefined)} onOver={() => setOpenid('failed')} />
        )}
        {isAsked && typed && (
          <CodeForm
            pending={signIn.isPending}
            error={signIn.error}
            onCode={(code) => enter({ email: typed.email, password: typed.password, code })}
            onBack={leaveSecond}
          />
        )}
        {!second && (
          <>
            <LoginForm typed={typed} signIn={enter} pending={signIn.isPending} error={signIn.error} />
            {(hasPasskeys() || service.data?.openid) && (
              <div className={loginClasses.doors}>
                <p className={loginClasses.or}>{t('or')}</p>
                {hasPasskeys() && <PasskeyButton onSignedIn={onSignedIn} />}
                {service.data?.openid && (
                  <Button
                    component="a"
                    href={openIdAddress(next)}
                    variant="default"
                    fullWidth
                    leftSection={<IconBuildingCommunity aria-hidden size={22} />}
                  >
                    {t('openid.button', { name: service.data.openid })}
                  </Button>
                )}
              </div>
            )}
          </>
        )}
        {!second && (
          <nav className={classes.others} aria-label={t('others.lead')}>
            <p>{t('others.lead')}</p>
            <ul className={classes.ways}>
              <li>
                <Link to="/unirse">{t('others.join')}</Link>
              </li>
              <li>
                <Link to="/recibo">{t('others.receipt')}</Link>
              </li>
              <li>
                <Link to="/verificar">{t('others.verify')}</Link>
              </li>
              <li>
                <a href={language === 'en' ? '/en/p' : '/p'}>{t('others.plans')}</a>
              </li>
            </ul>
          </nav>
        )}
      </div>
      {service.data?.demo && !second && (
        <DemoAccounts pending={signIn.isPending} enter={({ email }) => enter({ email, password: demoPassword })} />
      )}
    </div>
  )
}
