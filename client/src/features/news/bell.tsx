import { IconBell } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { lazy, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { withWords } from '../../locales/late.ts'
import { Part, PartFailure } from '../../ui/part.tsx'
import { unreadQuery } from './api.ts'
import classes from './bell.module.css'
import { counted, short } from './model.ts'

const NewsPanel = lazy(withWords(['news', 'plans'], () => import('./news-panel.tsx')))

/** The bell: how much the reader has not seen, and what it was. `slug`: the plan on the screen. */
export default function Bell({ slug, isGuest }: { slug: string | undefined; isGuest: boolean }) {
  const { t } = useTranslation()
  const { data: plans, error, refetch } = useQuery(unreadQuery)
  const [isOpen, setOpen] = useState(false)
  const { all, mine } = counted(plans ?? [], slug)
  const words = all === 0 ? t('bell.none') : t('bell.unread', { count: all })
  return (
    <>
      <button
        type="button"
        className={classes.bell}
        aria-haspopup="dialog"
        aria-label={mine > 0 ? `${words}, ${t('bell.mine', { count: mine })}` : words}
        onClick={() => setOpen(true)}
      >
        <IconBell aria-hidden />
        {all > 0 && (
          <span className={classes.count} data-mine={mine > 0} aria-hidden>
            {short(all)}
          </span>
        )}
      </button>
      {isOpen && (
        <Part failed={(error) => <PartFailure error={error} onClose={() => setOpen(false)} />}>
          <NewsPanel
            plans={plans}
            failed={plans ? null : error}
            onRetry={() => void refetch()}
            slug={slug}
            isGuest={isGuest}
            onClose={() => setOpen(false)}
          />
        </Part>
      )}
    </>
  )
}
