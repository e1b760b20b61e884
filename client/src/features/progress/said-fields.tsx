import { NativeSelect, Textarea } from '@mantine/core'
import { useTranslation } from 'react-i18next'

interface ChoiceProps<Value extends string> {
  label: string
  values: readonly Value[]
  value: Value
  wordsOf: (value: Value) => string
  onChange: (value: Value) => void
}

/** How far something is: one of a few values. */
export function Choice<Value extends string>({ label, values, value, wordsOf, onChange }: ChoiceProps<Value>) {
  return (
    <NativeSelect
      label={label}
      value={value}
      onChange={({ currentTarget }) => {
        const chosen = values.find((one) => one === currentTarget.value)
        if (chosen) onChange(chosen)
      }}
      data={values.map((one) => ({ value: one, label: wordsOf(one) }))}
    />
  )
}

interface PublicWordsProps {
  label: string
  value: string
  onChange: (words: string) => void
  /** It was to be sent: then it is told that there must be words. */
  tried: boolean
}

/** Words that everybody will read, and that must be there. */
export function PublicWords({ label, value, onChange, tried }: PublicWordsProps) {
  const { t } = useTranslation('progress')
  return (
    <Textarea
      label={label}
      description={t('public')}
      required
      autosize
      minRows={3}
      maxRows={8}
      maxLength={2000}
      value={value}
      error={tried && value.trim() === '' && t('needed')}
      onChange={({ currentTarget }) => onChange(currentTarget.value)}
    />
  )
}
