import type { Plan } from '@cabildo/protocol/http/api'
import type { RecordPerson } from '@cabildo/protocol/http/record'
import { Button } from '@mantine/core'
import { useMediaQuery } from '@mantine/hooks'
import { IconFilter } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Sheet } from '../../ui/sheet.tsx'
import { FilterFields } from './filter-fields.tsx'
import classes from './record-filters.module.css'
import { filterNames, type RecordSearch } from './search.ts'

interface RecordFiltersProps {
  plan: Plan
  people: readonly RecordPerson[]
  search: RecordSearch
  onSearch: (next: RecordSearch, options?: { replace?: boolean }) => void
}

/** What to show of the record: fields over the list on desks, in a sheet on phones. Every choice stands in the address. */
export function RecordFilters({ plan, people, search, onSearch }: RecordFiltersProps) {
  const { t } = useTranslation('record')
  const isWide = useMediaQuery('(min-width: 48em)', undefined, { getInitialValueInEffect: false })
  const [isOpen, setOpen] = useState(false)
  const count = filterNames.filter((name) => search[name] !== undefined).length
  const fields = (
    <FilterFields
      plan={plan}
      people={people}
      search={search}
      onChange={(change) => onSearch({ ...search, ...change, entry: undefined }, { replace: true })}
    />
  )
  const clear = count > 0 && (
    <Button variant="subtle" onClick={() => onSearch({}, { replace: true })}>
      {t('filter.clear')}
    </Button>
  )
  if (isWide) {
    return (
      <search className={classes.filters} aria-label={t('filter.title')}>
        {fields}
        {clear && <div>{clear}</div>}
      </search>
    )
  }
  return (
    <div className={classes.bar}>
      <Button variant="default" leftSection={<IconFilter aria-hidden size={20} />} onClick={() => setOpen(true)}>
        {count > 0 ? t('filter.openCount', { count }) : t('filter.open')}
      </Button>
      {clear}
      {isOpen && (
        <Sheet
          title={t('filter.title')}
          onClose={() => setOpen(false)}
          footer={<Button onClick={() => setOpen(false)}>{t('filter.show')}</Button>}
        >
          {fields}
        </Sheet>
      )}
    </div>
  )
}
