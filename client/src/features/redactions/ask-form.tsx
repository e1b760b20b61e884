import type { DocumentId } from '@cabildo/protocol/ids'
import { Button, NativeSelect, Textarea } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { refusalCode } from '../../lib/refusal.ts'
import { useRefusalWords } from '../../lib/refusal-words.ts'
import { Notice } from '../../ui/notice.tsx'
import { useAskForRedaction } from './api.ts'
import classes from './redactions.module.css'

interface AskFormProps {
  slug: string
  documents: readonly { id: DocumentId; label: string }[]
}

const bases = ['law', 'minor', 'sensitive'] as const

/** Asks that words be taken out of a text of the plan. */
export function AskForm({ slug, documents }: AskFormProps) {
  const { t } = useTranslation('redactions')
  const words = useRefusalWords()
  const ask = useAskForRedaction(slug)
  const [documentId, setDocumentId] = useState(documents[0]?.id)
  const [quote, setQuote] = useState('')
  const [basis, setBasis] = useState<(typeof bases)[number]>('law')
  const [reason, setReason] = useState('')
  const [lacks, setLacks] = useState(false)
  const submit = (event: FormEvent) => {
    event.preventDefault()
    const short = quote.trim().length < 2
    setLacks(short)
    if (short || !documentId) return
    const wish = { documentId, quote: quote.trim(), basis: t(`ask.bases.${basis}`), reason: reason.trim() }
    ask.mutate(wish, {
      onSuccess: () => {
        setQuote('')
        setReason('')
      },
    })
  }
  const code = refusalCode(ask.error)
  const known =
    code === 'invalid'
      ? { what: t('ask.nowhere'), todo: t('ask.nowhereTodo') }
      : code === 'conflict'
        ? { what: t('ask.open'), todo: t('ask.openTodo') }
        : undefined
  if (documents.length === 0) return <p>{t('ask.none')}</p>
  return (
    <form className={classes.form} onSubmit={submit} noValidate>
      <NativeSelect
        label={t('ask.document')}
        value={documentId}
        data={documents.map(({ id, label }) => ({ value: id, label }))}
        onChange={({ currentTarget }) => setDocumentId(documents.find(({ id }) => id === currentTarget.value)?.id)}
      />
      <Textarea
        label={t('ask.quote')}
        description={t('ask.quoteHelp')}
        autosize
        minRows={1}
        maxRows={4}
        maxLength={300}
        autoComplete="off"
        value={quote}
        error={lacks && t('ask.needQuote')}
        onChange={({ currentTarget }) => setQuote(currentTarget.value)}
      />
      <NativeSelect
        label={t('ask.basis')}
        description={t('ask.basisHelp')}
        value={basis}
        data={bases.map((value) => ({ value, label: t(`ask.bases.${value}`) }))}
        onChange={({ currentTarget }) => setBasis(bases.find((value) => value === currentTarget.value) ?? 'law')}
      />
      <Textarea
        label={t('ask.reason')}
        description={t('ask.reasonHelp')}
        autosize
        minRows={1}
        maxRows={4}
        maxLength={500}
        value={reason}
        onChange={({ currentTarget }) => setReason(currentTarget.value)}
      />
      {ask.error && <Notice tone="problem" urgent {...(known ?? words(ask.error))} kept={t('kept')} />}
      <div className={classes.buttons}>
        <Button type="submit" loading={ask.isPending}>
          {t('ask.button')}
        </Button>
      </div>
    </form>
  )
}
