import type { Profile } from '@cabildo/protocol/http/account'
import { useTranslation } from 'react-i18next'
import { Notice } from '../../ui/notice.tsx'
import { DataSection } from './data-section.tsx'
import { IdentitySection } from './identity-section.tsx'
import { PlansSection } from './plans-section.tsx'
import classes from './profile-view.module.css'
import type { ConnectOutcome } from './search.ts'
import { SessionsSection } from './sessions-section.tsx'
import { WaysInSection } from './ways-in-section.tsx'

interface ProfileViewProps {
  profile: Profile
  /** The role of this account asks for a second step that it does not have yet. */
  owesSecondFactor: boolean
  /** The account cannot be used here any more: away from its pages. */
  onGone: () => void
  /** What the other sign-on is called; null where there is none. */
  provider: string | null
  /** How connecting an account there ended. */
  connected: ConnectOutcome | undefined
  /** How they are told of news. */
  news: React.ReactNode
  /** What they may do with plans beside taking part. */
  plans?: React.ReactNode
}

/** The reader's own account, as they may see and change it. Guests of a workshop have no ways in to keep. */
export function ProfileView({ profile, owesSecondFactor, onGone, provider, connected, news, plans }: ProfileViewProps) {
  const { t } = useTranslation('account')
  const { guest } = profile.user
  return (
    <div className={classes.page}>
      <header className={classes.head}>
        <h1>{t('title')}</h1>
        <p>{t(guest ? 'leadGuest' : 'lead')}</p>
      </header>
      {owesSecondFactor && <Notice tone="care" what={t('gate.why')} todo={t('gate.here')} />}
      {connected && <Notice tone={connected === 'linked' ? 'good' : 'care'} what={t(`identities.${connected}`)} />}
      <IdentitySection profile={profile} />
      {!guest && <WaysInSection profile={profile} provider={provider} />}
      <PlansSection profile={profile} more={!owesSecondFactor && plans} />
      {!guest && !owesSecondFactor && news}
      {!guest && <SessionsSection onGone={onGone} />}
      <DataSection profile={profile} onGone={onGone} />
    </div>
  )
}
