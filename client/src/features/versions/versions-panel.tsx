import type { VersionItem } from '@cabildo/protocol/http/api'
import { Button } from '@mantine/core'
import { IconBookmark, IconHistory } from '@tabler/icons-react'
import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { dayWords } from '../../lib/dates.ts'
import { useLanguage } from '../../lib/language.ts'
import { NotLoaded } from '../../ui/late/not-loaded.tsx'
import { Notice } from '../../ui/notice.tsx'
import { SidePanel } from '../../ui/side-panel.tsx'
import { Bone, Waiting } from '../../ui/waiting.tsx'
import { useVersions } from './api.ts'
import { dayOf, groupVersions, sameAsBefore } from './model.ts'
import { type VersionActions, VersionRow } from './version-row.tsx'
import classes from './versions-panel.module.css'

/** Good news to tell once. Each telling is an object of its own: the same words twice are news twice. */
export interface News {
  words: string
}

interface VersionsPanelProps extends VersionActions {
  documentId: string
  /** The version on the screen, marked in the list. */
  shown: string | undefined
  /** Good news to tell once, e.g. that a version was kept. */
  news: News | undefined
  onClose: () => void
  onTimeline: () => void
  /** Absent when the reader may not name versions. */
  onName?: (() => void) | undefined
}

/** The versions of a document beside it: what people named on top, all else by day, with what can be done with each. */
export function VersionsPanel(props: VersionsPanelProps) {
  const { documentId, shown, news, onClose, onTimeline, onName, ...actions } = props
  const { t } = useTranslation('versions')
  const { t: common } = useTranslation('common')
  const language = useLanguage()
  const versions = useVersions(documentId, { watch: true })
  const { items, isPending, refetch, hasNextPage, isFetchingNextPage, fetchNextPage } = versions
  // Looking for newer ones is nothing the reader asked for: when it fails, the list at hand still stands.
  const error = !versions.data || versions.isFetchNextPageError ? versions.error : null
  const { named, days } = groupVersions(items)
  const today = dayOf(new Date())
  const rowOf = (version: VersionItem) => (
    <VersionRow
      key={version.id}
      version={version}
      shown={version.id === shown}
      unchanged={sameAsBefore(items, version)}
      {...actions}
    />
  )

  return (
    <SidePanel
      title={t('title')}
      onClose={onClose}
      top={
        <Button variant="default" fullWidth leftSection={<IconHistory size={22} aria-hidden />} onClick={onTimeline}>
          {t('timeline.open')}
        </Button>
      }
      footer={
        onName && (
          <Button fullWidth leftSection={<IconBookmark size={22} aria-hidden />} onClick={onName}>
            {t('name.open')}
          </Button>
        )
      }
    >
      <div className={classes.panel}>
        {news && <Told news={news} />}
        {isPending && <Waiting skeleton={<Skeleton />} onLeave={onClose} leaveLabel={common('close')} />}
        {error && <NotLoaded error={error} onRetry={() => void refetch()} />}
        {!isPending && !error && items.length === 0 && (
          <div className={classes.none}>
            <p>{t('none.what')}</p>
            {onName && <p>{t('none.example')}</p>}
          </div>
        )}
        {named.length > 0 && (
          <Group id="versions-named" title={t('group.named')}>
            {named.map(rowOf)}
          </Group>
        )}
        {days.map(({ day, items: some }) => (
          <Group
            key={day}
            id={`versions-${day}`}
            title={day === today ? t('group.today') : dayWords(`${day}T12:00:00Z`, language, 'UTC')}
          >
            {some.map(rowOf)}
          </Group>
        ))}
        {hasNextPage && (
          <Button variant="default" loading={isFetchingNextPage} onClick={() => void fetchNextPage()}>
            {t('older')}
          </Button>
        )}
      </div>
    </SidePanel>
  )
}

/** Versions that belong together, below what they have in common. */
function Group({ id, title, children }: { id: string; title: string; children: React.ReactNode }) {
  return (
    <section className={classes.group} aria-labelledby={id}>
      <h3 id={id}>{title}</h3>
      <ol className={classes.list}>{children}</ol>
    </section>
  )
}

/**
 * The news on top of the list. They come from a sheet that was opened far down the list and gives the focus back there,
 * so they are brought into view and take the focus, which also has them read out.
 */
function Told({ news }: { news: News }) {
  const notice = useRef<HTMLDivElement>(null)
  // biome-ignore lint/correctness/useExhaustiveDependencies: every telling counts, with the same words as well
  useEffect(() => {
    // After the browser and the sheet have given the focus back.
    const frame = requestAnimationFrame(() => {
      notice.current?.scrollIntoView({ block: 'nearest' })
      notice.current?.focus({ preventScroll: true })
    })
    return () => cancelAnimationFrame(frame)
  }, [news])
  return <Notice ref={notice} tone="good" what={news.words} />
}

function Skeleton() {
  return (
    <div className={classes.panel}>
      {[0, 1, 2, 3].map((place) => (
        <div key={place} className={classes.bones}>
          <Bone width="60%" height="1.25em" />
          <Bone width="85%" />
          <Bone width="100%" height="2.75rem" />
        </div>
      ))}
    </div>
  )
}
