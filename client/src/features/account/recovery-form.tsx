import { Button } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { isFault } from '../../lib/field-faults.ts'
import { refusalCode } from '../../lib/refusal.ts'
import { Notice } from '../../ui/notice.tsx'
import { useUseLink } from './api.ts'
import { FormRefusal } from './form-refusal.tsx'
import type { LookedLink } from './invitation-form.tsx'
import classes from './link-view.module.css'
import { isTooShort } from './model.ts'
import { NewPassword } from './new-password.tsx'

interface RecoveryFormProps {
  token: string
  recovery: LookedLink
  onEntered: (entered: { planSlug: string; password: string | undefined; offersPasskey: boolean }) => void
}

/** The way back into an account: a new password, and nothing else changes. */
export function RecoveryForm({ token, recovery, onEntered }: RecoveryFormProps) {
  const { t } = useTranslation('account')
  const [password, setPassword] = useState('')
  const [tried, setTried] = useState(false)
  const recover = useUseLink()
  const { error } = recover
  const short = isTooShort(password)
  const submit = (event: FormEvent) => {
    event.preventDefault()
    setTried(true)
    if (!short)
      recover.mutate(
        { token, password },
        { onSuccess: ({ planSlug }) => onEntered({ planSlug, password, offersPasskey: recovery.email === null }) },
      )
  }
  const fault = tried && short ? 'short' : isFault(error, '/password') ? 'known' : undefined
  return (
    <div className={classes.page}>
      <header>
        <p className={classes.kicker}>{recovery.plan.title}</p>
        <h1>{t('recovery.heading', { name: recovery.name })}</h1>
      </header>
      <p>{t('recovery.what')}</p>
      {recovery.email ? <p>{t('recovery.email', { email: recovery.email })}</p> : <p>{t('recovery.noEmail')}</p>}
      <form className={classes.form} onSubmit={submit} noValidate>
        {/* So that the browser keeps the new password under the right address. */}
        {recovery.email && (
          <input
            className="cb-hidden"
            type="email"
            autoComplete="username"
            value={recovery.email}
            readOnly
            tabIndex={-1}
            aria-hidden
          />
        )}
        <NewPassword value={password} onChange={setPassword} fault={fault} />
        {error && refusalCode(error) === 'link_gone' ? (
          <Notice tone="care" urgent what={t('link.gone.what')} todo={t('link.gone.todo')} />
        ) : (
          <FormRefusal error={error} beside={fault ? ['invalid'] : []} kept={t('kept')} />
        )}
        <Button type="submit" loading={recover.isPending}>
          {t('recovery.submit')}
        </Button>
      </form>
    </div>
  )
}
