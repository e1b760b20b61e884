import type { UserId } from '@cabildo/protocol/ids'
import { Button } from '@mantine/core'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { queryKeys } from '../../lib/query-keys.ts'
import { useRefusalWords } from '../../lib/refusal-words.ts'
import { handOver } from '../../sync/hand-over.ts'
import { Notice } from '../../ui/notice.tsx'
import { deviceQuery, useTakeTurn } from './api.ts'

interface OverNoticeProps {
  /** Edits that the server does not have are on this device. */
  kept?: string | undefined
  /** A way to take them along. */
  download?: React.ReactNode
  /** The workshop is over for everybody on this device. */
  onClosed: () => void
  /** Where one takes a receipt for what one wrote. */
  receipts: string
}

/**
 * For a guest whose session has ended, who has no account to sign in with: the workshop is over, or goes on without them.
 * What they wrote stays. Others who share the phone may go on.
 */
export function OverNotice({ kept, download, receipts, onClosed }: OverNoticeProps) {
  const { t } = useTranslation('workshops')
  const words = useRefusalWords()
  const client = useQueryClient()
  const device = useQuery({ ...deviceQuery, staleTime: 0 })
  const turn = useTakeTurn()
  const [isUnkept, setUnkept] = useState(false)
  const goOnAs = async (userId: UserId) => {
    // The text leaves the screen: what the server did not take must be on this phone, in its author's name.
    const isKept = await handOver.whenKept()
    setUnkept(!isKept)
    if (isKept) turn.mutate(userId)
  }
  // What else on the page asks who is signed in hears of the end now, not at its next question.
  useEffect(() => void client.invalidateQueries({ queryKey: queryKeys.session }), [client])

  const isClosed = device.isSuccess && device.isFetchedAfterMount && device.data.workshop === null
  useEffect(() => {
    if (isClosed) onClosed()
  }, [isClosed, onClosed])

  if (device.isFetching && !device.isFetchedAfterMount) return null
  // What this device remembers may be from before the end.
  const now = device.isFetchedAfterMount ? device.data : undefined
  // The session ended because the phone changed hands in another page: that is told over the whole page.
  if (now?.people.some(({ active }) => active)) return null
  const goesOn = now?.workshop != null
  const others = goesOn ? now.people : []
  return (
    <Notice
      tone={goesOn ? 'care' : 'good'}
      urgent
      what={t(goesOn ? 'over.removed' : 'over.closed')}
      kept={kept ?? t('over.kept')}
      todo={t(goesOn ? 'over.removedTodo' : 'over.closedTodo')}
    >
      {others.map(({ person }) => (
        <Button key={person.id} variant="default" loading={turn.isPending} onClick={() => void goOnAs(person.id)}>
          {t('over.goOnAs', { name: person.name })}
        </Button>
      ))}
      {isUnkept && <p>{t('over.unkept')}</p>}
      {turn.error && <p>{words(turn.error).what}</p>}
      {download}
      <Button component="a" href={receipts} variant="default">
        {t('over.receipt')}
      </Button>
    </Notice>
  )
}
