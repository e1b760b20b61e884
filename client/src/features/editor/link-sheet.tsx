import { isSafeHref } from '@cabildo/schema/link-policy'
import { Button, TextInput } from '@mantine/core'
import type { Editor } from '@tiptap/core'
import { type FormEvent, useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Sheet } from '../../ui/sheet.tsx'
import classes from './link-sheet.module.css'

/**
 * The address a person means: `chepo.gob.pa` is https, an e-mail address is mailto. Undefined for anything that may not
 * stand in a link.
 */
export function addressOf(typed: string): string | undefined {
  const words = typed.trim()
  if (words === '') return undefined
  const hasScheme = /^[a-z][a-z0-9+.-]*:/i.test(words) && !/^[^/]+:\d/.test(words)
  const address = hasScheme
    ? words
    : /^[^\s/@]+@[^\s/@]+\.[^\s/@]+$/.test(words)
      ? `mailto:${words}`
      : `https://${words}`
  const isPlace = hasScheme || address.startsWith('mailto:') || /^https:\/\/[^/]+\.[^/.]{2,}/.test(address)
  return isPlace && isSafeHref(address) ? address : undefined
}

/** Asks for the address of a link at the selection, or changes, opens and takes away the one that is there. */
export default function LinkSheet({ editor, onClose }: { editor: Editor; onClose: () => void }) {
  const { t } = useTranslation('writing')
  const form = useId()
  const [before] = useState(() => String(editor.getAttributes('link').href ?? ''))
  const [address, setAddress] = useState(before)
  const [needsWords] = useState(() => editor.state.selection.empty && before === '')
  const [words, setWords] = useState('')
  const [fault, setFault] = useState(false)

  const close = () => {
    onClose()
    // After the sheet has given the focus back to where it was.
    setTimeout(() => editor.commands.focus())
  }
  const save = (event: FormEvent) => {
    event.preventDefault()
    const href = addressOf(address)
    if (!href) {
      setFault(true)
      return
    }
    if (needsWords) {
      const text = words.trim() || address.trim()
      editor
        .chain()
        .insertContent({ type: 'text', text, marks: [{ type: 'link', attrs: { href } }] })
        .run()
    } else editor.chain().extendMarkRange('link').setLink({ href }).run()
    close()
  }
  const remove = () => {
    editor.chain().extendMarkRange('link').unsetLink().run()
    close()
  }

  return (
    <Sheet
      title={before ? t('link.edit') : t('link.add')}
      onClose={close}
      footer={
        <>
          {before && (
            <Button variant="default" color="danger" onClick={remove}>
              {t('link.remove')}
            </Button>
          )}
          <Button type="submit" form={form}>
            {t('link.save')}
          </Button>
        </>
      }
    >
      <form id={form} className={classes.form} onSubmit={save} noValidate>
        <TextInput
          label={t('link.address')}
          description={t('link.hint')}
          type="url"
          inputMode="url"
          autoComplete="off"
          autoCapitalize="none"
          data-autofocus
          value={address}
          error={fault && t('link.fault')}
          onChange={(event) => {
            setAddress(event.currentTarget.value)
            setFault(false)
          }}
        />
        {needsWords && (
          <TextInput label={t('link.words')} value={words} onChange={(event) => setWords(event.currentTarget.value)} />
        )}
        {before && isSafeHref(before) && (
          <p>
            <a href={before} target="_blank" rel="noopener noreferrer nofollow">
              {t('link.open')}
            </a>
          </p>
        )}
      </form>
    </Sheet>
  )
}
