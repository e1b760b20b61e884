import { useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { LinkView } from '../../features/account/link-view.tsx'
import { useLinkToken } from '../../features/account/use-link-token.ts'
import { sessionQuery } from '../../features/session/api.ts'
import { GuestFirst } from '../guest-first.tsx'
import { usePageTitle } from '../use-page-title.ts'

/** Where an invitation, or a way back into an account, is used. */
export default function LinkPage() {
  const { t } = useTranslation('account')
  usePageTitle(t('link.title'))
  return (
    <GuestFirst>
      <Link />
    </GuestFirst>
  )
}

function Link() {
  const navigate = useNavigate()
  const token = useLinkToken()
  const session = useQuery(sessionQuery)
  return (
    <LinkView
      key={token}
      token={token}
      user={session.data ?? null}
      onEntered={(slug) => void navigate({ to: '/plans/$slug', params: { slug }, replace: true })}
    />
  )
}
