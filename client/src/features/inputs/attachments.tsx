import type { Attachment } from '@cabildo/protocol/http/attachments'
import { Button } from '@mantine/core'
import { IconCamera, IconFileText, IconMicrophone, IconPaperclip } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { refusalCode } from '../../lib/refusal.ts'
import { useRefusalWords } from '../../lib/refusal-words.ts'
import { useSizeWords } from '../../lib/size-words.ts'
import { ConfirmSheet } from '../../ui/late/confirm-sheet.tsx'
import { AddFiles, FileCard, FileList } from '../../ui/late/files.tsx'
import { NotLoaded } from '../../ui/late/not-loaded.tsx'
import { usePersonWords } from '../../ui/person-words.ts'
import { Time } from '../../ui/time.tsx'
import { Bone, Waiting } from '../../ui/waiting.tsx'
import classes from './attachments.module.css'
import { type AttachedTo, addressOf, attachmentsQuery, useAttach, useDetach } from './attachments-api.ts'

/** What a phone may bring, and by which of its tools. */
const pictures = 'image/jpeg,image/png,image/webp'
const ways = [
  { way: 'photo', Icon: IconCamera, accept: pictures, capture: 'environment' },
  { way: 'voice', Icon: IconMicrophone, accept: 'audio/*', capture: 'user' },
  { way: 'files', Icon: IconPaperclip, accept: `${pictures},audio/*,application/pdf` },
] as const

/**
 * The files beside one input: photos with a small picture of them, players of voice notes, scanned forms; and for whoever may,
 * the ways to add one and to remove one. Complete by itself: whoever mounts it says which input it is beside, and loads the
 * words of `attachments` with it.
 */
export default function Attachments(to: AttachedTo) {
  const { t } = useTranslation('attachments')
  const headingId = useId()
  const { data, error, refetch } = useQuery(attachmentsQuery(to))
  const [asks, setAsks] = useState<Attachment>()
  return (
    <section className={classes.part} aria-labelledby={headingId}>
      <h2 id={headingId}>{t('title')}</h2>
      {error && !data && <NotLoaded error={error} onRetry={() => void refetch()} />}
      {!error && !data && <Waiting skeleton={<Bone height="5rem" />} />}
      {data?.items.length === 0 && <p>{t(data.may.attach ? 'none' : 'noneToRead')}</p>}
      {data && data.items.length > 0 && (
        <FileList>
          {data.items.map((item) => (
            <Item key={item.number} to={to} item={item} {...(data.may.remove && { onRemove: () => setAsks(item) })} />
          ))}
        </FileList>
      )}
      {data?.may.attach && <Adding to={to} room={data.most - data.items.length} largest={data.largest} />}
      {asks && <Removing to={to} item={asks} onClose={() => setAsks(undefined)} />}
    </section>
  )
}

interface ItemProps {
  to: AttachedTo
  item: Attachment
  onRemove?: () => void
}

function Item({ to, item, onRemove }: ItemProps) {
  const { t } = useTranslation('attachments')
  const nameOf = usePersonWords()
  const sizeWords = useSizeWords()
  const { number, kind, size, hasThumbnail, by, addedAt } = item
  const address = addressOf(to, number)
  const name = t(`kind.${kind}`, { number })
  const picture = hasThumbnail
    ? { src: addressOf(to, number, '/thumbnail'), alt: '', open: t('open', { name }) }
    : undefined
  return (
    <FileCard picture={picture} href={address}>
      {kind === 'sound' && (
        // biome-ignore lint/a11y/useMediaCaption: nobody wrote down what was said but in the input's own words
        <audio className={classes.player} controls preload="none" src={address} aria-label={name} />
      )}
      {kind === 'paper' && (
        <a className={classes.paper} href={address}>
          <IconFileText size={24} aria-hidden />
          {t('open', { name })}
        </a>
      )}
      {kind !== 'paper' && <p>{name}</p>}
      <p className={classes.soft}>
        {t('by', { who: nameOf(by, true), size: sizeWords(size) })}, <Time value={addedAt} />
      </p>
      {onRemove && (
        <Button className={classes.remove} variant="default" onClick={onRemove} aria-label={t('remove.of', { name })}>
          {t('remove.button')}
        </Button>
      )}
    </FileCard>
  )
}

/** The ways to add files, while there is room for one. */
function Adding({ to, room, largest }: { to: AttachedTo; room: number; largest: number }) {
  const { t } = useTranslation('attachments')
  const words = useRefusalWords()
  const sizeWords = useSizeWords()
  const attach = useAttach(to)
  const send = async (file: File): Promise<string | undefined> => {
    try {
      await attach.mutateAsync(file)
      return undefined
    } catch (error) {
      const code = refusalCode(error)
      if (code === 'invalid') return t('notKept')
      if (code === 'too_large') return t('noRoom')
      const { what, todo } = words(error)
      return `${what} ${todo}`
    }
  }
  return (
    <AddFiles
      ways={ways.map((one) => ({ ...one, label: t(`way.${one.way}`) }))}
      largest={largest}
      full={room <= 0 && t('full')}
      send={send}
      words={{
        help: t('consent', { most: sizeWords(largest) }),
        tooLarge: (size) => t('tooLarge', size),
        sending: (count) => t('sending', { count }),
        sent: (count) => t('sent', { count }),
        failed: (name) => t('failed', { name }),
      }}
    />
  )
}

function Removing({ to, item, onClose }: { to: AttachedTo; item: Attachment; onClose: () => void }) {
  const { t } = useTranslation('attachments')
  const detach = useDetach(to)
  return (
    <ConfirmSheet
      title={t('remove.title', { name: t(`kind.${item.kind}`, { number: item.number }) })}
      button={t('remove.button')}
      danger
      doing={detach}
      onConfirm={() => detach.mutate(item.number, { onSuccess: onClose })}
      onClose={onClose}
    >
      <p>{t('remove.what')}</p>
    </ConfirmSheet>
  )
}
