import type { MemberItem } from '@cabildo/protocol/http/people'
import { Button } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { ConfirmSheet } from '../../ui/late/confirm-sheet.tsx'
import { usePersonWords } from '../../ui/person-words.ts'
import { Sheet } from '../../ui/sheet.tsx'
import { useChangeMember, useMakeRecovery, useRemoveMember } from './api.ts'
import { MemberRefusal } from './member-refusal.tsx'
import { knownAs } from './model.ts'
import { OneTimeLinkView } from './one-time-link.tsx'

/** What is asked once more before it happens. */
export type Step = 'suspend' | 'resume' | 'remove' | 'recovery'

interface MemberStepsProps {
  slug: string
  member: MemberItem
  step: Step
  onBack: () => void
  onClose: () => void
}

/** One grave change of a member: what will happen, what stays, and the button that does it. */
export function MemberSteps({ slug, member, step, onBack, onClose }: MemberStepsProps) {
  const { t } = useTranslation('people')
  const nameOf = usePersonWords()
  const change = useChangeMember(slug, member.person.id)
  const remove = useRemoveMember(slug, member.person.id)
  const recovery = useMakeRecovery(slug, member.person.id)
  const name = nameOf(knownAs(member), true)

  if (recovery.data) {
    return (
      <Sheet
        title={t('step.recovery.title')}
        onClose={onClose}
        footer={<Button onClick={onClose}>{t('link.done')}</Button>}
      >
        <OneTimeLinkView
          link={recovery.data}
          name={name}
          message={t('step.recovery.message', { name, url: recovery.data.url })}
        />
      </Sheet>
    )
  }
  const act = {
    suspend: () => change.mutate({ suspended: true }, { onSuccess: onClose }),
    resume: () => change.mutate({ suspended: false }, { onSuccess: onClose }),
    remove: () => remove.mutate(undefined, { onSuccess: onClose }),
    recovery: () => recovery.mutate(),
  }[step]
  const isGrave = step === 'suspend' || step === 'remove'
  return (
    <ConfirmSheet
      title={t(`step.${step}.title`, { name })}
      button={t(`step.${step}.button`)}
      danger={isGrave}
      doing={{ isPending: change.isPending || remove.isPending || recovery.isPending, error: null }}
      onConfirm={act}
      onClose={onClose}
      onCancel={onBack}
      refusal={<MemberRefusal error={change.error ?? remove.error ?? recovery.error} />}
    >
      <p>{t(`step.${step}.what`, { name })}</p>
      <p>{t(`step.${step}.stays`)}</p>
    </ConfirmSheet>
  )
}
