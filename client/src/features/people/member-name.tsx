import type { MemberItem } from '@cabildo/protocol/http/people'
import { useTranslation } from 'react-i18next'
import { PersonBadge } from '../../ui/person-badge.tsx'
import { StatusChip } from '../../ui/status-chip.tsx'
import { knownAs } from './model.ts'
import partClasses from './people-view.module.css'

/** A member with badge, name and group, as this reader may know them. */
export function MemberName({ member }: { member: MemberItem }) {
  return <PersonBadge named person={knownAs(member)} />
}

/** What is out of the ordinary about a member. */
export function MemberChips({ member, isMe }: { member: MemberItem; isMe: boolean }) {
  const { t } = useTranslation('people')
  return (
    <span className={partClasses.chips}>
      {isMe && <StatusChip tone="active">{t('you')}</StatusChip>}
      {member.suspendedAt !== null && <StatusChip tone="problem">{t('suspended')}</StatusChip>}
      {member.guest && <StatusChip tone="idle">{t('guest')}</StatusChip>}
    </span>
  )
}
