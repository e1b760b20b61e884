import type { Profile } from '@cabildo/protocol/http/account'
import { Button } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Sheet } from '../../ui/sheet.tsx'
import { Time } from '../../ui/time.tsx'
import { useConnectIdentity, useRemoveIdentity } from './api.ts'
import { FormRefusal } from './form-refusal.tsx'
import formClasses from './forms.module.css'
import { hostOf } from './model.ts'
import classes from './profile-view.module.css'
import { ProofField } from './proof-field.tsx'

interface IdentitiesProps {
  profile: Profile
  /** What the other sign-on of this program is called; null where there is none. */
  provider: string | null
}

/** Accounts at another sign-on that open this one, and the way to connect one. Nothing where there is neither. */
export function Identities({ profile, provider }: IdentitiesProps) {
  const { t } = useTranslation('account')
  const [asks, setAsks] = useState(false)
  const connect = useConnectIdentity()
  const remove = useRemoveIdentity()
  const { identities, hasPassword } = profile
  if (provider === null && identities.length === 0) return null
  return (
    <li className={classes.row}>
      <div className={classes.what}>
        <h3>{t('identities.heading')}</h3>
        {provider && <p className={classes.soft}>{t('identities.invite', { name: provider })}</p>}
      </div>
      {provider && (
        <Button
          variant="default"
          loading={connect.isPending}
          onClick={() => (hasPassword ? setAsks(true) : connect.mutate(''))}
        >
          {t('identities.connect', { name: provider })}
        </Button>
      )}
      {identities.length > 0 && (
        <ul className={classes.nested} aria-label={t('identities.heading')}>
          {identities.map(({ id, issuer, createdAt }) => (
            <li key={id} className={classes.row}>
              <span className={classes.what}>
                <span>{hostOf(issuer)}</span>
                <span className={classes.soft}>
                  {t('since')} <Time value={createdAt} as="day" />
                </span>
              </span>
              <Button variant="default" color="danger" loading={remove.isPending} onClick={() => remove.mutate(id)}>
                {t('identities.disconnect')}
                <span className="cb-hidden">: {hostOf(issuer)}</span>
              </Button>
            </li>
          ))}
        </ul>
      )}
      <FormRefusal error={remove.error ?? (asks ? null : connect.error)} />
      {asks && provider && (
        <ConnectSheet
          provider={provider}
          pending={connect.isPending}
          error={connect.error}
          onConnect={(password) => connect.mutate(password)}
          onClose={() => setAsks(false)}
        />
      )}
    </li>
  )
}

interface ConnectSheetProps {
  provider: string
  pending: boolean
  error: Error | null
  onConnect: (password: string) => void
  onClose: () => void
}

/** Asks for the password before another account may open this one. */
function ConnectSheet({ provider, pending, error, onConnect, onClose }: ConnectSheetProps) {
  const { t } = useTranslation('account')
  const [password, setPassword] = useState('')
  const submit = (event: FormEvent) => {
    event.preventDefault()
    onConnect(password)
  }
  return (
    <Sheet title={t('identities.connect', { name: provider })} onClose={onClose}>
      <form className={formClasses.form} onSubmit={submit} noValidate>
        <p>{t('identities.invite', { name: provider })}</p>
        <ProofField value={password} onChange={setPassword} error={error} first />
        <FormRefusal error={error} beside={['wrong_credentials']} />
        <div>
          <Button type="submit" loading={pending}>
            {t('identities.connect', { name: provider })}
          </Button>
        </div>
      </form>
    </Sheet>
  )
}
