import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { hasPasskeys } from '../../lib/passkeys.ts'
import { refusalCode } from '../../lib/refusal.ts'
import { useLedOn } from '../../lib/use-led-on.ts'
import { NotLoaded } from '../../ui/late/not-loaded.tsx'
import { Bone, Waiting } from '../../ui/waiting.tsx'
import { linkQuery } from './api.ts'
import { InvitationForm } from './invitation-form.tsx'
import classes from './link-view.module.css'
import { PasskeySetup } from './passkey-setup.tsx'
import { RecoveryForm } from './recovery-form.tsx'

interface LinkViewProps {
  /** Undefined when the address carried none, or a damaged one. */
  token: string | undefined
  /** Who is signed in on this device. */
  user: { id: string; name: string; workshop?: unknown } | null
  /** Somebody is in, and wants to see the plan. */
  onEntered: (planSlug: string) => void
}

/** Somebody who has just come in: where to, and the password they set, for a passkey made right now. */
interface Entered {
  planSlug: string
  password: string | undefined
  offersPasskey: boolean
}

/** A one-time link, from what it is for to being inside. */
export function LinkView({ token, user, onEntered }: LinkViewProps) {
  const { t } = useTranslation('account')
  const [entered, setEntered] = useState<Entered>()
  const inside = useLedOn<HTMLHeadingElement>(entered, true)

  const enter = (next: Entered) => {
    if (next.offersPasskey && hasPasskeys()) setEntered(next)
    else onEntered(next.planSlug)
  }
  if (entered) {
    return (
      <div className={classes.page}>
        <h1 ref={inside} tabIndex={-1}>
          {t('link.in')}
        </h1>
        <div className={classes.card}>
          <h2>{t('link.passkey')}</h2>
          <PasskeySetup
            hasPassword={entered.password !== undefined}
            known={entered.password}
            onDone={() => onEntered(entered.planSlug)}
          />
          <div>
            <Button variant="subtle" onClick={() => onEntered(entered.planSlug)}>
              {t('link.notNow')}
            </Button>
          </div>
        </div>
      </div>
    )
  }
  return token === undefined ? <NoLink what="broken" /> : <Looked token={token} user={user} onEntered={enter} />
}

function Looked({
  token,
  user,
  onEntered,
}: Pick<LinkViewProps, 'user'> & { token: string; onEntered: (entered: Entered) => void }) {
  const link = useQuery(linkQuery(token))
  if (link.data?.kind === 'invitation')
    return <InvitationForm token={token} invitation={link.data} user={user} onEntered={onEntered} />
  if (link.data) return <RecoveryForm token={token} recovery={link.data} onEntered={onEntered} />
  if (link.error) {
    const code = refusalCode(link.error)
    if (code === 'link_gone') return <NoLink what="gone" />
    if (code === 'invalid') return <NoLink what="broken" />
    return (
      <div className={classes.page}>
        <NotLoaded error={link.error} urgent onRetry={() => void link.refetch()} />
      </div>
    )
  }
  return <Waiting skeleton={<Bone height="12rem" />} />
}

/** A link that leads nowhere any more, or lost a part on its way: whose fault it is not, and what to do. */
function NoLink({ what }: { what: 'gone' | 'broken' }) {
  const { t } = useTranslation('account')
  return (
    <div className={classes.page}>
      <h1>{t(`link.${what}.heading`)}</h1>
      <p>{t(`link.${what}.what`)}</p>
      <p>{t(`link.${what}.todo`)}</p>
      <p>
        <Button component={Link} to="/login" variant="default">
          {t('link.toLogin')}
        </Button>
      </p>
    </div>
  )
}
