import type { TextSpan } from '@cabildo/protocol/http/threads'
import type { Template } from '@cabildo/schema/templates/template'
import { Button, NativeSelect, Textarea } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type * as Y from 'yjs'
import { planLanguage, useLanguage } from '../../lib/language.ts'
import { useRefusalWords } from '../../lib/refusal-words.ts'
import { idsOfLetters } from '../../sync/anchors.ts'
import { lettersIn } from '../../sync/letters.ts'
import { Notice } from '../../ui/notice.tsx'
import { Sheet } from '../../ui/sheet.tsx'
import { Waiting } from '../../ui/waiting.tsx'
import { linkableQuery, useLinkWords } from './api.ts'
import { findNear } from './model.ts'
import classes from './origins.module.css'

/** Words that were selected in the text that is read; empty when none were. */
export interface Selected {
  field: string
  words: string
  /** About how many letters of the field stand before them. */
  near: number
}

/** What is selected on the page, where it lies in one field of a text that is read. */
export function selectedWords(): Selected {
  const none = { field: '', words: '', near: 0 }
  const selection = window.getSelection()
  const range = selection && selection.rangeCount > 0 ? selection.getRangeAt(0) : undefined
  const fieldAt = (node: Node) =>
    (node instanceof Element ? node : node.parentElement)?.closest<HTMLElement>('[data-field]') ?? undefined
  const field = range && fieldAt(range.startContainer)
  if (!range || !field || field !== fieldAt(range.endContainer)) return none
  const before = document.createRange()
  before.setStart(field, 0)
  before.setEnd(range.startContainer, range.startOffset)
  // Between blocks stand breaks that are no letters of the text.
  const words = range.toString().replaceAll('\n', '').trim()
  const label = field.querySelector('h1,h2,h3,h4,h5,h6')?.textContent?.length ?? 0
  return { field: field.dataset.field ?? '', words, near: Math.max(0, before.toString().length - label) }
}

interface LinkWordsProps {
  documentId: string
  planId: string
  template: Template
  doc: Y.Doc
  selected: Selected
  onClose: () => void
}

/** Says which input brought about some words: those selected, or typed as they stand. */
export function LinkWords({ documentId, planId, template, doc, selected, onClose }: LinkWordsProps) {
  const { t } = useTranslation('origins')
  const { t: common } = useTranslation('common')
  const language = useLanguage()
  const refusal = useRefusalWords()
  const inputs = useQuery(linkableQuery(planId, documentId))
  const link = useLinkWords(planId, documentId)
  const [field, setField] = useState(selected.field || (template.fields[0]?.name ?? ''))
  const [words, setWords] = useState(selected.words)
  const [inputId, setInputId] = useState('')
  const [wrong, setWrong] = useState<'words' | 'input'>()

  const send = async (event: FormEvent) => {
    event.preventDefault()
    const ids = idsIn(doc, field, words.trim(), selected.near)
    setWrong(!ids ? 'words' : inputId === '' ? 'input' : undefined)
    if (!ids || inputId === '') return
    await link.mutateAsync({ inputId, ids }).then(onClose, () => undefined)
  }
  return (
    <Sheet title={t('link.title')} onClose={onClose}>
      <form className={classes.form} onSubmit={(event) => void send(event)} noValidate>
        <NativeSelect
          label={t('link.field')}
          value={field}
          onChange={({ currentTarget }) => setField(currentTarget.value)}
          data={template.fields.map(({ name, label }) => ({ value: name, label: label[language] }))}
        />
        <Textarea
          label={t('link.words')}
          description={t('link.wordsHint')}
          lang={planLanguage}
          autosize
          minRows={2}
          maxRows={6}
          value={words}
          error={wrong === 'words' && t('link.notThere')}
          onChange={({ currentTarget }) => setWords(currentTarget.value)}
        />
        {inputs.isPending ? (
          <Waiting />
        ) : (
          <NativeSelect
            label={t('link.input')}
            description={t('link.inputHint')}
            value={inputId}
            error={wrong === 'input' && t('link.choose')}
            onChange={({ currentTarget }) => setInputId(currentTarget.value)}
            data={[
              { value: '', label: t('link.choose') },
              ...(inputs.data ?? []).map(({ id, number, words: said }) => ({
                value: id,
                label: `${number}. ${said.slice(0, 80)}`,
              })),
            ]}
          />
        )}
        {(inputs.error ?? link.error) && <Notice tone="problem" urgent {...refusal(inputs.error ?? link.error)} />}
        <div className={classes.buttons}>
          <Button type="submit" loading={link.isPending}>
            {t('link.send')}
          </Button>
          <Button variant="default" onClick={onClose}>
            {common('cancel')}
          </Button>
        </div>
      </form>
    </Sheet>
  )
}

/** The ids of words in the open text, where they stand nearest; undefined where they stand nowhere. */
function idsIn(doc: Y.Doc, field: string, words: string, near: number): TextSpan[] | undefined {
  const fragment = doc.getXmlFragment(field)
  const from = findNear(lettersIn(fragment), words, near)
  return from === undefined ? undefined : idsOfLetters(fragment, { from, to: from + words.length })
}
