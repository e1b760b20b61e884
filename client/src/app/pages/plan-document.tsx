import { ogpPlan } from '@cabildo/schema/templates/ogp-plan'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { planTextQuery } from '../../features/plan-text/api.ts'
import classes from '../../features/plan-text/known.module.css'
import { type KnownLinks, KnownOfField, KnownOfSection } from '../../features/plan-text/known-part.tsx'
import { planQuery } from '../../features/plans/api.ts'
import { refusalCode } from '../../lib/refusal.ts'
import { Waiting } from '../../ui/waiting.tsx'
import { OpenText } from '../open-text.tsx'
import { PageFailure, PageNotFound } from '../page-failure.tsx'
import { usePageTitle } from '../use-page-title.ts'

const route = getRouteApi('/signed-in/plans/$slug/document')
const nothing = {}

/** The plan's own text, in the same room and with the same tools as any other; what the program knows stands beside it. */
export default function PlanDocumentPage() {
  const { slug } = route.useParams()
  const search = route.useSearch()
  const navigate = useNavigate()
  const { t } = useTranslation('planText')
  const plan = useQuery(planQuery(slug))
  const told = useQuery(planTextQuery(slug))
  const name = t('name')
  usePageTitle(plan.data && `${name} · ${plan.data.title}`)

  // What this device remembers of a plan is not shown to who has no part in it any more.
  if (refusalCode(told.error) === 'not_found') return <PageNotFound />
  if (!told.data) {
    if (told.error) return <PageFailure error={told.error} onRetry={() => void told.refetch()} />
    return <Waiting />
  }
  const { data } = told
  const address = { to: '/plans/$slug/document', params: { slug } } as const
  const links: KnownLinks = {
    commitment: (number, words) => (
      <Link to="/plans/$slug/commitments/$number" params={{ slug, number: String(number) }} className={classes.link}>
        {words}
      </Link>
    ),
    people: (words) => (
      <Link to="/plans/$slug/people" params={{ slug }} search={{ part: 'groups' }} className={classes.link}>
        {words}
      </Link>
    ),
  }
  const known = { slug, told: data, links }
  return (
    <OpenText
      slug={slug}
      documentId={data.documentId}
      template={ogpPlan}
      name={name}
      plan={plan.data}
      dress={nothing}
      search={search}
      onGo={(next, { replace = false } = {}) =>
        void navigate({ ...address, search: next, replace, resetScroll: false })
      }
      lead={(section) => <KnownOfSection section={section} {...known} />}
      under={(field) => <KnownOfField field={field} {...known} />}
    />
  )
}
