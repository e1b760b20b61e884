import { Button } from '@mantine/core'
import { IconArrowLeft } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import classes from './workshop-page.module.css'

interface WorkshopPageProps {
  slug: string
  /** Where the reader came from. */
  back: 'plan' | 'workshops' | { workshopId: string }
  children: React.ReactNode
}

/** What the pages of workshops have around them: the way back. */
export function WorkshopPage({ slug, back, children }: WorkshopPageProps) {
  const { t } = useTranslation('workshops')
  const dress = { variant: 'subtle', leftSection: <IconArrowLeft size={20} aria-hidden />, className: classes.back }
  return (
    <div className={classes.page}>
      <p className={classes.way} data-beside-poster>
        {back === 'plan' && (
          <Button {...dress} renderRoot={(props) => <Link to="/plans/$slug" params={{ slug }} {...props} />}>
            {t('back.plan')}
          </Button>
        )}
        {back === 'workshops' && (
          <Button {...dress} renderRoot={(props) => <Link to="/plans/$slug/workshops" params={{ slug }} {...props} />}>
            {t('back.workshops')}
          </Button>
        )}
        {typeof back === 'object' && (
          <Button
            {...dress}
            renderRoot={(props) => (
              <Link to="/plans/$slug/workshops/$workshopId" params={{ slug, workshopId: back.workshopId }} {...props} />
            )}
          >
            {t('back.workshop')}
          </Button>
        )}
      </p>
      {children}
    </div>
  )
}
