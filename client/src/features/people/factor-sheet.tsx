import type { MemberItem } from '@cabildo/protocol/http/people'
import { Textarea } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { FormSheet } from '../../ui/late/form-sheet.tsx'
import { Notice } from '../../ui/notice.tsx'
import { usePersonWords } from '../../ui/person-words.ts'
import { useAskForReset } from './api.ts'
import { MemberRefusal } from './member-refusal.tsx'
import { knownAs } from './model.ts'

interface FactorSheetProps {
  slug: string
  member: MemberItem
  /** Nobody else could approve it: said before anybody waits for nothing. */
  isAlone: boolean
  onBack: () => void
  onClose: () => void
}

/** Asks that the second step of a member be removed, with the reason for whoever decides. */
export function FactorSheet({ slug, member, isAlone, onBack, onClose }: FactorSheetProps) {
  const { t } = useTranslation('people')
  const nameOf = usePersonWords()
  const [reason, setReason] = useState('')
  const [lacks, setLacks] = useState(false)
  const ask = useAskForReset(slug, member.person.id)
  const name = nameOf(knownAs(member), true)
  const submit = () => {
    setLacks(reason.trim() === '')
    if (reason.trim() !== '') ask.mutate(reason.trim(), { onSuccess: onClose })
  }
  return (
    <FormSheet
      title={t('factor.title', { name })}
      button={t('factor.ask')}
      sending={ask}
      onSend={submit}
      onClose={onClose}
      onCancel={onBack}
      refusal={<MemberRefusal error={ask.error} />}
    >
      <p>{t('factor.what', { name })}</p>
      {isAlone && <Notice tone="care" what={t('factor.alone')} todo={t('factor.aloneTodo')} />}
      <Textarea
        label={t('factor.reason')}
        description={t('factor.reasonHelp')}
        data-autofocus
        autosize
        minRows={2}
        maxRows={6}
        maxLength={500}
        value={reason}
        error={lacks && t('factor.needReason')}
        onChange={(event) => setReason(event.currentTarget.value)}
      />
    </FormSheet>
  )
}
