import type { Plan } from '@cabildo/protocol/http/api'
import type { RecordPerson } from '@cabildo/protocol/http/record'
import { NativeSelect, TextInput } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { useLanguage } from '../../lib/language.ts'
import classes from './record-filters.module.css'
import type { RecordSearch } from './search.ts'
import { types, useTypeWords } from './use-type-words.ts'
import { WhoField } from './who-field.tsx'

interface FilterFieldsProps {
  plan: Plan
  people: readonly RecordPerson[]
  search: RecordSearch
  onChange: (change: RecordSearch) => void
}

/** The fields that choose what of the record is shown. */
export function FilterFields({ plan, people, search, onChange }: FilterFieldsProps) {
  const { t } = useTranslation('record')
  const typeWords = useTypeWords()
  const language = useLanguage()
  const all = { value: '', label: t('filter.all') }
  const titleOf = ({ title, number }: Plan['commitments'][number]) => `${number}. ${title}`
  const byName = (a: { label: string }, b: { label: string }) => a.label.localeCompare(b.label, language)
  return (
    <div className={classes.fields}>
      <WhoField people={people} value={search.who} onChange={(who) => onChange({ who })} />
      <NativeSelect
        label={t('filter.group')}
        value={search.group ?? ''}
        onChange={(event) => onChange({ group: event.currentTarget.value || undefined })}
        data={[all, ...plan.groups.map(({ id, name }) => ({ value: id, label: name })).sort(byName)]}
      />
      <NativeSelect
        label={t('filter.type')}
        value={search.type ?? ''}
        // The number of a version belongs to versions.
        onChange={(event) => onChange({ type: event.currentTarget.value || undefined, version: undefined })}
        data={[all, ...types.map((type) => ({ value: type, label: typeWords(type) }))]}
      />
      <NativeSelect
        label={t('filter.document')}
        value={search.document ?? ''}
        onChange={(event) => onChange({ document: event.currentTarget.value || undefined, version: undefined })}
        data={[all, ...plan.commitments.map((one) => ({ value: one.documentId, label: titleOf(one) }))]}
      />
      <TextInput
        type="date"
        label={t('filter.from')}
        value={search.from ?? ''}
        max={search.to}
        onChange={(event) => onChange({ from: event.currentTarget.value || undefined })}
      />
      <TextInput
        type="date"
        label={t('filter.to')}
        value={search.to ?? ''}
        min={search.from}
        onChange={(event) => onChange({ to: event.currentTarget.value || undefined })}
      />
      {search.version !== undefined && (
        <p className={classes.version}>{t('filter.version', { number: search.version })}</p>
      )}
    </div>
  )
}
