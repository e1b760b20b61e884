import type { CommitmentItem } from '@cabildo/protocol/http/api'
import { Button, TextInput } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { type FormEvent, useId, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useRefusalWords } from '../../lib/refusal-words.ts'
import { Notice } from '../../ui/notice.tsx'
import { Sheet } from '../../ui/sheet.tsx'
import classes from './add-commitment.module.css'
import { useAddCommitment } from './api.ts'
import { longestTitle, titleFault } from './model.ts'

interface AddCommitmentProps {
  slug: string
  /** Told of the new commitment, to open it. */
  onAdded: (commitment: CommitmentItem) => void
}

/** The button that adds a commitment, and the one question it asks. */
export function AddCommitment({ slug, onAdded }: AddCommitmentProps) {
  const { t } = useTranslation('plans')
  const [open, setOpen] = useState(false)
  return (
    <>
      <Button leftSection={<IconPlus aria-hidden size={20} />} onClick={() => setOpen(true)} className={classes.button}>
        {t('add.button')}
      </Button>
      {open && <AddSheet slug={slug} onAdded={onAdded} onClose={() => setOpen(false)} />}
    </>
  )
}

function AddSheet({ slug, onAdded, onClose }: AddCommitmentProps & { onClose: () => void }) {
  const { t } = useTranslation('plans')
  const { t: common } = useTranslation()
  const words = useRefusalWords()
  const formId = useId()
  const input = useRef<HTMLInputElement>(null)
  const [fault, setFault] = useState<string>()
  const adding = useAddCommitment(slug, onAdded)

  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (adding.isPending) return
    const title = input.current?.value ?? ''
    const found = titleFault(title)
    if (found) {
      const length = title.trim().length
      setFault(found === 'empty' ? t('add.needTitle') : t('add.tooLong', { limit: longestTitle, length }))
      input.current?.focus()
      return
    }
    setFault(undefined)
    adding.mutate(title.trim())
  }

  const refusal = adding.error && words(adding.error)
  return (
    <Sheet
      title={t('add.title')}
      onClose={onClose}
      footer={
        <>
          <Button variant="default" onClick={onClose}>
            {common('cancel')}
          </Button>
          <Button type="submit" form={formId} loading={adding.isPending}>
            {t('add.submit')}
          </Button>
        </>
      }
    >
      <form id={formId} onSubmit={submit} noValidate className={classes.form}>
        {refusal && (
          <Notice
            tone="problem"
            urgent
            what={`${t('add.failed')} ${refusal.what}`}
            kept={t('add.kept')}
            todo={refusal.todo}
          />
        )}
        <TextInput
          ref={input}
          label={t('add.label')}
          description={t('add.help')}
          placeholder={t('add.placeholder')}
          error={fault}
          autoComplete="off"
          data-autofocus
        />
      </form>
    </Sheet>
  )
}
