import { Button } from '@mantine/core'
import { useId } from 'react'
import { useTranslation } from 'react-i18next'
import { useRefusalWords } from '../../lib/refusal-words.ts'
import { Notice } from '../notice.tsx'
import { Sheet } from '../sheet.tsx'
import classes from './form-sheet.module.css'

interface FormSheetProps {
  title: React.ReactNode
  /** What the button that sends is called. */
  button: React.ReactNode
  /** How it goes with sending. What went wrong is said below the fields, unless `refusal` says it. */
  sending: { isPending: boolean; error: Error | null }
  /** Asked by the button and by Enter; whether the fields are good is its own to see. */
  onSend: () => void | Promise<void>
  onClose: () => void
  /** Asked by the button that gives up; `onClose` unless told otherwise. */
  onCancel?: () => void
  /** Why it was refused, in this form's own way; null where it has nothing to say. */
  refusal?: React.ReactNode
  /** It takes something away. */
  danger?: boolean
  /** It cannot be sent now. */
  disabled?: boolean
  children: React.ReactNode
}

/** Fields in a sheet, what gives up and what sends them below, and why they were refused. */
export function FormSheet({
  title,
  button,
  sending,
  onSend,
  onClose,
  onCancel = onClose,
  refusal,
  danger = false,
  disabled = false,
  children,
}: FormSheetProps) {
  const { t } = useTranslation('common')
  const words = useRefusalWords()
  const formId = useId()
  const usual = () => sending.error && <Notice tone="problem" urgent {...words(sending.error)} />
  return (
    <Sheet
      title={title}
      onClose={onClose}
      footer={
        <>
          <Button variant="default" onClick={onCancel}>
            {t('cancel')}
          </Button>
          <Button
            type="submit"
            form={formId}
            loading={sending.isPending}
            disabled={disabled}
            {...(danger && { color: 'danger' })}
          >
            {button}
          </Button>
        </>
      }
    >
      <form
        id={formId}
        className={classes.form}
        onSubmit={(event) => {
          event.preventDefault()
          void onSend()
        }}
        noValidate
      >
        {children}
        {refusal === undefined ? usual() : refusal}
      </form>
    </Sheet>
  )
}
