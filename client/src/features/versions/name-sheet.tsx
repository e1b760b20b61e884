import type { VersionItem } from '@cabildo/protocol/http/api'
import { Button, Textarea, TextInput } from '@mantine/core'
import { type FormEvent, useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useRefusalWords } from '../../lib/refusal-words.ts'
import { Notice } from '../../ui/notice.tsx'
import { Sheet } from '../../ui/sheet.tsx'
import { useNameVersion } from './api.ts'
import classes from './name-sheet.module.css'

interface NameSheetProps {
  documentId: string
  /** Edits of this screen that are not stored yet: a version made now would lack them. */
  pending: number
  onClose: () => void
  onNamed: (version: VersionItem) => void
}

/** Asks what this moment should be called, and keeps the document as it stands under that name. */
export function NameSheet({ documentId, pending, onClose, onNamed }: NameSheetProps) {
  const { t } = useTranslation('versions')
  const { t: common } = useTranslation('common')
  const words = useRefusalWords()
  const formId = useId()
  const [name, setName] = useState('')
  const [note, setNote] = useState('')
  const [missing, setMissing] = useState(false)
  const naming = useNameVersion(documentId)

  const save = (event: FormEvent) => {
    event.preventDefault()
    if (name.trim() === '') return setMissing(true)
    return naming.mutate(
      { name: name.trim(), ...(note.trim() ? { note: note.trim() } : undefined) },
      { onSuccess: onNamed },
    )
  }

  return (
    <Sheet
      title={t('name.title')}
      onClose={onClose}
      footer={
        <>
          <Button variant="default" onClick={onClose}>
            {common('cancel')}
          </Button>
          <Button type="submit" form={formId} loading={naming.isPending} disabled={pending > 0}>
            {t('name.save')}
          </Button>
        </>
      }
    >
      <form id={formId} onSubmit={save} className={classes.form} noValidate>
        <p>{t('name.what')}</p>
        <TextInput
          label={t('name.label')}
          placeholder={t('name.example')}
          maxLength={120}
          required
          data-autofocus
          value={name}
          error={missing && t('name.missing')}
          onChange={(event) => {
            setName(event.currentTarget.value)
            setMissing(false)
          }}
        />
        <Textarea
          label={t('name.note')}
          description={t('name.noteHelp')}
          maxLength={2000}
          minRows={3}
          autosize
          maxRows={8}
          value={note}
          onChange={(event) => setNote(event.currentTarget.value)}
        />
        {pending > 0 && <Notice tone="care" what={t('name.pending')} todo={t('name.wait')} />}
        {naming.error && <Notice tone="problem" urgent {...words(naming.error)} kept={t('name.kept')} />}
      </form>
    </Sheet>
  )
}
