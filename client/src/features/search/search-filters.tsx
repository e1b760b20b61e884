import type { Plan } from '@cabildo/protocol/http/api'
import { NativeSelect, TextInput } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { Filters } from '../../ui/late/filters.tsx'
import { type FindSearch, filterNames, kinds } from './search.ts'
import classes from './search-view.module.css'

interface SearchFiltersProps {
  plan: Plan
  search: FindSearch
  onSearch: (next: FindSearch) => void
}

/** Where to look: fields over the list on desks, in a sheet on phones. Every choice stands in the address. */
export function SearchFilters({ plan, search, onSearch }: SearchFiltersProps) {
  const { t } = useTranslation('search')
  const count = filterNames.filter((name) => search[name] !== undefined).length
  return (
    <Filters
      count={count}
      onClear={() => onSearch({ q: search.q })}
      words={{
        ...{ title: t('filter.title'), open: t('filter.open'), openCount: t('filter.openCount', { count }) },
        ...{ show: t('filter.show'), clear: t('filter.clear') },
      }}
    >
      <Fields plan={plan} search={search} onSearch={onSearch} />
    </Filters>
  )
}

function Fields({ plan, search, onSearch }: SearchFiltersProps) {
  const { t } = useTranslation('search')
  const all = { value: '', label: t('filter.all') }
  const change = (part: FindSearch) => onSearch({ ...search, ...part })
  return (
    <div className={classes.fields}>
      <NativeSelect
        label={t('filter.kind')}
        value={search.kind ?? ''}
        onChange={({ currentTarget: { value } }) => change({ kind: kinds.find((kind) => kind === value) })}
        data={[all, ...kinds.map((kind) => ({ value: kind, label: t(`kind.${kind}`) }))]}
      />
      <NativeSelect
        label={t('filter.document')}
        value={search.document ?? ''}
        onChange={(event) => change({ document: event.currentTarget.value || undefined })}
        data={[
          all,
          ...plan.commitments.map(({ documentId, number, title }) => ({
            value: documentId,
            label: `${number}. ${title}`,
          })),
        ]}
      />
      <TextInput
        type="date"
        label={t('filter.from')}
        value={search.from ?? ''}
        max={search.to}
        onChange={(event) => change({ from: event.currentTarget.value || undefined })}
      />
      <TextInput
        type="date"
        label={t('filter.to')}
        value={search.to ?? ''}
        min={search.from}
        onChange={(event) => change({ to: event.currentTarget.value || undefined })}
      />
    </div>
  )
}
