import { Button } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { useRefusalWords } from '../../lib/refusal-words.ts'
import { Notice } from '../../ui/notice.tsx'
import { Sheet } from '../../ui/sheet.tsx'
import classes from './account-menu.module.css'

interface UnsentSheetProps {
  texts: number
  pending: boolean
  error: Error | null
  onLeave: () => void
  onStay: () => void
}

/** Asked before somebody leaves edits behind that the server does not have. */
export function UnsentSheet({ texts, pending, error, onLeave, onStay }: UnsentSheetProps) {
  const { t } = useTranslation('common')
  const words = useRefusalWords()
  return (
    <Sheet
      title={t('signOut.title')}
      onClose={onStay}
      footer={
        <>
          <Button variant="default" loading={pending} onClick={onLeave}>
            {t('signOut.leave')}
          </Button>
          <Button onClick={onStay}>{t('signOut.stay')}</Button>
        </>
      }
    >
      <div className={classes.unsent}>
        <p>{t('signOut.what', { count: texts })}</p>
        <p>{t('signOut.kept')}</p>
        <p>{t('signOut.shared')}</p>
        {error && <Notice tone="problem" urgent {...words(error)} />}
      </div>
    </Sheet>
  )
}
