import type { Workshop } from '@cabildo/protocol/http/workshops'
import { NativeSelect } from '@mantine/core'
import { useTranslation } from 'react-i18next'

interface TableChoiceProps {
  label: string
  className?: string | undefined
  tables: readonly Pick<Workshop['tables'][number], 'id' | 'name'>[]
  /** The id of a table, or nothing. */
  value: string
  onChange: (tableId: string) => void
}

/** At which table of a workshop somebody sits, or at none; nothing where there are no tables. */
export function TableChoice({ label, className, tables, value, onChange }: TableChoiceProps) {
  const { t } = useTranslation('workshops')
  if (tables.length === 0) return null
  return (
    <NativeSelect
      label={label}
      {...(className !== undefined && { className })}
      value={value}
      onChange={({ currentTarget }) => onChange(currentTarget.value)}
      data={[{ value: '', label: t('join.noTable') }, ...tables.map(({ id, name }) => ({ value: id, label: name }))]}
    />
  )
}
