import type { MemberItem } from '@cabildo/protocol/http/people'
import { Button, Textarea } from '@mantine/core'
import { type FormEvent, useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Notice } from '../../ui/notice.tsx'
import { usePersonWords } from '../../ui/person-words.ts'
import { Sheet } from '../../ui/sheet.tsx'
import { useAskForReset } from './api.ts'
import { MemberRefusal } from './member-refusal.tsx'
import { knownAs } from './model.ts'
import classes from './people-view.module.css'

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
  const { t: common } = useTranslation()
  const formId = useId()
  const nameOf = usePersonWords()
  const [reason, setReason] = useState('')
  const [lacks, setLacks] = useState(false)
  const ask = useAskForReset(slug, member.person.id)
  const name = nameOf(knownAs(member), true)
  const submit = (event: FormEvent) => {
    event.preventDefault()
    setLacks(reason.trim() === '')
    if (reason.trim() !== '') ask.mutate(reason.trim(), { onSuccess: onClose })
  }
  return (
    <Sheet
      title={t('factor.title', { name })}
      onClose={onClose}
      footer={
        <>
          <Button variant="default" onClick={onBack}>
            {common('cancel')}
          </Button>
          <Button type="submit" form={formId} loading={ask.isPending}>
            {t('factor.ask')}
          </Button>
        </>
      }
    >
      <form id={formId} className={classes.form} onSubmit={submit} noValidate>
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
        <MemberRefusal error={ask.error} />
      </form>
    </Sheet>
  )
}
