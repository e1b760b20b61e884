import type { InputId } from '@cabildo/protocol/ids'
import { Button } from '@mantine/core'
import { IconArrowLeft } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import Attachments from '../../features/inputs/attachments.tsx'
import { attachedToQuery } from '../../features/inputs/attachments-api.ts'
import { refusalCode } from '../../lib/refusal.ts'
import { Waiting } from '../../ui/waiting.tsx'
import { PageFailure, PageNotFound } from '../page-failure.tsx'
import { usePageTitle } from '../use-page-title.ts'
import classes from './input-files.module.css'

const route = getRouteApi('/signed-in/plans/$slug/inputs/$inputId/files')

/** The files beside one input, below its words: to be opened on the phone that takes the photo. */
export default function InputFilesPage() {
  const { slug, inputId } = route.useParams()
  const { t } = useTranslation('attachments')
  const { t: plans } = useTranslation('plans')
  // An address with another shape finds nothing, as one of an input that is not there.
  const to = { planId: slug, inputId: inputId as InputId }
  const { data: input, error, refetch } = useQuery(attachedToQuery(to))
  usePageTitle(t('page'))

  if (refusalCode(error) === 'not_found' && !input) return <PageNotFound />
  if (error && !input) return <PageFailure error={error} onRetry={() => void refetch()} />
  if (!input) return <Waiting />
  return (
    <div className={classes.page}>
      <p>
        <Button
          variant="default"
          leftSection={<IconArrowLeft size={20} aria-hidden />}
          renderRoot={(props) => <Link to="/plans/$slug" params={{ slug }} {...props} />}
        >
          {plans('plan.commitments')}
        </Button>
      </p>
      <header>
        <h1>{t('of', { number: input.number })}</h1>
        {input.words !== '' && <blockquote className={classes.words}>{input.words}</blockquote>}
      </header>
      <Attachments {...to} />
    </div>
  )
}
