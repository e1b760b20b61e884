import type { Role } from '@cabildo/protocol/http/common'
import type { GroupDetail, MemberItem } from '@cabildo/protocol/http/people'
import type { GroupId } from '@cabildo/protocol/ids'
import { roles } from '@cabildo/protocol/roles'
import { Button, NativeSelect } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { FormSheet } from '../../ui/late/form-sheet.tsx'
import { Notice } from '../../ui/notice.tsx'
import { rightsQuery, useChangeMember } from './api.ts'
import { FactorSheet } from './factor-sheet.tsx'
import { MemberName } from './member-name.tsx'
import { MemberRefusal } from './member-refusal.tsx'
import { MemberSteps, type Step } from './member-steps.tsx'
import { isLastCoordinator, knownAs, roleDifference } from './model.ts'
import classes from './people-view.module.css'
import { useActionWords } from './use-action-words.ts'

interface MemberSheetProps {
  slug: string
  member: MemberItem
  members: readonly MemberItem[]
  groups: readonly GroupDetail[]
  isMe: boolean
  onClose: () => void
}

/** What can be changed about one member, each change beside what it will do. */
export function MemberSheet({ slug, member, members, groups, isMe, onClose }: MemberSheetProps) {
  const { t } = useTranslation('people')
  const { t: common } = useTranslation()
  const rights = useQuery(rightsQuery)
  const [role, setRole] = useState(member.role)
  const [groupId, setGroupId] = useState<string>(knownAs(member).group?.id ?? '')
  const [step, setStep] = useState<Step | 'factor'>()
  const change = useChangeMember(slug, member.person.id)
  const isLast = isLastCoordinator(members, member)
  const groupBefore = knownAs(member).group?.id ?? ''
  const isSame = role === member.role && groupId === groupBefore

  if (step === 'factor') {
    const others = members.filter(({ role, suspendedAt }) => role === 'coordinator' && suspendedAt === null)
    const isAlone = others.filter(({ person }) => person.id !== member.person.id).length < 2
    return (
      <FactorSheet slug={slug} member={member} isAlone={isAlone} onBack={() => setStep(undefined)} onClose={onClose} />
    )
  }
  if (step)
    return <MemberSteps slug={slug} member={member} step={step} onBack={() => setStep(undefined)} onClose={onClose} />

  const save = () => {
    if (isSame) return onClose()
    return change.mutate(
      {
        ...(role === member.role ? {} : { role }),
        // The options are the ids of the groups, and nothing for none.
        ...(groupId === groupBefore ? {} : { groupId: groupId === '' ? null : (groupId as GroupId) }),
      },
      { onSuccess: onClose },
    )
  }
  return (
    <FormSheet
      title={t('member.title')}
      button={t('save')}
      sending={change}
      onSend={save}
      onClose={onClose}
      refusal={<MemberRefusal error={change.error} />}
    >
      <MemberName member={member} />
      {isLast && <Notice tone="info" what={t('member.last')} todo={t('member.lastTodo')} />}
      <NativeSelect
        label={t('role')}
        data-autofocus
        value={role}
        // The options are the roles.
        onChange={(event) => setRole(event.currentTarget.value as Role)}
        data={roles.map((one) => ({ value: one, label: common(`role.${one}`) }))}
      />
      {role !== member.role && rights.data && (
        <RoleChange rights={rights.data} from={member.role} to={role} isMe={isMe} />
      )}
      <NativeSelect
        label={t('group')}
        description={groupId === groupBefore ? undefined : t('member.newGroup')}
        value={groupId}
        onChange={(event) => setGroupId(event.currentTarget.value)}
        data={[{ value: '', label: t('noGroup') }, ...groups.map(({ id, name }) => ({ value: id, label: name }))]}
      />
      <div className={classes.buttons}>
        {!member.guest && (
          <Button variant="default" onClick={() => setStep('recovery')}>
            {t('step.recovery.button')}
          </Button>
        )}
        {member.known?.secondFactor && !isMe && (
          <Button variant="default" onClick={() => setStep('factor')}>
            {t('factor.button')}
          </Button>
        )}
        <Button variant="default" onClick={() => setStep(member.suspendedAt === null ? 'suspend' : 'resume')}>
          {t(member.suspendedAt === null ? 'step.suspend.button' : 'step.resume.button')}
        </Button>
        <Button variant="default" color="danger" onClick={() => setStep('remove')}>
          {t('step.remove.button')}
        </Button>
      </div>
    </FormSheet>
  )
}

interface RoleChangeProps {
  rights: readonly { action: string; roles: readonly Role[] }[]
  from: Role
  to: Role
  isMe: boolean
}

/** What will happen: what the member may do from then on, and what not any more. */
function RoleChange({ rights, from, to, isMe }: RoleChangeProps) {
  const { t } = useTranslation('people')
  const words = useActionWords()
  const { gains, losses } = roleDifference(rights, from, to)
  const list = (title: string, actions: string[]) =>
    actions.length > 0 && (
      <div>
        <p>{title}</p>
        <ul className={classes.list}>
          {actions.map((action) => (
            <li key={action}>{words(action)}</li>
          ))}
        </ul>
      </div>
    )
  return (
    <div role="status" className={classes.form}>
      <p>{t('member.atOnce')}</p>
      {list(t('member.gains'), gains)}
      {list(t('member.losses'), losses)}
      {isMe && <p>{t('member.self')}</p>}
    </div>
  )
}
