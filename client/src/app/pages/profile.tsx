import type { MyMembership } from '@cabildo/protocol/http/account'
import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi, Link, useRouter } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { profileQuery } from '../../features/account/api.ts'
import { ProfileView } from '../../features/account/profile-view.tsx'
import { readProfileSearch } from '../../features/account/search.ts'
import { NewsSettingsSection } from '../../features/news/settings-section.tsx'
import { serviceQuery, sessionQuery } from '../../features/session/api.ts'
import { useSignOut } from '../../features/session/sign-out.ts'
import { Waiting } from '../../ui/waiting.tsx'
import { PageFailure } from '../page-failure.tsx'
import { usePageTitle } from '../use-page-title.ts'

const route = getRouteApi('/signed-in/profile')

/** The signed-in person's account: who they are, how they come in, how they are shown, what is kept about them. */
export default function ProfilePage() {
  const { t } = useTranslation('account')
  const router = useRouter()
  const profile = useQuery(profileQuery)
  const session = useQuery(sessionQuery)
  const service = useQuery(serviceQuery)
  const { openid } = readProfileSearch({ ...route.useSearch() })
  // A session that has ended elsewhere still leaves this device to be tidied.
  const leave = useSignOut(session.data?.id ?? '', () => router.navigate({ to: '/login' }))
  usePageTitle(t('title'))
  if (profile.data) {
    return (
      <ProfileView
        profile={profile.data}
        owesSecondFactor={session.data?.secondFactorMissing ?? false}
        provider={service.data?.openid ?? null}
        connected={openid}
        news={<NewsSettingsSection />}
        plans={<NewPlanWay memberships={profile.data.memberships} />}
        onGone={() => leave.mutate()}
      />
    )
  }
  if (profile.error) return <PageFailure error={profile.error} onRetry={() => void profile.refetch()} />
  return <Waiting />
}

/** For who coordinates a plan, and so may begin another; the server asks again. */
function NewPlanWay({ memberships }: { memberships: readonly MyMembership[] }) {
  const { t } = useTranslation('plans')
  if (!memberships.some(({ role }) => role === 'coordinator')) return null
  return (
    <div>
      <Button variant="default" renderRoot={(props) => <Link to="/nuevo-plan" {...props} />}>
        {t('new.link')}
      </Button>
    </div>
  )
}
