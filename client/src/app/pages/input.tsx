import { ogpCommitment } from '@cabildo/schema/templates/ogp-commitment'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi, useNavigate } from '@tanstack/react-router'
import { useCallback } from 'react'
import { useTranslation } from 'react-i18next'
import { InputView } from '../../features/inputs/input-view.tsx'
import { planQuery } from '../../features/plans/api.ts'
import { sessionQuery } from '../../features/session/api.ts'
import { refusalCode } from '../../lib/refusal.ts'
import { Waiting } from '../../ui/waiting.tsx'
import { PageFailure, PageNotFound } from '../page-failure.tsx'
import { usePageTitle } from '../use-page-title.ts'
import { originLink } from './origin-link.tsx'

const route = getRouteApi('/signed-in/plans/$slug/inputs/$number')

/** One input by its number, and its answer. */
export default function InputPage() {
  const { slug, number } = route.useParams()
  const { t } = useTranslation('inputs')
  const navigate = useNavigate()
  const plan = useQuery(planQuery(slug))
  const { data: session } = useQuery({ ...sessionQuery, enabled: false })
  usePageTitle(plan.data && t('one', { number }))
  const go = useCallback(
    (next: number | null) =>
      void (next === null
        ? navigate({ to: '/plans/$slug/inputs', params: { slug } })
        : navigate({ to: '/plans/$slug/inputs/$number', params: { slug, number: String(next) } })),
    [navigate, slug],
  )
  if (refusalCode(plan.error) === 'not_found' || !/^[1-9]\d{0,5}$/.test(number)) return <PageNotFound />
  if (plan.data && session) {
    return (
      <InputView
        plan={plan.data}
        number={Number(number)}
        userId={session.id}
        template={ogpCommitment}
        wordsLink={(input) => originLink(slug, input)}
        onGo={go}
      />
    )
  }
  if (plan.error) return <PageFailure error={plan.error} onRetry={() => void plan.refetch()} />
  return <Waiting onLeave={() => void navigate({ to: '/' })} />
}
