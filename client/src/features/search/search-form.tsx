import { Button, TextInput } from '@mantine/core'
import { useHotkeys } from '@mantine/hooks'
import { IconSearch } from '@tabler/icons-react'
import { type FormEvent, useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { longestWords } from './search.ts'
import classes from './search-view.module.css'

interface SearchFormProps {
  /** What is looked for now. */
  words: string
  onSearch: (words: string) => void
}

/** Where one says what to look for. Ctrl+K comes back to it. */
export function SearchForm({ words, onSearch }: SearchFormProps) {
  const { t } = useTranslation('search')
  const { t: common } = useTranslation()
  const field = useRef<HTMLInputElement>(null)
  const [typed, setTyped] = useState(words)
  const [known, setKnown] = useState(words)
  // Somebody went back to what they looked for before.
  if (known !== words) {
    setKnown(words)
    setTyped(words)
  }
  // One comes to this page to type, also where it had to be waited for.
  useEffect(() => {
    if (words === '') field.current?.focus()
  }, [words])
  useHotkeys([['mod+K', () => field.current?.select()]], [])
  const submit = (event: FormEvent) => {
    event.preventDefault()
    const wanted = typed.trim()
    if (wanted === '') field.current?.focus()
    else onSearch(wanted)
  }
  return (
    <search aria-label={common('app.search')}>
      <form className={classes.form} onSubmit={submit}>
        <TextInput
          ref={field}
          type="search"
          className={classes.words}
          label={t('words')}
          description={t('hint')}
          inputWrapperOrder={['label', 'input', 'description']}
          value={typed}
          maxLength={longestWords}
          enterKeyHint="search"
          autoComplete="off"
          data-arrival={words === '' || undefined}
          onChange={(event) => setTyped(event.currentTarget.value)}
        />
        <Button type="submit" className={classes.submit} leftSection={<IconSearch aria-hidden size={20} />}>
          {t('submit')}
        </Button>
      </form>
    </search>
  )
}
