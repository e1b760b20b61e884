import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { serviceQuery, useSignIn } from './api.ts'
import { DemoAccounts } from './demo-accounts.tsx'
import { LoginForm } from './login-form.tsx'
import classes from './login-view.module.css'
import { demoPassword } from './model.ts'

/** The way in: the form, and on the demo its people. `onSignedIn` goes on to where the reader wanted to be. */
export function LoginView({ onSignedIn }: { onSignedIn: () => void }) {
  const { t } = useTranslation('session')
  const service = useQuery(serviceQuery)
  const signIn = useSignIn()
  const enter = (credentials: { email: string; password: string }) =>
    signIn.mutate(credentials, { onSuccess: onSignedIn })

  return (
    <div className={classes.page}>
      <div className={classes.card}>
        <header className={classes.head}>
          <h1>{t('heading')}</h1>
          <p>{t('lead')}</p>
        </header>
        <LoginForm signIn={enter} pending={signIn.isPending} error={signIn.error} />
      </div>
      {service.data?.demo && (
        <DemoAccounts pending={signIn.isPending} enter={({ email }) => enter({ email, password: demoPassword })} />
      )}
    </div>
  )
}
