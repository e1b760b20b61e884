import type { RecordPerson } from '@cabildo/protocol/http/record'
import { Select } from '@mantine/core'
import '@mantine/core/styles/CloseButton.layer.css'
import '@mantine/core/styles/Combobox.layer.css'
import '@mantine/core/styles/Popover.layer.css'
import '@mantine/core/styles/ScrollArea.layer.css'
import { useTranslation } from 'react-i18next'
import { useLanguage } from '../../lib/language.ts'
import { usePersonWords } from '../../ui/person-words.ts'
import { isCalled, whoOptions } from './model.ts'
import classes from './record-filters.module.css'

interface WhoFieldProps {
  people: readonly RecordPerson[]
  /** The pseudonym that is chosen. */
  value: string | undefined
  onChange: (pid: string | undefined) => void
}

/** Chooses somebody of the record by name, typed or looked through. Who is shown without a name is not offered. */
export function WhoField({ people, value, onChange }: WhoFieldProps) {
  const { t } = useTranslation('record')
  const nameOf = usePersonWords()
  const language = useLanguage()
  const options = whoOptions(people, nameOf, language)
  // An address may name somebody who is not offered; it still says that not everybody is shown.
  const isOffered = value === undefined || options.some((option) => option.value === value)
  return (
    <Select
      label={t('filter.who')}
      placeholder={t('filter.everybody')}
      value={value ?? null}
      onChange={(pid) => onChange(pid ?? undefined)}
      data={isOffered ? options : [...options, { value, label: t('filter.unnamed') }]}
      searchable
      clearable
      clearButtonProps={{ 'aria-label': t('filter.everybody') }}
      nothingFoundMessage={t('filter.nobody')}
      // Escape closes the list; only then the sheet it stands in.
      onKeyDown={(event) => {
        if (event.key === 'Escape' && event.currentTarget.ariaExpanded === 'true') event.preventDefault()
      }}
      // What scrolls is the list itself: the box around it would have to be reached by Tab.
      withScrollArea={false}
      classNames={{ options: classes.names }}
      filter={({ options: all, search }) => all.filter((option) => 'label' in option && isCalled(option.label, search))}
      // In a sheet the list belongs to it, or it would lie under it.
      comboboxProps={{ withinPortal: false }}
    />
  )
}
