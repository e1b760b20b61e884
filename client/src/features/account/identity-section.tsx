import type { Profile } from '@cabildo/protocol/http/account'
import { Button, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { isFault } from '../../lib/field-faults.ts'
import { refusalCode } from '../../lib/refusal.ts'
import { FormSheet } from '../../ui/late/form-sheet.tsx'
import { useCorrectProfile } from './api.ts'
import { FormRefusal } from './form-refusal.tsx'
import { looksLikeEmail } from './model.ts'
import profileClasses from './profile-view.module.css'
import { ProofField } from './proof-field.tsx'

/** Name and address, and the button to correct them. */
export function IdentitySection({ profile }: { profile: Profile }) {
  const { t } = useTranslation('account')
  const [open, setOpen] = useState(false)
  const { name, email, guest } = profile.user
  return (
    <section className={profileClasses.section} aria-labelledby="identity">
      <h2 id="identity">{t('identity.heading')}</h2>
      <ul className={profileClasses.rows}>
        <li className={profileClasses.row}>
          <span className={profileClasses.what}>
            <span>{t('identity.name')}</span>
            <span>{name}</span>
          </span>
        </li>
        {!guest && (
          <li className={profileClasses.row}>
            <span className={profileClasses.what}>
              <span>{t('identity.email')}</span>
              <span>{email ?? t('identity.noEmail')}</span>
            </span>
          </li>
        )}
      </ul>
      <div>
        <Button variant="default" onClick={() => setOpen(true)}>
          {t('identity.change')}
        </Button>
      </div>
      {open && <IdentitySheet profile={profile} onClose={() => setOpen(false)} />}
    </section>
  )
}

function IdentitySheet({ profile, onClose }: { profile: Profile; onClose: () => void }) {
  const { t } = useTranslation('account')
  const { t: common } = useTranslation()
  const [name, setName] = useState(profile.user.name)
  const [email, setEmail] = useState(profile.user.email ?? '')
  const [password, setPassword] = useState('')
  const [tried, setTried] = useState(false)
  const correct = useCorrectProfile()
  const { error } = correct
  const address = email.trim() === '' ? null : email.trim()
  const isNewAddress = address !== profile.user.email
  const asksPassword = isNewAddress && profile.hasPassword
  const badName = name.trim() === ''
  const badEmail = address !== null && !looksLikeEmail(address)

  const save = () => {
    setTried(true)
    if (badName || badEmail) return
    correct.mutate(
      {
        ...(name.trim() === profile.user.name ? {} : { name: name.trim() }),
        ...(isNewAddress ? { email: address } : {}),
        ...(asksPassword && password !== '' ? { password } : {}),
      },
      { onSuccess: onClose },
    )
  }
  const emailFault = () => {
    if ((tried && badEmail) || isFault(error, '/email')) return t('identity.badEmail')
    return refusalCode(error) === 'email_taken' ? common('refusal.email_taken.what') : undefined
  }
  return (
    <FormSheet
      title={t('identity.change')}
      button={t('save')}
      sending={correct}
      onSend={save}
      onClose={onClose}
      refusal={<FormRefusal error={error} beside={['wrong_credentials', 'email_taken']} kept={t('kept')} />}
    >
      <TextInput
        label={t('identity.name')}
        description={t('identity.nameHelp')}
        autoComplete="name"
        maxLength={80}
        data-autofocus
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
        error={((tried && badName) || isFault(error, '/name')) && t('identity.needName')}
      />
      {!profile.user.guest && (
        <TextInput
          label={t('identity.email')}
          description={t('identity.emailHelp')}
          type="email"
          autoComplete="email"
          autoCapitalize="none"
          spellCheck={false}
          value={email}
          onChange={(event) => setEmail(event.currentTarget.value)}
          error={emailFault()}
        />
      )}
      {asksPassword && <ProofField value={password} onChange={setPassword} error={error} />}
    </FormSheet>
  )
}
