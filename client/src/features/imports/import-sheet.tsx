import { targetsOf } from '@cabildo/schema/imported/targets'
import type { Template } from '@cabildo/schema/templates/template'
import { Button } from '@mantine/core'
import { type ChangeEvent, useMemo, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { newKey } from '../../lib/new-key.ts'
import { refusalCode } from '../../lib/refusal.ts'
import { useRefusalWords } from '../../lib/refusal-words.ts'
import { useSizeWords } from '../../lib/size-words.ts'
import { Notice } from '../../ui/notice.tsx'
import { Sheet } from '../../ui/sheet.tsx'
import { useReadFile, useWriteParts } from './api.ts'
import classes from './imports.module.css'
import { type Choice, chosenParts, mayBeWritten, proposedChoices } from './model.ts'
import { LeftOut, PartChoice } from './part-choice.tsx'

/** What was pressed is gone: who reads by ear or keys goes on from here. */
const focusIt = (element: HTMLElement | null) => element?.focus()

/** The largest file that is sent, in bytes, as the contract says. */
const largest = 5 << 20
const kinds =
  '.docx,.md,.markdown,.txt,text/markdown,text/plain,application/vnd.openxmlformats-officedocument.wordprocessingml.document'

interface ImportSheetProps {
  documentId: string
  template: Template
  onClose: () => void
}

/** Reads a file, shows what was found in it and what would be added where, and writes what the reader chooses. */
export function ImportSheet({ documentId, template, onClose }: ImportSheetProps) {
  const { t } = useTranslation('imports')
  const { t: common } = useTranslation()
  const read = useReadFile(documentId)
  const write = useWriteParts(documentId)
  const targets = useMemo(() => targetsOf(template), [template])
  const [choices, setChoices] = useState<readonly Choice[]>([])
  const [tooLarge, setTooLarge] = useState<number>()
  /** Of what is written next: the same one again, since the answer was lost, is written once. */
  const [key, setKey] = useState(newKey)
  const preview = read.data
  const chosen = useMemo(() => preview && chosenParts(preview, targets, choices), [preview, targets, choices])

  const isDoubtful = write.error !== null && mayBeWritten(refusalCode(write.error))

  const take = (file: File) => {
    write.reset()
    setKey(newKey())
    setTooLarge(file.size > largest ? file.size : undefined)
    if (file.size > largest) read.reset()
    else
      read.mutate(file, {
        onSuccess: (found) => setChoices(proposedChoices(found, targets)),
      })
  }
  const change = (at: number, choice: Choice) => setChoices(choices.map((one, index) => (index === at ? choice : one)))

  return (
    <Sheet
      title={t('title')}
      onClose={onClose}
      size="lg"
      footer={
        preview && chosen && preview.parts.length > 0 && !write.data && !isDoubtful ? (
          <>
            <Button variant="default" onClick={onClose}>
              {common('cancel')}
            </Button>
            <Button
              loading={write.isPending}
              disabled={chosen.parts.length === 0}
              onClick={() => write.mutate({ key, parts: chosen.parts })}
            >
              {t('apply', { count: chosen.parts.length })}
            </Button>
          </>
        ) : undefined
      }
    >
      <div className={classes.sheet}>
        {!preview && <p>{t('lead')}</p>}
        {write.error &&
          (isDoubtful ? (
            <Notice ref={focusIt} tone="care" urgent what={t('doubt.what')} todo={t('doubt.todo')}>
              {chosen && (
                <Button loading={write.isPending} onClick={() => write.mutate({ key, parts: chosen.parts })}>
                  {t('doubt.again')}
                </Button>
              )}
            </Notice>
          ) : (
            <NotWritten error={write.error} />
          ))}
        {write.data && (
          <Notice ref={focusIt} tone="good" what={t('done')} todo={t('undo')}>
            <Button onClick={onClose}>{common('close')}</Button>
          </Notice>
        )}
        {!write.data && !isDoubtful && (
          <>
            <FileButton isAgain={preview !== undefined} isBusy={read.isPending} onFile={take} />
            <Told read={read} tooLarge={tooLarge} />
          </>
        )}
        {preview && !write.data && !isDoubtful && (
          <ol className={classes.parts}>
            {preview.parts.map((part, at) => (
              <PartChoice
                // biome-ignore lint/suspicious/noArrayIndexKey: the parts of one file never change their places
                key={at}
                {...{ part, template, targets }}
                standing={preview.targets}
                choice={choices[at] ?? ''}
                onChoice={(choice) => change(at, choice)}
              />
            ))}
          </ol>
        )}
        {preview && write.data && chosen && (
          <LeftOut parts={preview.parts} places={chosen.places} left={write.data.left} />
        )}
      </div>
    </Sheet>
  )
}

function NotWritten({ error }: { error: unknown }) {
  const { t } = useTranslation('imports')
  const words = useRefusalWords()
  const why = refusalCode(error) === 'too_large' ? t('full') : words(error).what
  return <Notice tone="problem" urgent what={t('failed')} todo={why} />
}

interface ToldProps {
  read: ReturnType<typeof useReadFile>
  tooLarge: number | undefined
}

/** How reading the file goes. */
function Told({ read, tooLarge }: ToldProps) {
  const { t } = useTranslation('imports')
  const size = useSizeWords()
  const words = useRefusalWords()
  if (tooLarge !== undefined)
    return <Notice tone="problem" urgent what={t('tooLarge', { size: size(tooLarge), most: size(largest) })} />
  if (read.error) {
    const code = refusalCode(read.error)
    const isOwn = code === 'invalid' || code === 'too_large' || code === 'unavailable'
    const told = isOwn ? { what: t(`refused.${code}.what`), todo: t(`refused.${code}.todo`) } : words(read.error)
    return <Notice tone="problem" urgent {...told} />
  }
  return (
    <p role="status" className={classes.status}>
      {read.isPending && t('reading')}
      {read.data && (read.data.parts.length === 0 ? t('nothing') : t('found', { count: read.data.parts.length }))}
      {read.data && read.data.pictures > 0 && ` ${t('pictures', { count: read.data.pictures })}`}
    </p>
  )
}

interface FileButtonProps {
  isAgain: boolean
  isBusy: boolean
  onFile: (file: File) => void
}

function FileButton({ isAgain, isBusy, onFile }: FileButtonProps) {
  const { t } = useTranslation('imports')
  const input = useRef<HTMLInputElement>(null)
  const take = ({ currentTarget }: ChangeEvent<HTMLInputElement>) => {
    const [file] = currentTarget.files ?? []
    if (file) onFile(file)
    // The same file again is a change too.
    currentTarget.value = ''
  }
  return (
    <div>
      <input ref={input} type="file" accept={kinds} hidden onChange={take} />
      <Button
        variant={isAgain ? 'default' : 'filled'}
        loading={isBusy}
        onClick={() => input.current?.click()}
        data-autofocus
      >
        {t(isAgain ? 'another' : 'choose')}
      </Button>
    </div>
  )
}
