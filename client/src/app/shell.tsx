import { useQuery } from '@tanstack/react-query'
import { Link, Outlet, useParams, useRouter, useRouterState } from '@tanstack/react-router'
import { lazy, useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { AccountMenu } from '../features/session/account-menu.tsx'
import { sessionQuery } from '../features/session/api.ts'
import { firstLoad } from '../lib/first-load.ts'
import { withWords } from '../locales/late.ts'
import { turnedElsewhere } from '../sync/turned-elsewhere.ts'
import { useStore } from '../sync/use-store.ts'
import { Part, partsOf } from '../ui/part.tsx'
import { Brand } from './brand.tsx'
import { LanguageSwitch } from './language-switch.tsx'
import classes from './shell.module.css'
import { expectPage, useArrived } from './use-page-title.ts'

const corner = partsOf(firstLoad.last(async () => (await import('./pages/corner-parts.ts')).cornerParts))
const Bell = corner('Bell')
const SearchWay = corner('SearchWay')

const DeviceBar = lazy(withWords(['workshops'], () => import('../features/workshops/device-bar.tsx')))

const TurnedSheet = lazy(withWords(['workshops'], () => import('../features/workshops/turned-sheet.tsx')))

const FactorsRemoved = lazy(withWords(['account'], () => import('../features/account/factors-removed.tsx')))

/** What surrounds every page: the way past it, the house mark, the language, the reader's own corner. */
export function Shell() {
  const { t } = useTranslation()
  const router = useRouter()
  const main = useRef<HTMLElement>(null)
  // Only looked at here: whoever needs a session asks for it.
  const { data: user } = useQuery({ ...sessionQuery, enabled: false })
  const arrived = useArrived()
  const turned = useStore(turnedElsewhere)
  // Where somebody joins, nobody is writing.
  const isJoining = useRouterState({ select: ({ location }) => location.pathname === '/unirse' })
  const { slug } = useParams({ strict: false })
  useArrivals(main)

  return (
    <>
      <a href="#main" className={classes.skip}>
        {t('app.skip')}
      </a>
      <header className={classes.header}>
        <nav className={classes.inner} aria-label={t('app.navigation')}>
          <Link to="/" className={classes.brand} aria-label={t('app.home')}>
            <Brand />
            <span>{t('app.name')}</span>
          </Link>
          <span className={classes.gap} />
          {user && slug !== undefined && (
            <Part>
              <SearchWay slug={slug} />
            </Part>
          )}
          <LanguageSwitch />
          {user && !isJoining && !user.secondFactorMissing && (
            <Part>
              <Bell key={user.id} slug={slug} isGuest={user.workshop !== null} />
            </Part>
          )}
          {user && (
            <AccountMenu
              user={user}
              onSignedOut={() => router.navigate({ to: user.workshop ? '/unirse' : '/login' })}
            />
          )}
        </nav>
      </header>
      {user?.workshop && !isJoining && (
        <div className={classes.shared} data-shared>
          <Part>
            <DeviceBar user={user} onAnother={() => void router.navigate({ to: '/unirse' })} />
          </Part>
        </div>
      )}
      {user && turned && (
        <Part>
          <TurnedSheet from={user.name} to={turned.name} />
        </Part>
      )}
      <main id="main" ref={main} tabIndex={-1} className={classes.main}>
        {user?.factorsRemovedAt && (
          <Part>
            <FactorsRemoved at={user.factorsRemovedAt} />
          </Part>
        )}
        <Outlet />
      </main>
      <p className="cb-hidden" aria-live="polite">
        {arrived}
      </p>
    </>
  )
}

/**
 * On the way to another page says so, and there puts the focus at its start, or where one begins to type. Pages are told apart by their path: what a
 * query opens stands beside the page, not in its place.
 */
function useArrivals(main: React.RefObject<HTMLElement | null>): void {
  const router = useRouter()
  useEffect(() => {
    const stops = [
      router.subscribe('onBeforeNavigate', ({ pathChanged, fromLocation }) => {
        if (!pathChanged || !fromLocation) return
        expectPage()
        firstLoad.end()
      }),
      router.subscribe('onRendered', ({ pathChanged, fromLocation }) => {
        if (!pathChanged || !fromLocation) return
        const start = main.current?.querySelector<HTMLElement>('[data-arrival]') ?? main.current
        start?.focus({ preventScroll: true })
      }),
    ]
    return () => {
      for (const stop of stops) stop()
    }
  }, [router, main])
}
