import { meetingMinutes } from '@cabildo/schema/templates/meeting-minutes'
import { ActionIcon } from '@mantine/core'
import { IconArrowLeft } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { minutesQuery } from '../../features/meetings/api.ts'
import { KnownOfMinutes, KnownOfMinutesField } from '../../features/meetings/minutes-known.tsx'
import { planQuery } from '../../features/plans/api.ts'
import { refusalCode } from '../../lib/refusal.ts'
import { Waiting } from '../../ui/waiting.tsx'
import { OpenText } from '../open-text.tsx'
import { PageFailure, PageNotFound } from '../page-failure.tsx'
import { usePageTitle } from '../use-page-title.ts'

const route = getRouteApi('/signed-in/plans/$slug/meetings/$number/minutes')
const nothing = {}

/** The minutes of a meeting, in the same room and with the same tools as any other text; what its rows tell stands beside it. */
export default function MinutesPage() {
  const { slug, number } = route.useParams()
  const search = route.useSearch()
  const navigate = useNavigate()
  const { t } = useTranslation('meetings')
  const isNumber = /^[1-9]\d{0,5}$/.test(number)
  const plan = useQuery(planQuery(slug))
  const minutes = useQuery({ ...minutesQuery(slug, Number(number)), enabled: isNumber })
  const name = t('minutes.of', { number })
  usePageTitle(plan.data && `${name} · ${plan.data.title}`)

  // What this device remembers of a plan is not shown to who has no part in it any more.
  if (!isNumber || minutes.data === null || refusalCode(minutes.error) === 'not_found') return <PageNotFound />
  if (!minutes.data) {
    if (minutes.error) return <PageFailure error={minutes.error} onRetry={() => void minutes.refetch()} />
    return <Waiting />
  }
  const { data } = minutes
  const address = { to: '/plans/$slug/meetings/$number/minutes', params: { slug, number } } as const
  const known = { slug, minutes: data }
  return (
    <OpenText
      slug={slug}
      documentId={data.documentId}
      template={meetingMinutes}
      name={name}
      plan={plan.data}
      back={
        <ActionIcon
          renderRoot={(props) => <Link to="/plans/$slug/meetings/$number" params={{ slug, number }} {...props} />}
          aria-label={t('minutes.back')}
        >
          <IconArrowLeft aria-hidden />
        </ActionIcon>
      }
      dress={nothing}
      search={search}
      onGo={(next, { replace = false } = {}) =>
        void navigate({ ...address, search: next, replace, resetScroll: false })
      }
      lead={(section) => <KnownOfMinutes section={section} {...known} />}
      under={(field) => <KnownOfMinutesField field={field} {...known} />}
    />
  )
}
