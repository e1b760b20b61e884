import type { MeetingItem } from '@cabildo/protocol/http/meetings'
import { useTranslation } from 'react-i18next'
import { clockWords, dayWords } from '../../lib/dates.ts'
import { useLanguage } from '../../lib/language.ts'
import type { StatusTone } from '../../ui/status-chip.tsx'

/** How each state of a meeting looks. */
export const tones = { planned: 'waiting', held: 'done', cancelled: 'idle' } as const satisfies Record<
  MeetingItem['state'],
  StatusTone
>

/** When a meeting is, in words: its day, and its clock times where they are known. They are those of the place. */
export function useWhenWords(): (meeting: Pick<MeetingItem, 'heldOn' | 'starts' | 'ends'>) => string {
  const { t } = useTranslation('meetings')
  const language = useLanguage()
  return ({ heldOn, starts, ends }) => {
    const day = dayWords(heldOn, language, 'UTC')
    const clock = (time: string) => clockWords(`1970-01-01T${time}Z`, language, 'UTC')
    if (starts === null) return day
    if (ends === null) return t('when.from', { day, starts: clock(starts) })
    return t('when.fromTo', { day, starts: clock(starts), ends: clock(ends) })
  }
}
