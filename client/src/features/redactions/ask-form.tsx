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
  const { t } = useTranslation('people')
  const words = useRefusalWords()
  const ask = useAskForRedaction(slug)
  const [chosen, setDocumentId] = useState<DocumentId>()
  const documentId = chosen ?? documents[0]?.id
  const [quote, setQuote] = useState('')
  const [basis, setBasis] = useState<(typeof bases)[number]>('law')
  const [reason, setReason] = useState('')
  const [lacks, setLacks] = useState(false)
  const submit = (event: FormEvent) => {
    event.preventDefault()
    const short = quote.trim().length < 2
    setLacks(short)
    if (short || !documentId) return
    const wish = { documentId, quote: quote.trim(), basis: t(`redactions.ask.bases.${basis}`), reason: reason.trim() }
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
      ? { what: t('redactions.ask.nowhere'), todo: t('redactions.ask.nowhereTodo') }
      : code === 'conflict'
        ? { what: t('redactions.ask.open'), todo: t('redactions.ask.openTodo') }
        : undefined
  if (documents.length === 0) return <p>{t('redactions.ask.none')}</p>
  return (
    <form className={classes.form} onSubmit={submit} noValidate>
      <NativeSelect
        label={t('redactions.ask.document')}
        value={documentId}
        data={documents.map(({ id, label }) => ({ value: id, label }))}
        onChange={({ currentTarget }) => setDocumentId(documents.find(({ id }) => id === currentTarget.value)?.id)}
      />
      <Textarea
        label={t('redactions.ask.quote')}
        description={t('redactions.ask.quoteHelp')}
        autosize
        minRows={1}
        maxRows={4}
        maxLength={300}
        autoComplete="off"
        value={quote}
        error={lacks && t('redactions.ask.needQuote')}
        onChange={({ currentTarget }) => setQuote(currentTarget.value)}
      />
      <NativeSelect
        label={t('redactions.ask.basis')}
        description={t('redactions.ask.basisHelp')}
        value={basis}
        data={bases.map((value) => ({ value, label: t(`redactions.ask.bases.${value}`) }))}
        onChange={({ currentTarget }) => setBasis(bases.find((value) => value === currentTarget.value) ?? 'law')}
      />
      <Textarea
        label={t('redactions.ask.reason')}
        description={t('redactions.ask.reasonHelp')}
        autosize
        minRows={1}
        maxRows={4}
        maxLength={500}
        value={reason}
        onChange={({ currentTarget }) => setReason(currentTarget.value)}
      />
      {ask.error && <Notice tone="problem" urgent {...(known ?? words(ask.error))} kept={t('redactions.kept')} />}
      <div className={classes.buttons}>
        <Button type="submit" loading={ask.isPending}>
          {t('redactions.ask.button')}
        </Button>
      </div>
    </form>
  )
}
