import type { Plan } from '@cabildo/protocol/http/api'
import type { SearchGroup } from '@cabildo/protocol/http/search'
import { Button } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { backToPlan } from '../../lib/text-address.ts'
import { NotLoaded } from '../../ui/late/not-loaded.tsx'
import { PageHead } from '../../ui/late/page-head.tsx'
import { Bone, Waiting } from '../../ui/waiting.tsx'
import { useFound } from './api.ts'
import { FoundItem } from './found-item.tsx'
import { type FindSearch, filterNames } from './search.ts'
import { SearchFilters } from './search-filters.tsx'
import { SearchForm } from './search-form.tsx'
import classes from './search-view.module.css'

interface SearchViewProps {
  plan: Plan
  search: FindSearch
  /** Looks for something else; with `replace` in the same place of the browser's history. */
  onSearch: (next: FindSearch, options?: { replace?: boolean }) => void
}

/** Finding something in a plan by its words: what to look for, where, and what was found, kind by kind. */
export function SearchView({ plan, search, onSearch }: SearchViewProps) {
  const { t } = useTranslation('search')
  const found = useFound(plan.slug, search)
  return (
    <div className={classes.page}>
      <PageHead {...backToPlan(plan)} title={t('title')} />
      <SearchForm words={search.q ?? ''} onSearch={(q) => onSearch({ ...search, q })} />
      {search.q === undefined ? (
        <p className={classes.measure}>{t('start')}</p>
      ) : (
        <>
          <SearchFilters plan={plan} search={search} onSearch={(next) => onSearch(next, { replace: true })} />
          <Results plan={plan} search={search} found={found} onSearch={onSearch} />
        </>
      )}
    </div>
  )
}

/** What is known of the answer by now: it is on its way, did not come, is nothing, or stands here. */
function Results({
  plan,
  search,
  found: { data, error, refetch, hasNextPage, isFetchingNextPage, fetchNextPage },
  onSearch,
}: SearchViewProps & { found: ReturnType<typeof useFound> }) {
  const { t } = useTranslation('search')
  if (!data) {
    if (!error) return <Waiting skeleton={<Bone height="16rem" />} />
    return <NotLoaded error={error} urgent onRetry={() => void refetch()} />
  }
  const groups = data.filter(({ items }) => items.length > 0)
  const isFiltered = filterNames.some((name) => search[name] !== undefined)
  return (
    <>
      <Told groups={groups} q={search.q ?? ''} isFiltered={isFiltered} />
      {groups.map((group) => (
        <Group key={group.kind} group={group} slug={plan.slug}>
          {search.kind === undefined && group.found > group.items.length && (
            <div>
              <Button variant="default" onClick={() => onSearch({ ...search, kind: group.kind })}>
                {t(`all.${group.kind}`)}
              </Button>
            </div>
          )}
          {hasNextPage && (
            <div>
              <Button variant="default" loading={isFetchingNextPage} onClick={() => void fetchNextPage()}>
                {t('more')}
              </Button>
            </div>
          )}
          {search.kind !== undefined && !hasNextPage && group.more && (
            <p className={classes.soft}>{t('newest', { count: group.found })}</p>
          )}
        </Group>
      ))}
    </>
  )
}

/** How many were found; said aloud when the answer is there. */
function Told({ groups, q, isFiltered }: { groups: readonly SearchGroup[]; q: string; isFiltered: boolean }) {
  const { t } = useTranslation('search')
  const count = groups.reduce((sum, { found }) => sum + found, 0)
  const some = t(groups.some(({ more }) => more) ? 'foundMore' : 'found', { count })
  return (
    <div className={classes.measure}>
      <p role="status">{count > 0 ? some : t(isFiltered ? 'noneFiltered' : 'none', { q })}</p>
      {count === 0 && <p>{t('again')}</p>}
    </div>
  )
}

function Group({ group, slug, children }: { group: SearchGroup; slug: string; children: React.ReactNode }) {
  const { t } = useTranslation('search')
  const { kind, found, more, items } = group
  return (
    <section className={classes.group} aria-labelledby={`found-${kind}`}>
      <h2 id={`found-${kind}`}>
        {t(`kind.${kind}`)} <span className={classes.count}>{more ? `${found}+` : found}</span>
      </h2>
      {/* biome-ignore lint/a11y/noRedundantRoles: some screen readers drop the list where CSS removes the marker */}
      <ol className={classes.items} role="list">
        {items.map((item, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: an answer is drawn once, in its order
          <li key={index} className={classes.item}>
            <FoundItem item={item} slug={slug} />
          </li>
        ))}
      </ol>
      {children}
    </section>
  )
}
