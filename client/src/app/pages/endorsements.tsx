import { useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import classes from '../../features/endorsements/endorsements.module.css'
import { EndorsementsView } from '../../features/endorsements/endorsements-view.tsx'
import { sessionQuery } from '../../features/session/api.ts'
import { UnderPlan } from './under-plan.tsx'

const route = getRouteApi('/signed-in/plans/$slug/avales')

/** Who stands behind a plan: endorsements of exact texts, and letters of support. */
export default function EndorsementsPage() {
  const { slug } = route.useParams()
  const { t } = useTranslation('endorsements')
  const { data: session } = useQuery({ ...sessionQuery, enabled: false })
  return (
    <UnderPlan slug={slug} title={t('title')} lead={t('lead')} className={classes.page}>
      <EndorsementsView slug={slug} signer={session?.name ?? ''} />
    </UnderPlan>
  )
}
