import { Button } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { Notice } from '../../ui/notice.tsx'
import { useDrafts } from './api.ts'
import { sortDrafts } from './model.ts'

interface DraftsNoticeProps {
  documentId: string
  /** Shows one draft, or with `open` the list of several. */
  onShow: (drafts: string) => void
}

/** Says that a text of the reader's could not go into the document and is safe. Nothing when there is none. */
export default function DraftsNotice({ documentId, onShow }: DraftsNoticeProps) {
  const { t } = useTranslation('drafts')
  const { open } = sortDrafts(useDrafts(documentId).items)
  const [first] = open
  if (!first) return null
  return (
    <Notice
      tone="care"
      what={t('notice.what', { count: open.length })}
      kept={open.length === 1 ? t(`reason.${first.reason}`) : undefined}
      todo={t('notice.todo', { count: open.length })}
    >
      <Button variant="default" onClick={() => onShow(open.length === 1 ? first.id : 'open')}>
        {t('notice.show', { count: open.length })}
      </Button>
    </Notice>
  )
}
