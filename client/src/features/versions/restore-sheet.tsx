import type { VersionItem } from '@cabildo/protocol/http/api'
import { useTranslation } from 'react-i18next'
import { useRefusalWords } from '../../lib/refusal-words.ts'
import { ConfirmSheet } from '../../ui/late/confirm-sheet.tsx'
import { Notice } from '../../ui/notice.tsx'
import { Time } from '../../ui/time.tsx'
import { useRestore } from './api.ts'
import classes from './restore-sheet.module.css'
import { useVersionWords } from './version-words.ts'

interface RestoreSheetProps {
  documentId: string
  version: VersionItem
  onClose: () => void
  onRestored: (version: VersionItem) => void
}

/** Says plainly what restoring does, and does it when asked: the text of now is a version or becomes one, nothing is lost. */
export function RestoreSheet({ documentId, version, onClose, onRestored }: RestoreSheetProps) {
  const { t } = useTranslation('versions')
  const words = useRefusalWords()
  const { full } = useVersionWords()(version)
  const restoring = useRestore(documentId)

  return (
    <ConfirmSheet
      title={t('restore.title', { number: version.number })}
      button={t('restore.do')}
      doing={restoring}
      onConfirm={() => restoring.mutate(version.id, { onSuccess: () => onRestored(version) })}
      onClose={onClose}
      refusal={
        restoring.error && <Notice tone="problem" urgent {...words(restoring.error)} kept={t('restore.unchanged')} />
      }
    >
      <p>
        <strong>{full}</strong>, <Time value={version.createdAt} as="moment" />
      </p>
      <ul className={classes.list}>
        <li>{t('restore.becomes')}</li>
        <li>{t('restore.kept')}</li>
        <li>{t('restore.others')}</li>
      </ul>
    </ConfirmSheet>
  )
}
