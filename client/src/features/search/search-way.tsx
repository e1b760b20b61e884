import { useHotkeys } from '@mantine/hooks'
import { IconSearch } from '@tabler/icons-react'
import { Link, useRouter } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import classes from './search-way.module.css'

/** The way to the search of a plan, in the header of its pages: a sign on phones, with its word on desks; and Ctrl+K. */
export default function SearchWay({ slug }: { slug: string }) {
  const { t } = useTranslation()
  const router = useRouter()
  // Not while somebody writes, where it makes a link; and the page itself goes to its field.
  const go = () => {
    if (!router.state.location.pathname.endsWith('/search'))
      void router.navigate({ to: '/plans/$slug/search', params: { slug } })
  }
  useHotkeys([['mod+K', go]])
  return (
    <Link to="/plans/$slug/search" params={{ slug }} className={classes.way} aria-keyshortcuts="Control+K Meta+K">
      <IconSearch aria-hidden size={22} />
      <span className={classes.word}>{t('app.search')}</span>
      <kbd aria-hidden className={classes.keys}>
        Ctrl K
      </kbd>
    </Link>
  )
}
