import { Button } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { useRefusalWords } from '../../lib/refusal-words.ts'
import type { DocumentSession } from '../../sync/session.ts'
import type { DraftReason, Ending } from '../../sync/settle.ts'
import { useStore } from '../../sync/use-store.ts'
import { Notice } from '../../ui/notice.tsx'

/** Makes a link to a kept draft; the page knows where drafts are read. */
export type DraftLink = (draftId: string, words: string) => React.ReactNode

/** What to say in place of «sign in again» to somebody who has no account. `kept` is given when edits wait here. */
export type Farewell = (kept: string | undefined, download: React.ReactNode) => React.ReactNode

interface EndingNoticeProps {
  session: DocumentSession
  onSignIn: () => void
  farewell?: Farewell | undefined
}

/** Why the text cannot go on, what was kept, and what to do. Nothing while all is well. */
export function EndingNotice({ session, onSignIn, farewell }: EndingNoticeProps) {
  const { t } = useTranslation('editor')
  // Here already where somebody types for somebody: that began with these words.
  const { t: behalfWords } = useTranslation('behalf')
  const words = useRefusalWords()
  const ending = useStore(session.ending)
  const { pending } = useStore(session.status)
  const download = (
    <Button variant="default" onClick={() => void downloadText(session)}>
      {t('ending.download')}
    </Button>
  )
  // Nothing typed for somebody is kept on this device.
  const { behalf } = session
  const whereItIs = behalf ? behalfWords('onlyHere', { name: behalf.name }) : t('ending.kept')
  const kept = pending > 0 ? whereItIs : undefined
  const rescue = pending > 0 && behalf && download
  switch (ending?.kind) {
    case 'handingIn':
      return pending > 0 ? (
        <Notice tone="info" what={t(`ending.what.${ending.reason}`)} kept={t('ending.handingIn')} />
      ) : null
    case 'stuck':
      return (
        <Notice
          tone="problem"
          urgent
          what={
            <>
              {t(`ending.what.${ending.reason}`)} {words(ending.error).what}
            </>
          }
          kept={whereItIs}
          todo={t('ending.stuck')}
        >
          <Button onClick={session.settleAgain}>{t('ending.again')}</Button>
          {download}
        </Notice>
      )
    case 'newProgram':
      return (
        <Notice tone="care" urgent what={t('ending.newProgram')} kept={kept} todo={t('ending.reloadTodo')}>
          <Button onClick={() => window.location.reload()}>{t('ending.reload')}</Button>
          {rescue}
        </Notice>
      )
    case 'gone':
      return (
        <Notice tone="problem" urgent what={t('ending.gone')} kept={kept}>
          {pending > 0 && download}
        </Notice>
      )
    case 'signIn':
      if (farewell) return farewell(kept, pending > 0 && download)
      return (
        <Notice tone="care" urgent what={t('ending.signIn')} kept={kept} todo={t('ending.signInTodo')}>
          <Button onClick={onSignIn}>{t('ending.signInButton')}</Button>
          {rescue}
        </Notice>
      )
    default:
      return null
  }
}

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

/** Says whether an ending leads to opening the text anew. */
export const isAgain = (ending: Ending | null): ending is Extract<Ending, { kind: 'again' }> => ending?.kind === 'again'

/** Gives the person their text as a plain file: readable anywhere, whatever becomes of us. */
async function downloadText(session: DocumentSession): Promise<void> {
  const [{ contentOf }, { plainText }] = await Promise.all([
    import('@cabildo/schema/content'),
    import('@cabildo/schema/text'),
  ])
  const file = new Blob([plainText(contentOf(session.doc))], { type: 'text/plain;charset=utf-8' })
  const link = document.createElement('a')
  link.href = URL.createObjectURL(file)
  link.download = `cabildo-${new Date().toISOString().slice(0, 10)}.txt`
  link.click()
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000)
}
