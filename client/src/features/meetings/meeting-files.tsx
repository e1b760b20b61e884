import type { MeetingFile, MeetingFileUse } from '@cabildo/protocol/http/meetings'
import type { MeetingId } from '@cabildo/protocol/ids'
import { Button, TextInput } from '@mantine/core'
import { IconCamera, IconFileText, IconSignature } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { refusalCode } from '../../lib/refusal.ts'
import { useRefusalWords } from '../../lib/refusal-words.ts'
import { useSizeWords } from '../../lib/size-words.ts'
import { ConfirmSheet } from '../../ui/late/confirm-sheet.tsx'
import { AddFiles, FileCard, FileList } from '../../ui/late/files.tsx'
import { FormSheet } from '../../ui/late/form-sheet.tsx'
import { Notice } from '../../ui/notice.tsx'
import { usePersonWords } from '../../ui/person-words.ts'
import { StatusChip } from '../../ui/status-chip.tsx'
import { Time } from '../../ui/time.tsx'
import { Bone, Waiting } from '../../ui/waiting.tsx'
import { fileAddress, filesQuery, useFileAct } from './api.ts'
import classes from './meetings.module.css'

const pictures = 'image/jpeg,image/png,image/webp'
const ways = [
  { way: 'photo', Icon: IconCamera, accept: pictures },
  { way: 'list', Icon: IconSignature, accept: `${pictures},application/pdf` },
  { way: 'material', Icon: IconFileText, accept: `${pictures},application/pdf` },
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
        <FileList>
          {data.items.map((file) => (
            <FileItem
              key={file.number}
              {...{ slug, meetingId, file }}
              {...(data.may.attach && { onOpen: (what: 'describe' | 'detach') => setOpen({ file, what }) })}
            />
          ))}
        </FileList>
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
  const src = fileAddress(slug, meetingId, number, '/thumbnail')
  const picture = hasThumbnail ? { src, alt: caption ?? '', open: t('files.open', { name }) } : undefined
  return (
    <FileCard picture={picture} href={href}>
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
    </FileCard>
  )
}

/** The ways to add files, by what they are for. */
function Adding({ slug, meetingId, largest }: FilesProps & { largest: number }) {
  const { t } = useTranslation('meetings')
  const words = useRefusalWords()
  const sizeWords = useSizeWords()
  const act = useFileAct(slug, meetingId)
  const send = async (file: File, use: MeetingFileUse): Promise<string | undefined> => {
    try {
      await act.mutateAsync({ act: 'attach', use, file })
      return undefined
    } catch (error) {
      if (refusalCode(error) === 'invalid') return t('files.notKept')
      const { what, todo } = words(error)
      return `${what} ${todo}`
    }
  }
  return (
    <AddFiles
      ways={ways.map((one) => ({ ...one, label: t(`files.add.${one.way}`) }))}
      largest={largest}
      send={send}
      words={{
        help: t('files.help', { most: sizeWords(largest) }),
        tooLarge: (size) => t('files.tooLarge', size),
        sending: (count) => t('files.sending', { count }),
        sent: (count) => t('files.sent', { count }),
        failed: (name) => t('files.failed', { name }),
      }}
    />
  )
}

interface SheetProps extends FilesProps {
  file: MeetingFile
  onClose: () => void
}

/** What is on a file, for who cannot see it; and whether the public may see it. */
function Describing({ slug, meetingId, file, onClose }: SheetProps) {
  const { t } = useTranslation('meetings')
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
    <FormSheet
      title={t(`file.${file.use}`, { number: file.number })}
      button={t('store')}
      sending={act}
      onSend={send}
      onClose={onClose}
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
    </FormSheet>
  )
}

function Removing({ slug, meetingId, file, onClose }: SheetProps) {
  const { t } = useTranslation('meetings')
  const words = useRefusalWords()
  const act = useFileAct(slug, meetingId)
  const why = refusalCode(act.error) === 'conflict' ? { what: t('files.named') } : words(act.error)
  return (
    <ConfirmSheet
      title={t('files.removeOf', { name: t(`file.${file.use}`, { number: file.number }) })}
      button={t('files.remove')}
      danger
      doing={act}
      onConfirm={() => act.mutate({ act: 'detach', number: file.number }, { onSuccess: onClose })}
      onClose={onClose}
      refusal={act.error && <Notice tone="problem" urgent {...why} />}
    >
      <p>{t('files.removeWhat')}</p>
    </ConfirmSheet>
  )
}
