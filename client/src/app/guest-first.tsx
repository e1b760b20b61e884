import { useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { lazy, useState } from 'react'
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
  const [goneId, setGone] = useState<string>()
  const workshop = user?.workshop
  if (!user || !workshop || goneId === user.id) return children
  return (
    <Part failed={(error) => <PartFailure error={error} />}>
      <GuestLeaves
        guest={user}
        onGone={() => setGone(user.id)}
        onStay={() => void navigate({ to: '/plans/$slug', params: { slug: workshop.planSlug }, replace: true })}
      />
    </Part>
  )
}
