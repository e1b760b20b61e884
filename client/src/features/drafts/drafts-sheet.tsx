import type { DraftItem } from '@cabildo/protocol/http/api'
import type { Template } from '@cabildo/schema/templates/template'
import { Button } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { NotLoaded } from '../../ui/late/not-loaded.tsx'
import { Sheet } from '../../ui/sheet.tsx'
import { Time } from '../../ui/time.tsx'
import { Bone, Waiting } from '../../ui/waiting.tsx'
import { useDrafts } from './api.ts'
import { DraftView } from './draft-view.tsx'
import classes from './drafts-sheet.module.css'
import { sortDrafts } from './model.ts'

interface DraftsSheetProps {
  documentId: string
  template: Template
  /** Id of one draft, or `open` for the list. */
  drafts: string
  onShow: (drafts: string) => void
  onClose: () => void
}

/** The reader's texts that the document could not take: all of them, or one with what can be done with it. */
export default function DraftsSheet({ documentId, template, drafts, onShow, onClose }: DraftsSheetProps) {
  const { t } = useTranslation('drafts')
  if (drafts !== 'open') {
    return (
      <DraftView
        key={drafts}
        documentId={documentId}
        draftId={drafts}
        template={template}
        onList={() => onShow('open')}
        onClose={onClose}
      />
    )
  }
  return (
    <Sheet title={t('title')} onClose={onClose}>
      <DraftsList documentId={documentId} onShow={onShow} onClose={onClose} />
    </Sheet>
  )
}

function DraftsList({ documentId, onShow, onClose }: Pick<DraftsSheetProps, 'documentId' | 'onShow' | 'onClose'>) {
  const { t } = useTranslation('drafts')
  const { t: common } = useTranslation('common')
  const { items, isPending, error, refetch, hasNextPage, isFetchingNextPage, fetchNextPage } = useDrafts(documentId)
  const { open, away } = sortDrafts(items)
  if (isPending) {
    return <Waiting skeleton={<Bone height="4rem" />} onLeave={onClose} leaveLabel={common('close')} />
  }
  if (error) {
    return <NotLoaded error={error} kept={t('safe')} onRetry={() => void refetch()} />
  }
  return (
    <div className={classes.lists}>
      {open.length > 0 ? <Items items={open} onShow={onShow} /> : <p>{t('none')}</p>}
      {away.length > 0 && (
        <details>
          <summary className={classes.away}>{t('away', { count: away.length })}</summary>
          <Items items={away} onShow={onShow} />
        </details>
      )}
      {hasNextPage && (
        <Button variant="default" loading={isFetchingNextPage} onClick={() => void fetchNextPage()}>
          {t('older')}
        </Button>
      )}
    </div>
  )
}

function Items({ items, onShow }: { items: readonly DraftItem[]; onShow: (draftId: string) => void }) {
  const { t } = useTranslation('drafts')
  return (
    <ul className={classes.list}>
      {items.map((draft) => (
        <li key={draft.id} className={classes.item}>
          <p className={classes.when}>
            <Time value={draft.createdAt} as="moment" />
          </p>
          <p className={classes.why}>{t(`reason.${draft.reason}`)}</p>
          <Button variant="default" onClick={() => onShow(draft.id)}>
            {t('show')}
          </Button>
        </li>
      ))}
    </ul>
  )
}
