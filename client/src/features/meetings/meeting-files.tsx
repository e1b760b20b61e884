import type { MeetingFile, MeetingFileUse } from '@cabildo/protocol/http/meetings'
import type { MeetingId } from '@cabildo/protocol/ids'
import { Button, TextInput } from '@mantine/core'
import { IconCamera, IconFileText, IconSignature } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { type ChangeEvent, type FormEvent, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { refusalCode } from '../../lib/refusal.ts'
import { useRefusalWords } from '../../lib/refusal-words.ts'
import { useSizeWords } from '../../lib/size-words.ts'
import { Notice } from '../../ui/notice.tsx'
import { usePersonWords } from '../../ui/person-words.ts'
import { Sheet } from '../../ui/sheet.tsx'
import { StatusChip } from '../../ui/status-chip.tsx'
import { Time } from '../../ui/time.tsx'
import { Bone, Waiting } from '../../ui/waiting.tsx'
import { fileAddress, filesQuery, useFileAct } from './api.ts'
import classes from './meetings.module.css'

const pictures = 'image/jpeg,image/png,image/webp'
const ways = [
  { use: 'photo', Icon: IconCamera, accept: pictures },
  { use: 'list', Icon: IconSignature, accept: `${pictures},application/pdf` },
  { use: 'material', Icon: IconFileText, accept: `${pictures},application/pdf` },
] as const

interface FilesProps {
  slug: string
  meetingId: MeetingId
}

/** Photos, signed lists and material beside a meeting. The lists are there for those alone who may read them. */
export function MeetingFiles({ slug, meetingId }: FilesProps) {
  const { t } = useTranslation('meetings')
  const words = useRefusalWords()
  const { data, error } = useQuery(filesQuery(slug, meetingId))
  const [open, setOpen] = useState<{ file: MeetingFile; what: 'describe' | 'detach' }>()
  return (
    <section className={classes.part} aria-labelledby="files">
      <h2 id="files">{t('files.title')}</h2>
      {error && !data && <Notice tone="problem" {...words(error)} />}
      {!error && !data && <Waiting skeleton={<Bone height="5rem" />} />}
      {data?.items.length === 0 && <p className={classes.soft}>{t('files.none')}</p>}
      {data && data.items.length > 0 && (
        // biome-ignore lint/a11y/noRedundantRoles: some screen readers drop the list where CSS removes the marker
        <ul className={classes.files} role="list">
          {data.items.map((file) => (
            <FileItem
              key={file.number}
              {...{ slug, meetingId, file }}
              {...(data.may.attach && { onOpen: (what: 'describe' | 'detach') => setOpen({ file, what }) })}
            />
          ))}
        </ul>
      )}
      {data?.may.attach && <Adding {...{ slug, meetingId }} largest={data.largest} />}
      {open?.what === 'describe' && (
        <Describing {...{ slug, meetingId }} file={open.file} onClose={() => setOpen(undefined)} />
      )}
      {open?.what === 'detach' && (
        <Removing {...{ slug, meetingId }} file={open.file} onClose={() => setOpen(undefined)} />
      )}
    </section>
  )
}

interface FileItemProps extends FilesProps {
  file: MeetingFile
  onOpen?: (what: 'describe' | 'detach') => void
}

function FileItem({ slug, meetingId, file, onOpen }: FileItemProps) {
  const { t } = useTranslation('meetings')
  const nameOf = usePersonWords()
  const sizeWords = useSizeWords()
  const { number, use, size, hasThumbnail, caption, shown, by, addedAt } = file
  const href = fileAddress(slug, meetingId, number)
  const name = t(`file.${use}`, { number })
  return (
    <li className={classes.file}>
      {hasThumbnail && (
        <a className={classes.picture} href={href} aria-label={t('files.open', { name })}>
          <img src={fileAddress(slug, meetingId, number, '/thumbnail')} alt={caption ?? ''} loading="lazy" />
        </a>
      )}
      <div className={classes.told}>
        <p>{hasThumbnail ? name : <a href={href}>{t('files.open', { name })}</a>}</p>
        {caption && <p>{caption}</p>}
        {use === 'list' && <StatusChip tone="idle">{t('files.private')}</StatusChip>}
        {shown && <StatusChip tone="done">{t('files.shown')}</StatusChip>}
        <p className={classes.soft}>
          {nameOf(by, true)} · {sizeWords(size)} · <Time value={addedAt} />
        </p>
        {onOpen && (
          <div className={classes.ways}>
            <Button variant="default" onClick={() => onOpen('describe')} aria-label={t('files.describeOf', { name })}>
              {t('files.describe')}
            </Button>
            <Button variant="default" onClick={() => onOpen('detach')} aria-label={t('files.removeOf', { name })}>
              {t('files.remove')}
            </Button>
          </div>
        )}
      </div>
    </li>
  )
}

/** The ways to add files, by what they are for. They go one after the other, and what is not taken is told by its name. */
function Adding({ slug, meetingId, largest }: FilesProps & { largest: number }) {
  const { t } = useTranslation('meetings')
  const words = useRefusalWords()
  const sizeWords = useSizeWords()
  const act = useFileAct(slug, meetingId)
  const inputs = useRef(new Map<string, HTMLInputElement>())
  const [left, setLeft] = useState(0)
  const [done, setDone] = useState(0)
  const [notTaken, setNotTaken] = useState<readonly { name: string; why: string }[]>([])

  const whyNot = async (use: MeetingFileUse, file: File): Promise<string | undefined> => {
    if (file.size > largest) return t('files.tooLarge', { size: sizeWords(file.size), most: sizeWords(largest) })
    try {
      await act.mutateAsync({ act: 'attach', use, file })
      return undefined
    } catch (error) {
      if (refusalCode(error) === 'invalid') return t('files.notKept')
      const { what, todo } = words(error)
      return `${what} ${todo}`
    }
  }
  const choose = async (use: MeetingFileUse, { currentTarget }: ChangeEvent<HTMLInputElement>) => {
    const files = [...(currentTarget.files ?? [])]
    // The same one chosen again is a change again.
    currentTarget.value = ''
    setNotTaken([])
    setDone(0)
    for (const [at, file] of files.entries()) {
      setLeft(files.length - at)
      const why = await whyNot(use, file)
      if (why === undefined) setDone((count) => count + 1)
      else setNotTaken((before) => [...before, { name: file.name, why }])
    }
    setLeft(0)
  }
  return (
    <>
      <div className={classes.ways}>
        {ways.map(({ use, Icon, accept }) => (
          <span key={use}>
            <input
              ref={(input) => void (input ? inputs.current.set(use, input) : inputs.current.delete(use))}
              type="file"
              hidden
              multiple
              data-use={use}
              accept={accept}
              onChange={(event) => void choose(use, event)}
            />
            <Button
              variant="default"
              leftSection={<Icon size={20} aria-hidden />}
              disabled={left > 0}
              onClick={() => inputs.current.get(use)?.click()}
            >
              {t(`files.add.${use}`)}
            </Button>
          </span>
        ))}
      </div>
      <p className={classes.soft}>{t('files.help', { most: sizeWords(largest) })}</p>
      <p role="status" className={classes.soft}>
        {left > 0 ? t('files.sending', { count: left }) : done > 0 ? t('files.sent', { count: done }) : ''}
      </p>
      {notTaken.map(({ name, why }) => (
        <Notice key={name} tone="problem" urgent what={t('files.failed', { name })} todo={why} />
      ))}
    </>
  )
}

interface SheetProps extends FilesProps {
  file: MeetingFile
  onClose: () => void
}

/** What is on a file, for who cannot see it; and whether the public may see it. */
function Describing({ slug, meetingId, file, onClose }: SheetProps) {
  const { t } = useTranslation('meetings')
  const { t: common } = useTranslation()
  const words = useRefusalWords()
  const act = useFileAct(slug, meetingId)
  const [caption, setCaption] = useState(file.caption ?? '')
  const [shown, setShown] = useState(file.shown)
  const [asked, setAsked] = useState(false)
  const lacks = shown && caption.trim() === ''
  const send = () => {
    setAsked(true)
    if (lacks) return
    const said = caption.trim() === '' ? null : caption.trim()
    act.mutate({ act: 'describe', number: file.number, caption: said, shown }, { onSuccess: onClose })
  }
  return (
    <Sheet
      title={t(`file.${file.use}`, { number: file.number })}
      onClose={onClose}
      footer={
        <>
          <Button variant="default" onClick={onClose}>
            {common('cancel')}
          </Button>
          <Button loading={act.isPending} onClick={send}>
            {t('store')}
          </Button>
        </>
      }
    >
      <form
        className={classes.form}
        noValidate
        onSubmit={(event: FormEvent) => {
          event.preventDefault()
          send()
        }}
      >
        <TextInput
          data-autofocus
          label={t('files.caption')}
          description={t('files.captionHelp')}
          maxLength={300}
          value={caption}
          error={asked && lacks && t('files.needCaption')}
          onChange={({ currentTarget: { value } }) => setCaption(value)}
        />
        {file.use !== 'list' && (
          <label className={classes.option}>
            <input type="checkbox" checked={shown} onChange={({ currentTarget: { checked } }) => setShown(checked)} />
            <span>{t('files.show')}</span>
          </label>
        )}
      </form>
      {act.error && <Notice tone="problem" urgent {...words(act.error)} />}
    </Sheet>
  )
}

function Removing({ slug, meetingId, file, onClose }: SheetProps) {
  const { t } = useTranslation('meetings')
  const { t: common } = useTranslation()
  const words = useRefusalWords()
  const act = useFileAct(slug, meetingId)
  return (
    <Sheet
      title={t('files.removeOf', { name: t(`file.${file.use}`, { number: file.number }) })}
      onClose={onClose}
      footer={
        <>
          <Button variant="default" onClick={onClose} data-autofocus>
            {common('cancel')}
          </Button>
          <Button
            color="danger"
            loading={act.isPending}
            onClick={() => act.mutate({ act: 'detach', number: file.number }, { onSuccess: onClose })}
          >
            {t('files.remove')}
          </Button>
        </>
      }
    >
      <p>{t('files.removeWhat')}</p>
      {act.error && (
        <Notice
          tone="problem"
          urgent
          {...(refusalCode(act.error) === 'conflict' ? { what: t('files.named') } : words(act.error))}
        />
      )}
    </Sheet>
  )
}
