import { readReceiptCode, receiptCodeLength } from '@cabildo/protocol/receipt-code'
import { Button, TextInput } from '@mantine/core'
import { type FormEvent, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { givenOf, isMeantAsProof } from './paper-proof.ts'
import classes from './receipts.module.css'

interface ReceiptCodeFormProps {
  pending: boolean
  /** A code, or what is meant as a proof. */
  onCode: (given: string) => void
}

/** One field for the code on a receipt: any letters, dashes and spaces will do, and so does the address of either QR. */
export function ReceiptCodeForm({ pending, onCode }: ReceiptCodeFormProps) {
  const { t } = useTranslation('receipts')
  const input = useRef<HTMLInputElement>(null)
  const [typed, setTyped] = useState('')
  const [fault, setFault] = useState<string>()

  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (pending) return
    const given = givenOf(typed)
    const code = isMeantAsProof(given) ? given : readReceiptCode(given)
    setFault(code === undefined ? t('start.strange', { length: receiptCodeLength }) : undefined)
    if (code === undefined) input.current?.focus()
    else onCode(code)
  }

  return (
    <form className={classes.form} onSubmit={submit} noValidate>
      <TextInput
        ref={input}
        className={classes.codeField}
        label={t('start.label')}
        description={t('start.help')}
        placeholder="7QKX-2M4T-9HJ3"
        value={typed}
        onChange={({ currentTarget }) => setTyped(currentTarget.value)}
        error={fault}
        maxLength={5000}
        autoComplete="off"
        autoCapitalize="characters"
        autoCorrect="off"
        spellCheck={false}
        enterKeyHint="go"
      />
      <Button type="submit" loading={pending}>
        {t('start.submit')}
      </Button>
    </form>
  )
}
