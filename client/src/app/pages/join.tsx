import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useLocation, useNavigate, useRouter } from '@tanstack/react-router'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { sessionQuery } from '../../features/session/api.ts'
import type { WayIn } from '../../features/workshops/api.ts'
import { pathLeft } from '../../features/workshops/hold-place.ts'
import { type Destination, JoinView } from '../../features/workshops/join-view.tsx'
import { keptWayIn } from '../../features/workshops/way-in.ts'
import { usePageTitle } from '../use-page-title.ts'

/**
 * The way into a workshop, from its QR or its spoken code. The token stands behind the #, where no server and no log sees
 * it, and is taken out of the address at once, so that it is not passed on with a picture of the screen.
 */
export default function JoinPage() {
  const { t } = useTranslation('workshops')
  const navigate = useNavigate()
  const router = useRouter()
  const session = useQuery(sessionQuery)
  const hash = useLocation({ select: (location) => location.hash })
  const [way, setWay] = useState<WayIn | undefined>(() => (hash ? { token: hash } : undefined))
  usePageTitle(t('join.title'))

  useEffect(() => {
    if (!hash) return
    setWay({ token: hash })
    void navigate({ to: '/unirse', hash: '', replace: true, resetScroll: false })
  }, [hash, navigate])

  const guest = session.data?.workshop
  // The next person of a shared phone needs no camera: they join the workshop this phone is in.
  const known = way ?? (guest ? keptWayIn() : undefined)
  const enter = ({ planSlug, commitments }: Destination) => {
    const [first, ...others] = commitments
    // At a table one phone goes on in the text that it was in.
    const left = commitments.find((number) => pathLeft() === `/plans/${planSlug}/commitments/${number}`)
    const to = left ?? (others.length === 0 ? first : undefined)
    if (to !== undefined)
      void navigate({
        to: '/plans/$slug/commitments/$number',
        params: { slug: planSlug, number: String(to) },
        replace: true,
      })
    else void navigate({ to: '/plans/$slug', params: { slug: planSlug }, replace: true })
  }

  return (
    <JoinView
      way={known}
      user={session.data ? { ...session.data, member: !guest } : undefined}
      onWay={setWay}
      onEntered={enter}
      back={
        session.data &&
        guest && (
          <p>
            <Button
              variant="default"
              onClick={() => {
                if (router.history.canGoBack()) router.history.back()
                else void navigate({ to: '/plans/$slug', params: { slug: guest.planSlug } })
              }}
            >
              {t('join.back', { name: session.data.name })}
            </Button>
          </p>
        )
      }
    />
  )
}
