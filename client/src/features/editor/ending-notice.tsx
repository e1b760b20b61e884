import { Button } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { useRefusalWords } from '../../lib/refusal-words.ts'
import type { DocumentSession } from '../../sync/session.ts'
import type { Ending } from '../../sync/settle.ts'
import { useStore } from '../../sync/use-store.ts'
import { Notice } from '../../ui/notice.tsx'

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
  const waits = useStore(session.status, ({ pending }) => ending !== null && pending > 0)
  const download = (
    <Button variant="default" onClick={() => void downloadText(session)}>
      {t('ending.download')}
    </Button>
  )
  // Nothing typed for somebody is kept on this device.
  const { behalf } = session
  const whereItIs = behalf ? behalfWords('onlyHere', { name: behalf.name }) : t('ending.kept')
  const kept = waits ? whereItIs : undefined
  const rescue = waits && behalf && download
  switch (ending?.kind) {
    case 'handingIn':
      return waits ? <Notice tone="info" what={t(`ending.what.${ending.reason}`)} kept={t('ending.handingIn')} /> : null
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
          {waits && download}
        </Notice>
      )
    case 'signIn':
      if (farewell) return farewell(kept, waits && download)
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
