import { safeNext } from '@cabildo/protocol/safe-next'
import { getRouteApi, useRouter } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { LoginView } from '../../features/session/login-view.tsx'
import { GuestFirst } from '../guest-first.tsx'
import { usePageTitle } from '../use-page-title.ts'

const route = getRouteApi('/login')

/** Signs somebody in and takes them where they wanted to go. */
export default function LoginPage() {
  const { t } = useTranslation('session')
  usePageTitle(t('title'))
  return (
    <GuestFirst>
      <Login />
    </GuestFirst>
  )
}

function Login() {
  const router = useRouter()
  const { next, openid } = route.useSearch()
  return <LoginView next={safeNext(next)} openid={openid} onSignedIn={() => router.history.replace(safeNext(next))} />
}
