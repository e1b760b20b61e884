import { useNavigate } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { NewPlanForm } from '../../features/plans/new-plan-form.tsx'
import classes from '../../features/plans/plan-list.module.css'
import { usePageTitle } from '../use-page-title.ts'

/** Where somebody who coordinates a plan begins another one. The server says who may. */
export default function NewPlanPage() {
  const { t } = useTranslation('plans')
  const navigate = useNavigate()
  usePageTitle(t('new.title'))
  return (
    <div className={classes.page}>
      <header>
        <h1>{t('new.title')}</h1>
        <p>{t('new.lead')}</p>
      </header>
      <NewPlanForm onMade={({ slug }) => void navigate({ to: '/plans/$slug', params: { slug }, replace: true })} />
    </div>
  )
}
