import type { Role } from '@cabildo/protocol/http/common'
import type { MemberItem } from '@cabildo/protocol/http/people'
import { roles } from '@cabildo/protocol/roles'
import { NativeSelect, TextInput } from '@mantine/core'
import { useMediaQuery } from '@mantine/hooks'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useLanguage } from '../../lib/language.ts'
import { NotLoaded } from '../../ui/late/not-loaded.tsx'
import { Notice } from '../../ui/notice.tsx'
import { Bone, Waiting } from '../../ui/waiting.tsx'
import { groupsQuery, membersQuery } from './api.ts'
import { FactorResets } from './factor-resets.tsx'
import { MemberCards } from './member-cards.tsx'
import { MemberSheet } from './member-sheet.tsx'
import { MemberTable } from './member-table.tsx'
import classes from './members-part.module.css'
import { findMembers, type MemberFilter } from './model.ts'
import partClasses from './people-view.module.css'

interface MembersPartProps {
  slug: string
  myId: string | undefined
  manages: boolean
}

/** Who takes part: found by name, role and group; changed one at a time by those who manage the plan. */
export function MembersPart({ slug, myId, manages }: MembersPartProps) {
  const { t } = useTranslation('people')
  const { t: common } = useTranslation()
  const language = useLanguage()
  const members = useQuery(membersQuery(slug))
  const groups = useQuery(groupsQuery(slug))
  const [filter, setFilter] = useState<MemberFilter>({ text: '', role: '', groupId: '' })
  const [chosen, setChosen] = useState<string>()
  const isWide = useMediaQuery('(min-width: 62em)', undefined, { getInitialValueInEffect: false })

  if (!members.data) {
    if (!members.error) return <Waiting skeleton={<Bone height="12rem" />} />
    return <NotLoaded error={members.error} urgent onRetry={() => void members.refetch()} />
  }
  const found = findMembers(members.data, filter, language)
  const open = members.data.find(({ person }) => person.id === chosen)
  const list = {
    members: found,
    myId,
    manages,
    onChange: (member: MemberItem) => setChosen(member.person.id),
  }
  return (
    <section className={partClasses.section} aria-label={t('parts.members')}>
      {manages && <FactorResets slug={slug} members={members.data} />}
      <search className={classes.filter}>
        <TextInput
          label={t('filter.name')}
          type="search"
          autoComplete="off"
          value={filter.text}
          onChange={(event) => setFilter({ ...filter, text: event.currentTarget.value })}
        />
        <NativeSelect
          label={t('role')}
          value={filter.role}
          // The options are the roles, and nothing for all.
          onChange={(event) => setFilter({ ...filter, role: event.currentTarget.value as Role | '' })}
          data={[
            { value: '', label: t('filter.all') },
            ...roles.map((role) => ({ value: role, label: common(`role.${role}`) })),
          ]}
        />
        <NativeSelect
          label={t('group')}
          value={filter.groupId}
          onChange={(event) => setFilter({ ...filter, groupId: event.currentTarget.value })}
          data={[
            { value: '', label: t('filter.all') },
            ...(groups.data ?? []).map(({ id, name }) => ({ value: id, label: name })),
          ]}
        />
      </search>
      <p role="status" className={partClasses.soft}>
        {t('filter.count', { count: found.length })}
      </p>
      {members.isError && <Notice tone="care" what={t('stale')} />}
      {isWide ? <MemberTable {...list} /> : <MemberCards {...list} />}
      {open && (
        <MemberSheet
          key={open.person.id}
          slug={slug}
          member={open}
          members={members.data}
          groups={groups.data ?? []}
          isMe={open.person.id === myId}
          onClose={() => setChosen(undefined)}
        />
      )}
    </section>
  )
}
