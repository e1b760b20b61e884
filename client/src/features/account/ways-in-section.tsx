import type { Profile } from '@cabildo/protocol/http/account'
import { Button } from '@mantine/core'
import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { isFocusLost } from '../../lib/is-focus-lost.ts'
import { hasPasskeys } from '../../lib/passkeys.ts'
import { Sheet } from '../../ui/sheet.tsx'
import { StatusChip } from '../../ui/status-chip.tsx'
import { Time } from '../../ui/time.tsx'
import { useRemovePasskey } from './api.ts'
import { FormRefusal } from './form-refusal.tsx'
import { Identities } from './identities.tsx'
import { PasskeySetup } from './passkey-setup.tsx'
import { PasswordSheet } from './password-sheet.tsx'
import classes from './profile-view.module.css'
import { TotpSetup } from './totp-setup.tsx'
import { NewCodesSheet, RemoveTotpSheet } from './totp-sheets.tsx'

type Open = 'password' | 'totp' | 'codes' | 'noTotp' | 'passkey' | undefined

/** How the reader comes in: password, codes of an app, passkeys, other sign-ons; each with what can be done about it. */
export function WaysInSection({ profile, provider }: { profile: Profile; provider: string | null }) {
  const { t } = useTranslation('account')
  const [open, setOpen] = useState<Open>()
  const close = () => setOpen(undefined)
  const { hasPassword, totp } = profile
  const codes = useRef<HTMLButtonElement>(null)
  const wasOn = useRef(totp.on)
  // The sheet may be closed a moment before its opener is gone: then the focus it gave back is gone with it.
  useEffect(() => {
    if (wasOn.current && !totp.on && isFocusLost()) codes.current?.focus()
    wasOn.current = totp.on
  }, [totp.on])
  return (
    <section className={classes.section} aria-labelledby="ways-in">
      <header>
        <h2 id="ways-in">{t('waysIn.heading')}</h2>
        <p className={classes.soft}>{t('waysIn.lead')}</p>
      </header>
      <ul className={classes.rows}>
        <li className={classes.row}>
          <div className={classes.what}>
            <h3>{t('password.heading')}</h3>
            <StatusChip tone={hasPassword ? 'done' : 'idle'}>
              {t(hasPassword ? 'password.has' : 'password.none')}
            </StatusChip>
          </div>
          <Button variant="default" onClick={() => setOpen('password')}>
            {t(hasPassword ? 'password.change' : 'password.set')}
          </Button>
        </li>
        <li className={classes.row}>
          <div className={classes.what}>
            <h3>{t('totp.heading')}</h3>
            <StatusChip tone={totp.on ? 'done' : 'idle'}>{t(totp.on ? 'totp.on' : 'totp.off')}</StatusChip>
            <p className={classes.soft}>
              {totp.on ? t('codes.left', { count: totp.recoveryCodesLeft }) : t('totp.invite')}
            </p>
          </div>
          <div className={classes.buttons}>
            {/* One button, before and after: what sets the codes up has the focus again once they are. */}
            <Button ref={codes} variant="default" onClick={() => setOpen(totp.on ? 'codes' : 'totp')}>
              {t(totp.on ? 'codes.new' : 'totp.set')}
            </Button>
            {totp.on && (
              <Button variant="default" color="danger" onClick={() => setOpen('noTotp')}>
                {t('totp.remove')}
              </Button>
            )}
          </div>
        </li>
        <li className={classes.row}>
          <div className={classes.what}>
            <h3>{t('passkeys.heading')}</h3>
            <p className={classes.soft}>{t(hasPasskeys() ? 'passkeys.invite' : 'passkeys.unknown')}</p>
          </div>
          {hasPasskeys() && (
            <Button variant="default" onClick={() => setOpen('passkey')}>
              {t('passkeys.add')}
            </Button>
          )}
          <Passkeys passkeys={profile.passkeys} />
        </li>
        <Identities profile={profile} provider={provider} />
      </ul>
      {open === 'password' && <PasswordSheet hasPassword={hasPassword} onClose={close} />}
      {open === 'totp' && (
        <Sheet title={t('totp.set')} onClose={close}>
          <TotpSetup hasPassword={hasPassword} onDone={close} />
        </Sheet>
      )}
      {open === 'codes' && <NewCodesSheet onClose={close} />}
      {open === 'noTotp' && <RemoveTotpSheet onClose={close} />}
      {open === 'passkey' && (
        <Sheet title={t('passkeys.add')} onClose={close}>
          <PasskeySetup hasPassword={hasPassword} onDone={close} />
        </Sheet>
      )}
    </section>
  )
}

/** The passkeys of the account, each by the name it was given. The last way in stays. */
function Passkeys({ passkeys }: { passkeys: Profile['passkeys'] }) {
  const { t } = useTranslation('account')
  const remove = useRemovePasskey()
  if (passkeys.length === 0) return null
  return (
    <div className={classes.what}>
      <ul className={classes.nested} aria-label={t('passkeys.heading')}>
        {passkeys.map(({ id, label, createdAt, usedAt }) => (
          <li key={id} className={classes.row}>
            <span className={classes.what}>
              <span>{label}</span>
              <span className={classes.soft}>
                {t('since')} <Time value={createdAt} as="day" />
                {usedAt && (
                  <>
                    · {t('passkeys.used')} <Time value={usedAt} />
                  </>
                )}
              </span>
            </span>
            <Button
              variant="default"
              color="danger"
              loading={remove.isPending && remove.variables === id}
              onClick={() => remove.mutate(id)}
            >
              {t('passkeys.remove')}
              <span className="cb-hidden">: {label}</span>
            </Button>
          </li>
        ))}
      </ul>
      <FormRefusal error={remove.error} />
    </div>
  )
}
