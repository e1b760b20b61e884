import { useEffect } from 'react'
import { PassingSheet } from './passing-sheet.tsx'
import { usePassing } from './use-passing.ts'

interface GuestLeavesProps {
  /** The guest who has this phone. */
  guest: { id: string; name: string }
  /** What they wrote is with the server, or is kept here and whoever holds the phone said to go on. */
  onGone: () => void
  onStay: () => void
}

/** Before an account signs in on a guest's phone: the same guard as for the next guest (WS25), started by itself. */
export default function GuestLeaves({ guest, onGone, onStay }: GuestLeavesProps) {
  const { passing, pass, again, passAnyway, stay } = usePassing(guest.id)
  // biome-ignore lint/correctness/useExhaustiveDependencies: once, when the page is opened
  useEffect(() => {
    void pass('another', async () => onGone())
    return stay
  }, [])
  if (!passing) return null
  return (
    <PassingSheet
      passing={passing}
      from={guest.name}
      onAgain={() => void again(passing.to)}
      onAnyway={() => void passAnyway(passing.to)}
      onStay={() => {
        stay()
        onStay()
      }}
    />
  )
}
