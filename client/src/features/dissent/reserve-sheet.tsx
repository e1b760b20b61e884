import { longestPosition } from '@cabildo/protocol/longest-position'
import type { Template } from '@cabildo/schema/templates/template'
import { Button, NativeSelect, Textarea, TextInput } from '@mantine/core'
import { type FormEvent, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type * as Y from 'yjs'
import { leadToFault } from '../../lib/field-faults.ts'
import { planLanguage, useLanguage } from '../../lib/language.ts'
import { newKey } from '../../lib/new-key.ts'
import { useRefusalWords } from '../../lib/refusal-words.ts'
import { idsOfLetters } from '../../sync/anchors.ts'
import { lettersIn } from '../../sync/letters.ts'
import { Notice } from '../../ui/notice.tsx'
import { Sheet } from '../../ui/sheet.tsx'
import { useDissent } from './api.ts'
import classes from './dissent.module.css'

interface ReserveSheetProps {
  documentId: string
  template: Template
  doc: Y.Doc
  /** The name of the group that is spoken for. */
  group: string
  onClose: () => void
}

/** Reserves a position of a group on a field, or on words in it. */
export function ReserveSheet({ documentId, template, doc, group, onClose }: ReserveSheetProps) {
  const { t } = useTranslation('dissent')
  const { t: common } = useTranslation('common')
  const language = useLanguage()
  const refusal = useRefusalWords()
  const act = useDissent(documentId)
  const [key] = useState(newKey)
  const [field, setField] = useState(template.fields[0]?.name ?? '')
  const [words, setWords] = useState('')
  const [position, setPosition] = useState('')
  const [wrong, setWrong] = useState<'words' | 'position'>()
  const form = useRef<HTMLFormElement>(null)

  const send = async (event: FormEvent) => {
    event.preventDefault()
    const exact = words.trim()
    const fragment = doc.getXmlFragment(field)
    const from = lettersIn(fragment).indexOf(exact)
    setWrong(from < 0 ? 'words' : position.trim() === '' ? 'position' : undefined)
    if (from < 0 || position.trim() === '') return leadToFault(form.current)
    const ids = exact === '' ? {} : { ids: idsOfLetters(fragment, { from, to: from + exact.length }) }
    await act.mutateAsync({ key, field, ...ids, position: position.trim() }).then(onClose, () => undefined)
  }
  return (
    <Sheet title={t('open')} onClose={onClose}>
      <form ref={form} className={classes.form} onSubmit={(event) => void send(event)} noValidate>
        <p className={classes.small}>{t('speaksFor', { group })}</p>
        <NativeSelect
          label={t('field')}
          value={field}
          onChange={({ currentTarget }) => setField(currentTarget.value)}
          data={template.fields.map(({ name, label }) => ({ value: name, label: label[language] }))}
        />
        <TextInput
          label={t('words')}
          description={t('wordsHint')}
          lang={planLanguage}
          value={words}
          error={wrong === 'words' && t('notThere')}
          onChange={({ currentTarget }) => setWords(currentTarget.value)}
        />
        <Textarea
          label={t('position')}
          description={t('positionHint', { most: longestPosition })}
          lang={planLanguage}
          autosize
          minRows={3}
          maxRows={8}
          maxLength={longestPosition}
          value={position}
          error={wrong === 'position' && t('empty')}
          onChange={({ currentTarget }) => setPosition(currentTarget.value)}
        />
        {act.error && <Notice tone="problem" urgent {...refusal(act.error)} />}
        <div className={classes.buttons}>
          <Button type="submit" loading={act.isPending}>
            {t('send')}
          </Button>
          <Button variant="default" onClick={onClose}>
            {common('cancel')}
          </Button>
        </div>
      </form>
    </Sheet>
  )
}
