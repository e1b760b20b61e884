import { Button } from '@mantine/core'
import { IconUsers } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { livePlanQuery } from '../../features/plans/api.ts'
import { PlanSkeleton, PlanView } from '../../features/plans/plan-view.tsx'
import { sessionQuery } from '../../features/session/api.ts'
import { useLanguage } from '../../lib/language.ts'
import { publicPage } from '../../lib/public-page.ts'
import { refusalCode } from '../../lib/refusal.ts'
import { withWords } from '../../locales/late.ts'
import { Part, partsOf } from '../../ui/part.tsx'
import { Waiting } from '../../ui/waiting.tsx'
import { PageFailure, PageNotFound } from '../page-failure.tsx'
import { usePageTitle } from '../use-page-title.ts'

const part = partsOf(
  withWords(['approvals', 'inputs', 'record', 'witnesses'], async () => (await import('./plan-parts.ts')).planParts),
)
const PlanBar = part('PlanBar')
const InputsCard = part('InputsCard')
const RecordCard = part('RecordCard')

const route = getRouteApi('/signed-in/plans/$slug')

/** One plan with its commitments and who is inside each, kept fresh while it is looked at. */
export default function PlanPage() {
  const { slug } = route.useParams()
  const { t } = useTranslation('plans')
  const language = useLanguage()
  const navigate = useNavigate()
  const plan = useQuery(livePlanQuery(slug))
  // Only looked at here: the page around asks for it. Who else takes part, and what they did, is not for the guests of a
  // workshop.
  const { data: session } = useQuery({ ...sessionQuery, enabled: false })
  const isGuest = session?.workshop != null
  usePageTitle(plan.data?.title)

  // What this device remembers of a plan is not shown to who has no part in it any more.
  if (refusalCode(plan.error) === 'not_found') return <PageNotFound />
  if (plan.data) {
    return (
      <PlanView
        plan={plan.data}
        stale={plan.isError}
        ways={
          <>
            {!isGuest && (
              <Button
                variant="default"
                renderRoot={(props) => <Link to="/plans/$slug/document" params={{ slug }} {...props} />}
              >
                {t('plan.document')}
              </Button>
            )}
            {!isGuest && (
              <Button
                variant="default"
                leftSection={<IconUsers aria-hidden size={20} />}
                renderRoot={(props) => <Link to="/plans/$slug/people" params={{ slug }} {...props} />}
              >
                {t('plan.people')}
              </Button>
            )}
            <Button
              variant="default"
              renderRoot={(props) => <Link to="/plans/$slug/authorship" params={{ slug }} {...props} />}
            >
              {t('plan.who')}
            </Button>
            <Button
              variant="default"
              renderRoot={(props) => <Link to="/plans/$slug/novedades" params={{ slug }} {...props} />}
            >
              {t('plan.news')}
            </Button>
            {!isGuest && (
              <Button
                variant="default"
                renderRoot={(props) => <Link to="/plans/$slug/inputs" params={{ slug }} {...props} />}
              >
                {t('plan.inputs')}
              </Button>
            )}
            <Button
              variant="default"
              renderRoot={(props) => <Link to="/plans/$slug/meetings" params={{ slug }} {...props} />}
            >
              {t('plan.meetings')}
            </Button>
            {!isGuest && (
              <Button
                variant="default"
                renderRoot={(props) => <Link to="/plans/$slug/avales" params={{ slug }} {...props} />}
              >
                {t('plan.endorsements')}
              </Button>
            )}
            {!isGuest && (
              <Button
                variant="default"
                renderRoot={(props) => <Link to="/plans/$slug/descargar" params={{ slug }} {...props} />}
              >
                {t('plan.download')}
              </Button>
            )}
            {plan.data.may.runWorkshops && (
              <Button
                variant="default"
                renderRoot={(props) => <Link to="/plans/$slug/workshops" params={{ slug }} {...props} />}
              >
                {t('plan.workshops')}
              </Button>
            )}
            {/* One that was remembered by an older program has no state yet. */}
            {plan.data.state && plan.data.state !== 'planning' && (
              <Button component="a" variant="default" href={publicPage(slug, language)}>
                {t('plan.public')}
              </Button>
            )}
          </>
        }
        standing={
          <Part>
            <PlanBar slug={slug} />
          </Part>
        }
        record={
          !isGuest && (
            <>
              <Part>
                <InputsCard slug={slug} />
              </Part>
              {/* A plan that was remembered by an older program has no key yet. */}
              {plan.data.recordKey && (
                <Part>
                  <RecordCard slug={slug} recordKey={plan.data.recordKey} />
                </Part>
              )}
            </>
          )
        }
        onAdded={({ number }) =>
          void navigate({ to: '/plans/$slug/commitments/$number', params: { slug, number: String(number) } })
        }
      />
    )
  }
  if (plan.error) return <PageFailure error={plan.error} onRetry={() => void plan.refetch()} />
  return (
    <Waiting
      skeleton={<PlanSkeleton />}
      onLeave={() => void navigate({ to: '/' })}
      leaveLabel={t('plan.backToPlans')}
    />
  )
}
