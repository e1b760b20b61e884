import { Button } from '@mantine/core'
import { IconArrowLeft } from '@tabler/icons-react'
import { getRouteApi, Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { PlanShares } from '../../features/authorship/plan-shares.tsx'
import { usePageTitle } from '../use-page-title.ts'
import classes from './plan-authorship.module.css'

const route = getRouteApi('/signed-in/plans/$slug/authorship')

/** Who wrote a plan: shares by group and sector, of all of it and of each commitment. */
export default function PlanAuthorshipPage() {
  const { slug } = route.useParams()
  const { t } = useTranslation('authorship')
  const { t: plans } = useTranslation('plans')
  usePageTitle(t('plan.title'))
  return (
    <div className={classes.page}>
      <Button
        variant="default"
        leftSection={<IconArrowLeft size={20} aria-hidden />}
        renderRoot={(props) => <Link to="/plans/$slug" params={{ slug }} {...props} />}
      >
        {plans('plan.commitments')}
      </Button>
      <PlanShares
        slug={slug}
        link={({ number }, words) => (
          <Button
            variant="default"
            renderRoot={(props) => (
              <Link
                to="/plans/$slug/commitments/$number"
                params={{ slug, number: String(number) }}
                search={{ who: 'on' }}
                {...props}
              />
            )}
          >
            {words}
          </Button>
        )}
      />
    </div>
  )
}
