import type { Plan } from '@cabildo/protocol/http/api'
import type { RecordPerson } from '@cabildo/protocol/http/record'
import { useTranslation } from 'react-i18next'
import { Filters } from '../../ui/late/filters.tsx'
import { FilterFields } from './filter-fields.tsx'
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
  const count = filterNames.filter((name) => search[name] !== undefined).length
  return (
    <Filters
      count={count}
      onClear={() => onSearch({}, { replace: true })}
      words={{
        ...{ title: t('filter.title'), open: t('filter.open'), openCount: t('filter.openCount', { count }) },
        ...{ show: t('filter.show'), clear: t('filter.clear') },
      }}
    >
      <FilterFields
        plan={plan}
        people={people}
        search={search}
        onChange={(change) => onSearch({ ...search, ...change, entry: undefined }, { replace: true })}
      />
    </Filters>
  )
}
