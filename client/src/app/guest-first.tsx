import { useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { lazy, useEffect, useState } from 'react'
import { sessionQuery } from '../features/session/api.ts'
import { withWords } from '../locales/late.ts'
import { Part, PartFailure } from '../ui/part.tsx'

const GuestLeaves = lazy(withWords(['workshops'], () => import('../features/workshops/guest-leaves.tsx')))

/**
 * Around a page where somebody signs in. On a phone that a guest has, whoever signs in takes it over: what the guest wrote
 * is waited for first, as when the phone is passed to the next guest (WS25), and only then the page is there.
 */
export function GuestFirst({ children }: { children: React.ReactNode }) {
  const navigate = useNavigate()
  // As far as this device knows: where it knows of no guest, it holds nothing of one.
  const user = useQuery({ ...sessionQuery, enabled: false }).data
  const [goneId, setGone] = useState(rememberedGone)
  const [hasJustGone, setJustGone] = useState(false)
  const workshop = user?.workshop
  // What was asked is gone, and the focus with it: reading goes on where the page begins.
  useEffect(() => {
    const heading = hasJustGone ? document.querySelector<HTMLElement>('#main h1') : null
    if (!heading) return
    heading.tabIndex = -1
    heading.focus()
  }, [hasJustGone])
  // Left inside the program, the phone is the guest's again, who may write more.
  useEffect(() => () => rememberGone(undefined), [])
  if (!user || !workshop || goneId === user.id) return children
  return (
    <Part failed={(error) => <PartFailure error={error} />}>
      <GuestLeaves
        guest={user}
        onGone={() => {
          rememberGone(user.id)
          setGone(user.id)
          setJustGone(true)
        }}
        onStay={() => void navigate({ to: '/plans/$slug', params: { slug: workshop.planSlug }, replace: true })}
      />
    </Part>
  )
}

/** Which guest was waited for in this tab, and when: signing in elsewhere (OpenID) leaves the program and comes back. */
const goneKey = 'cabildo:gone'
/** How long signing in elsewhere may take. Milliseconds. */
const goneFor = 10 * 60_000

function rememberedGone(): string | undefined {
  try {
    const [id, at] = (sessionStorage.getItem(goneKey) ?? '').split(' ')
    return Date.now() - Number(at) < goneFor ? id : undefined
  } catch {
    return undefined
  }
}

function rememberGone(id: string | undefined): void {
  try {
    if (id === undefined) sessionStorage.removeItem(goneKey)
    else sessionStorage.setItem(goneKey, `${id} ${Date.now()}`)
  } catch {
    // Switched off: then it is asked again.
  }
}
