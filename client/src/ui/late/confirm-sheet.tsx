import { Button } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { useRefusalWords } from '../../lib/refusal-words.ts'
import { Notice } from '../notice.tsx'
import { Sheet } from '../sheet.tsx'
import classes from './confirm-sheet.module.css'

interface ConfirmSheetProps {
  title: React.ReactNode
  /** What the button that does it is called. */
  button: React.ReactNode
  /** How it goes with doing it. What went wrong is said at the end, unless `refusal` says it. */
  doing: { isPending: boolean; error: Error | null }
  onConfirm: () => void
  onClose: () => void
  /** Asked by the button that gives up; `onClose` unless told otherwise. */
  onCancel?: () => void
  /** Why it was refused, in this question's own way; null where it has nothing to say. */
  refusal?: React.ReactNode
  /** It takes something away. */
  danger?: boolean
  /** What will happen. */
  children: React.ReactNode
}

/** Asks once more before something is done. What leaves all as it is has the focus. */
export function ConfirmSheet({
  title,
  button,
  doing,
  onConfirm,
  onClose,
  onCancel = onClose,
  refusal,
  danger = false,
  children,
}: ConfirmSheetProps) {
  const { t } = useTranslation('common')
  const words = useRefusalWords()
  const usual = () => doing.error && <Notice tone="problem" urgent {...words(doing.error)} />
  return (
    <Sheet
      title={title}
      onClose={onClose}
      footer={
        <>
          <Button variant="default" onClick={onCancel} data-autofocus>
            {t('cancel')}
          </Button>
          <Button loading={doing.isPending} onClick={onConfirm} {...(danger && { color: 'danger' })}>
            {button}
          </Button>
        </>
      }
    >
      <div className={classes.what}>
        {children}
        {refusal === undefined ? usual() : refusal}
      </div>
    </Sheet>
  )
}
