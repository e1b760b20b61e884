import { Button, NativeSelect } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { NotLoaded } from '../../ui/late/not-loaded.tsx'
import { Sheet } from '../../ui/sheet.tsx'
import { Waiting } from '../../ui/waiting.tsx'
import { firstPlan, type PlanUnread } from './model.ts'
import classes from './news.module.css'
import { NewsList } from './news-list.tsx'

interface NewsPanelProps {
  /** Undefined until they are known. */
  plans: readonly PlanUnread[] | undefined
  /** Why they cannot be known; null while they may yet be. */
  failed: Error | null
  onRetry: () => void
  /** The plan on the screen. */
  slug: string | undefined
  isGuest: boolean
  onClose: () => void
}

/** What the bell opens: at the side of a desk, at the bottom of a phone. */
export default function NewsPanel({ plans: known, failed, onRetry, slug, isGuest, onClose }: NewsPanelProps) {
  const { t } = useTranslation('news')
  const plans = known ?? []
  const first = firstPlan(plans, slug)?.slug
  const [chosen, choose] = useState(first)
  // The bell may be opened before it is counted; what is shown then does not change by itself.
  if (chosen === undefined && first !== undefined) choose(first)
  return (
    <Sheet
      title={t('title')}
      size="side"
      onClose={onClose}
      footer={
        chosen !== undefined &&
        !isGuest && (
          <Button
            variant="default"
            renderRoot={(props) => (
              <Link to="/plans/$slug/novedades" params={{ slug: chosen }} {...props} onClick={onClose} />
            )}
          >
            {t('toPage')}
          </Button>
        )
      }
    >
      {plans.length > 1 && (
        <NativeSelect
          className={classes.plan}
          label={t('plan')}
          value={chosen}
          onChange={({ currentTarget }) => choose(currentTarget.value)}
          data={plans.map(({ slug, title, unread }) => ({
            value: slug,
            label: unread.all > 0 ? `${title} (${unread.all})` : title,
          }))}
        />
      )}
      {chosen !== undefined && <NewsList key={chosen} slug={chosen} onGone={onClose} />}
      {chosen === undefined && known && <p>{t('noPlan')}</p>}
      {chosen === undefined && !known && failed && <NotLoaded error={failed} onRetry={onRetry} />}
      {chosen === undefined && !known && !failed && <Waiting onLeave={onClose} />}
    </Sheet>
  )
}
