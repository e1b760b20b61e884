import { consentText } from '@cabildo/protocol/consent'
import { Button, TextInput } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { CallOutput } from '../../lib/call.ts'
import { isFault } from '../../lib/field-faults.ts'
import { refusalCode } from '../../lib/refusal.ts'
import { Notice } from '../../ui/notice.tsx'
import { SectorTag } from '../../ui/sector-tag.tsx'
import { Time } from '../../ui/time.tsx'
import { type LinkUse, useUseLink } from './api.ts'
import { Consent } from './consent-text.tsx'
import { FormRefusal } from './form-refusal.tsx'
import classes from './link-view.module.css'
import { isTooShort, looksLikeEmail } from './model.ts'
import { NewPassword } from './new-password.tsx'

/** What a one-time link is for. */
export type LookedLink = CallOutput<'POST /api/links/look'>

interface InvitationFormProps {
  token: string
  invitation: LookedLink
  user: { id: string; name: string; workshop?: unknown } | null
  onEntered: (entered: { planSlug: string; password: string | undefined; offersPasskey: boolean }) => void
}

/** An invitation: to what, as what, with whose account, and what is kept of whoever accepts. */
export function InvitationForm({ token, invitation, user, onEntered }: InvitationFormProps) {
  const { t } = useTranslation('account')
  const { t: common } = useTranslation()
  // A guest of a workshop is somebody for a day: an invitation makes an account.
  const mine = user && !user.workshop ? user : null
  const [asSelf, setAsSelf] = useState(true)
  const { plan, role, group, expiresAt } = invitation
  return (
    <div className={classes.page}>
      <header>
        <p className={classes.kicker}>{plan.place}</p>
        <h1>{t('invitation.heading', { plan: plan.title })}</h1>
      </header>
      <dl className={classes.facts}>
        {role && (
          <div>
            <dt>{t('invitation.role')}</dt>
            <dd>{common(`role.${role}`)}</dd>
          </div>
        )}
        {group && (
          <div>
            <dt>{t('invitation.group')}</dt>
            <dd>
              <SectorTag sector={group.sector}>{group.name}</SectorTag>
            </dd>
          </div>
        )}
        <div>
          <dt>{t('invitation.until')}</dt>
          <dd>
            <Time value={expiresAt} as="day" />
          </dd>
        </div>
      </dl>
      {mine && asSelf ? (
        <AsSelf token={token} name={mine.name} onOther={() => setAsSelf(false)} onEntered={onEntered} />
      ) : (
        <AsNew
          token={token}
          invitation={invitation}
          {...(mine ? { onSelf: () => setAsSelf(true), self: mine.name } : {})}
          onEntered={onEntered}
        />
      )}
    </div>
  )
}

interface AsSelfProps extends Pick<InvitationFormProps, 'token' | 'onEntered'> {
  name: string
  onOther: () => void
}

/** Joins with the account that is signed in: nothing to type. */
function AsSelf({ token, name, onOther, onEntered }: AsSelfProps) {
  const { t } = useTranslation('account')
  const [agreed, setAgreed] = useState(false)
  const [tried, setTried] = useState(false)
  const join = useUseLink()
  const submit = (event: FormEvent) => {
    event.preventDefault()
    setTried(true)
    if (agreed)
      join.mutate(
        { token, asSelf: true, consent: consentText.version },
        { onSuccess: ({ planSlug }) => onEntered({ planSlug, password: undefined, offersPasskey: false }) },
      )
  }
  return (
    <form className={classes.form} onSubmit={submit} noValidate>
      <Notice tone="info" what={t('invitation.signedIn', { name })} todo={t('invitation.signedInTodo')}>
        <Button variant="default" onClick={onOther}>
          {t('invitation.other', { name })}
        </Button>
      </Notice>
      <Consent agreed={agreed} onAgree={setAgreed} missing={tried && !agreed} />
      <JoinRefusal error={join.error} />
      <Button type="submit" loading={join.isPending}>
        {t('invitation.joinAs', { name })}
      </Button>
    </form>
  )
}

interface AsNewProps extends Pick<InvitationFormProps, 'token' | 'invitation' | 'onEntered'> {
  onSelf?: () => void
  self?: string
}

/** Joins with a new account: a name is enough; with an address comes a password. */
function AsNew({ token, invitation, onSelf, self, onEntered }: AsNewProps) {
  const { t } = useTranslation('account')
  const { t: common } = useTranslation()
  const [name, setName] = useState(invitation.name)
  const [email, setEmail] = useState(invitation.email ?? '')
  const [password, setPassword] = useState('')
  const [agreed, setAgreed] = useState(false)
  const [tried, setTried] = useState(false)
  const join = useUseLink()
  const { error } = join
  const address = email.trim()
  const bad = {
    name: name.trim() === '',
    email: address !== '' && !looksLikeEmail(address),
    password: address !== '' && isTooShort(password),
  }

  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    setTried(true)
    if (bad.name || bad.email || bad.password || !agreed) {
      const form = event.currentTarget
      // What is wrong gets the focus once it is marked.
      setTimeout(() => form.querySelector<HTMLElement>('[aria-invalid="true"], [data-error] input')?.focus())
      return
    }
    const body: LinkUse = {
      token,
      asSelf: false,
      name: name.trim(),
      consent: consentText.version,
      ...(address === '' ? { email: null } : { email: address, password }),
    }
    join.mutate(body, {
      onSuccess: ({ planSlug }) =>
        onEntered({ planSlug, password: address === '' ? undefined : password, offersPasskey: true }),
    })
  }
  const emailFault = () => {
    if ((tried && bad.email) || isFault(error, '/email')) return t('identity.badEmail')
    return refusalCode(error) === 'email_taken' ? t('invitation.emailTaken') : undefined
  }
  const passwordFault = tried && bad.password ? 'short' : isFault(error, '/password') ? 'known' : undefined
  return (
    <form className={classes.form} onSubmit={submit} noValidate>
      {onSelf && (
        <div>
          <Button variant="subtle" onClick={onSelf}>
            {t('invitation.backToSelf', { name: self })}
          </Button>
        </div>
      )}
      <TextInput
        label={t('invitation.name')}
        description={t('invitation.nameHelp')}
        autoComplete="name"
        maxLength={80}
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
        error={((tried && bad.name) || isFault(error, '/name')) && t('identity.needName')}
      />
      <TextInput
        label={t('invitation.email')}
        description={t(hasAddress(address) ? 'invitation.emailHelp' : 'invitation.noEmail')}
        type="email"
        autoComplete="email"
        autoCapitalize="none"
        spellCheck={false}
        value={email}
        onChange={(event) => setEmail(event.currentTarget.value)}
        error={emailFault()}
      />
      {hasAddress(address) && <NewPassword value={password} onChange={setPassword} fault={passwordFault} />}
      <Consent agreed={agreed} onAgree={setAgreed} missing={tried && !agreed} />
      <JoinRefusal error={error} />
      <Button type="submit" loading={join.isPending}>
        {t('invitation.join')}
      </Button>
      <p role="status" className="cb-hidden">
        {join.isPending && common('waiting.loading')}
      </p>
    </form>
  )
}

const hasAddress = (address: string): boolean => address !== ''

/** Why joining failed: a link used meanwhile, a part in the plan already, or anything else. */
function JoinRefusal({ error }: { error: Error | null }) {
  const { t } = useTranslation('account')
  const code = refusalCode(error)
  if (error && code === 'link_gone')
    return <Notice tone="care" urgent what={t('link.gone.what')} todo={t('link.gone.todo')} />
  if (error && code === 'conflict')
    return <Notice tone="info" urgent what={t('invitation.already')} todo={t('invitation.alreadyTodo')} />
  return <FormRefusal error={error} beside={['email_taken']} kept={t('kept')} />
}
