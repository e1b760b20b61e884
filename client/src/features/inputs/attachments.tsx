import type { Attachment } from '@cabildo/protocol/http/attachments'
import { Button } from '@mantine/core'
import { IconCamera, IconFileText, IconMicrophone, IconPaperclip } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { type ChangeEvent, useId, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { refusalCode } from '../../lib/refusal.ts'
import { useRefusalWords } from '../../lib/refusal-words.ts'
import { useSizeWords } from '../../lib/size-words.ts'
import { Notice } from '../../ui/notice.tsx'
import { usePersonWords } from '../../ui/person-words.ts'
import { Sheet } from '../../ui/sheet.tsx'
import { Time } from '../../ui/time.tsx'
import { Bone, Waiting } from '../../ui/waiting.tsx'
import classes from './attachments.module.css'
import { type AttachedTo, addressOf, attachmentsQuery, useAttach, useDetach } from './attachments-api.ts'

/** What a phone may bring, and by which of its tools. */
const pictures = 'image/jpeg,image/png,image/webp'
const ways = [
  { way: 'photo', Icon: IconCamera, accept: pictures, capture: 'environment', onPhones: true },
  { way: 'voice', Icon: IconMicrophone, accept: 'audio/*', capture: 'user', onPhones: true },
  { way: 'files', Icon: IconPaperclip, accept: `${pictures},audio/*,application/pdf`, onPhones: false },
] as const

/** A file that was not taken, by the name it has on this device. */
interface NotTaken {
  name: string
  why: string
}

/**
 * The files beside one input: photos with a small picture of them, players of voice notes, scanned forms; and for whoever may,
 * the ways to add one and to remove one. Complete by itself: whoever mounts it says which input it is beside, and loads the
 * words of `attachments` with it.
 */
export default function Attachments(to: AttachedTo) {
  const { t } = useTranslation('attachments')
  const { t: common } = useTranslation('common')
  const words = useRefusalWords()
  const headingId = useId()
  const { data, error, refetch } = useQuery(attachmentsQuery(to))
  const [asks, setAsks] = useState<Attachment>()
  return (
    <section className={classes.part} aria-labelledby={headingId}>
      <h2 id={headingId}>{t('title')}</h2>
      {error && !data && (
        <Notice tone="problem" {...words(error)}>
          <Button variant="default" onClick={() => void refetch()}>
            {common('retry')}
          </Button>
        </Notice>
      )}
      {!error && !data && <Waiting skeleton={<Bone height="5rem" />} />}
      {data?.items.length === 0 && <p>{t(data.may.attach ? 'none' : 'noneToRead')}</p>}
      {data && data.items.length > 0 && (
        // biome-ignore lint/a11y/noRedundantRoles: some screen readers drop the list where CSS removes the marker
        <ul className={classes.list} role="list">
          {data.items.map((item) => (
            <Item key={item.number} to={to} item={item} {...(data.may.remove && { onRemove: () => setAsks(item) })} />
          ))}
        </ul>
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
  return (
    <li className={classes.item}>
      {hasThumbnail && (
        <a className={classes.picture} href={address} aria-label={t('open', { name })}>
          <img src={addressOf(to, number, '/thumbnail')} alt="" loading="lazy" />
        </a>
      )}
      <div className={classes.told}>
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
      </div>
    </li>
  )
}

/** The ways to add files. They go one after the other, and what is not taken is told with its name. */
function Adding({ to, room, largest }: { to: AttachedTo; room: number; largest: number }) {
  const { t } = useTranslation('attachments')
  const words = useRefusalWords()
  const sizeWords = useSizeWords()
  const attach = useAttach(to)
  const inputs = useRef(new Map<string, HTMLInputElement>())
  const [left, setLeft] = useState(0)
  const [done, setDone] = useState(0)
  const [notTaken, setNotTaken] = useState<readonly NotTaken[]>([])

  const send = async (files: readonly File[]) => {
    setNotTaken([])
    setDone(0)
    for (const [at, file] of files.entries()) {
      setLeft(files.length - at)
      const why = await sendOne(file)
      if (why === undefined) setDone((count) => count + 1)
      else setNotTaken((before) => [...before, { name: file.name, why }])
    }
    setLeft(0)
  }
  /** Answers why a file was not taken; undefined when it was. */
  const sendOne = async (file: File): Promise<string | undefined> => {
    if (file.size > largest) return t('tooLarge', { size: sizeWords(file.size), most: sizeWords(largest) })
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
  const choose = ({ currentTarget }: ChangeEvent<HTMLInputElement>) => {
    const files = [...(currentTarget.files ?? [])]
    // The same one chosen again is a change again.
    currentTarget.value = ''
    void send(files)
  }

  if (room <= 0 && left === 0) return <p className={classes.soft}>{t('full')}</p>
  return (
    <>
      <div className={classes.ways}>
        {ways.map(({ way, Icon, accept, onPhones, ...more }) => (
          <span key={way} data-phones={onPhones || undefined} className={classes.way}>
            <input
              ref={(input) => void (input ? inputs.current.set(way, input) : inputs.current.delete(way))}
              type="file"
              hidden
              data-way={way}
              accept={accept}
              multiple={way === 'files'}
              onChange={choose}
              {...more}
            />
            <Button
              variant={way === 'files' ? 'default' : 'light'}
              leftSection={<Icon size={20} aria-hidden />}
              disabled={left > 0}
              onClick={() => inputs.current.get(way)?.click()}
            >
              {t(`way.${way}`)}
            </Button>
          </span>
        ))}
      </div>
      <p className={classes.soft}>{t('consent', { most: sizeWords(largest) })}</p>
      <p role="status" className={classes.soft}>
        {left > 0 ? t('sending', { count: left }) : done > 0 ? t('sent', { count: done }) : ''}
      </p>
      {notTaken.map(({ name, why }) => (
        <Notice key={name} tone="problem" urgent what={t('failed', { name })} todo={why} />
      ))}
    </>
  )
}

function Removing({ to, item, onClose }: { to: AttachedTo; item: Attachment; onClose: () => void }) {
  const { t } = useTranslation('attachments')
  const { t: common } = useTranslation('common')
  const words = useRefusalWords()
  const detach = useDetach(to)
  return (
    <Sheet
      title={t('remove.title', { name: t(`kind.${item.kind}`, { number: item.number }) })}
      onClose={onClose}
      footer={
        <>
          <Button variant="default" onClick={onClose} data-autofocus>
            {common('cancel')}
          </Button>
          <Button
            color="danger"
            loading={detach.isPending}
            onClick={() => detach.mutate(item.number, { onSuccess: onClose })}
          >
            {t('remove.button')}
          </Button>
        </>
      }
    >
      <p>{t('remove.what')}</p>
      {detach.error && <Notice tone="problem" urgent {...words(detach.error)} />}
    </Sheet>
  )
}
