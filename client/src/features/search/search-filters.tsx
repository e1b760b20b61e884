import type { Plan } from '@cabildo/protocol/http/api'
import { Button, NativeSelect, TextInput } from '@mantine/core'
import { useMediaQuery } from '@mantine/hooks'
import { IconFilter } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Sheet } from '../../ui/sheet.tsx'
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
  const isWide = useMediaQuery('(min-width: 48em)', undefined, { getInitialValueInEffect: false })
  const [isOpen, setOpen] = useState(false)
  const count = filterNames.filter((name) => search[name] !== undefined).length
  const fields = <Fields plan={plan} search={search} onSearch={onSearch} />
  const clear = count > 0 && (
    <Button variant="subtle" onClick={() => onSearch({ q: search.q })}>
      {t('filter.clear')}
    </Button>
  )
  if (isWide) {
    return (
      <section className={classes.filters} aria-label={t('filter.title')}>
        {fields}
        {clear && <div>{clear}</div>}
      </section>
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
