import { Button } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { DocumentSession } from '../../sync/session.ts'
import type { DraftReason } from '../../sync/settle.ts'
import { useStore } from '../../sync/use-store.ts'
import { Notice } from '../../ui/notice.tsx'

/** Makes a link to a kept draft; the page knows where drafts are read. */
export type DraftLink = (draftId: string, words: string) => React.ReactNode

/** What happened before the text was opened anew, told once. */
export interface Reopened {
  reason: DraftReason
  draftId: string | null
}

/** Says why the text was opened anew, and where what was written is now. */
export function ReopenedNotice({
  reopened,
  draftLink,
  onDismiss,
}: {
  reopened: Reopened
  draftLink: DraftLink
  onDismiss: () => void
}) {
  const { t } = useTranslation('editor')
  const { reason, draftId } = reopened
  // A text that came back from elsewhere and took nothing from the person is no news.
  if (draftId === null && (reason === 'restored' || reason === 'refused')) return null
  return (
    <Notice tone="info" what={t(`ending.what.${reason}`)} kept={draftId === null ? undefined : t('ending.draft')}>
      {draftId !== null && draftLink(draftId, t('ending.openDraft'))}
      <Button variant="subtle" onClick={onDismiss}>
        {t('ending.dismiss')}
      </Button>
    </Notice>
  )
}

/** Tells that somebody restored an earlier version while the text was open here. Nothing of it needs to be done. */
export function RestoredNotice({
  session,
  onVersions,
}: {
  session: DocumentSession
  onVersions: (() => void) | undefined
}) {
  const { t } = useTranslation('editor')
  if (!useStore(session.restored)) return null
  const dismiss = () => session.restored.set(false)
  const show = () => {
    dismiss()
    onVersions?.()
  }
  return (
    <Notice tone="info" what={t('restored.what')} kept={t('restored.kept')}>
      {onVersions && (
        <Button variant="default" onClick={show}>
          {t('restored.versions')}
        </Button>
      )}
      <Button variant="subtle" onClick={dismiss}>
        {t('ending.dismiss')}
      </Button>
    </Notice>
  )
}

/** Drafts made of copies that this device had kept from before. */
export function RecoveredNotices({ session, draftLink }: { session: DocumentSession; draftLink: DraftLink }) {
  const { t } = useTranslation('editor')
  return useStore(session.recovered).map((draftId) => (
    <Notice key={draftId} tone="info" what={t('ending.recovered')}>
      {draftLink(draftId, t('ending.openDraft'))}
    </Notice>
  ))
}
