import type { Plan } from '@cabildo/protocol/http/api'
import { Button } from '@mantine/core'
import { IconDownload, IconShieldCheck } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { backToPlan } from '../../lib/text-address.ts'
import { NotLoaded } from '../../ui/late/not-loaded.tsx'
import { PageHead } from '../../ui/late/page-head.tsx'
import { Notice } from '../../ui/notice.tsx'
import { Bone, Waiting } from '../../ui/waiting.tsx'
import { bundleAddress, recordPeopleQuery, useRecord } from './api.ts'
import { Disagreement } from './disagreement.tsx'
import { ProofSheet } from './proof-sheet.tsx'
import { RecordFilters } from './record-filters.tsx'
import { RecordList } from './record-list.tsx'
import classes from './record-view.module.css'
import { filterNames, type RecordSearch } from './search.ts'
import { useTelling } from './use-telling.ts'

interface RecordViewProps {
  plan: Plan
  search: RecordSearch
  /** Goes to another view of the record; with `replace` in the same place of the browser's history. */
  onSearch: (next: RecordSearch, options?: { replace?: boolean }) => void
}

/** The record of a plan as people read it: what happened, newest first, found by who, group, kind, text and day. */
export function RecordView({ plan, search, onSearch }: RecordViewProps) {
  const { slug, groups } = plan
  const { t } = useTranslation('record')
  const people = useQuery(recordPeopleQuery(slug))
  const known = useMemo(() => new Map((people.data ?? []).map(({ pid, person }) => [pid, person])), [people.data])
  const record = useRecord(slug, search)
  const telling = useTelling({ people: known, groups })
  const items = record.data ?? []
  const entry = search.entry === 'first' ? items[0]?.seq : search.entry
  const opened = items.find(({ seq }) => seq === entry)

  return (
    <div className={classes.page}>
      <PageHead {...backToPlan(plan)} title={t('title')}>
        <p>{t('lead')}</p>
        <ul className={classes.ways}>
          <li>
            <Link to="/help/record" className={classes.link}>
              {t('why')}
            </Link>
          </li>
          <li>
            <a href={bundleAddress(slug)} download className={classes.link}>
              <IconDownload aria-hidden size={20} />
              {t('bundle')}
            </a>
          </li>
          <li>
            <Link to="/verificar" className={classes.link}>
              <IconShieldCheck aria-hidden size={20} />
              {t('verifyFile')}
            </Link>
          </li>
        </ul>
      </PageHead>
      <Disagreement slug={slug} />
      <RecordFilters plan={plan} people={people.data ?? []} search={search} onSearch={onSearch} />
      <Entries record={record} isFiltered={filterNames.some((name) => search[name] !== undefined)}>
        <RecordList items={items} telling={telling} search={search} slug={slug} />
      </Entries>
      {entry !== undefined && (
        <ProofSheet
          key={entry}
          slug={slug}
          plan={plan}
          seq={entry}
          sentence={opened && telling.sentence(opened)}
          onClose={() => onSearch({ ...search, entry: undefined }, { replace: true })}
        />
      )}
    </div>
  )
}

interface EntriesProps {
  record: ReturnType<typeof useRecord>
  isFiltered: boolean
  children: React.ReactNode
}

/** What is known of the entries by now: they are on their way, did not come, are none, or stand here. */
function Entries({ record, isFiltered, children }: EntriesProps) {
  const { t } = useTranslation('record')
  const { data, error, refetch, hasNextPage, isFetchingNextPage, fetchNextPage } = record
  if (!data) {
    if (!error) return <Waiting skeleton={<Bone height="16rem" />} />
    return <NotLoaded error={error} urgent onRetry={() => void refetch()} />
  }
  return (
    <>
      {error && <Notice tone="care" what={t('stale')} />}
      <p role="status" className={data.length === 0 ? undefined : 'cb-hidden'}>
        {data.length === 0 && t(isFiltered ? 'none' : 'noneYet')}
      </p>
      {children}
      {hasNextPage && (
        <div>
          <Button variant="default" loading={isFetchingNextPage} onClick={() => void fetchNextPage()}>
            {t('older')}
          </Button>
        </div>
      )}
    </>
  )
}
