import { useQuery } from '@tanstack/react-query'
import { useRouter } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { SecondFactorGate } from '../../features/account/second-factor-gate.tsx'
import { sessionQuery } from '../../features/session/api.ts'
import { useSignOut } from '../../features/session/sign-out.ts'
import { toLogin } from '../to-login.ts'
import { usePageTitle } from '../use-page-title.ts'

/** In place of any page, for a role that asks for a second step this account does not have yet. */
export default function SecondStepPage() {
  const { t } = useTranslation('account')
  const router = useRouter()
  const session = useQuery(sessionQuery)
  const leave = useSignOut(session.data?.id ?? '', () => router.navigate(toLogin(router.state.location.href)))
  usePageTitle(t('gate.title'))
  return <SecondFactorGate onSignOut={() => leave.mutate()} />
}
