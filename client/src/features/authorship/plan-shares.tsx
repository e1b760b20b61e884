import type { PlanAuthorship } from '@cabildo/protocol/http/authorship'
import { useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { NotLoaded } from '../../ui/late/not-loaded.tsx'
import { Waiting } from '../../ui/waiting.tsx'
import { planAuthorshipQuery } from './api.ts'
import { Caveats } from './caveats.tsx'
import { BySector } from './document-shares.tsx'
import { type GroupMark, groupMarks, sharesOf } from './model.ts'
import { type ShareRow, Shares } from './shares.tsx'
import { useRestRow } from './use-rest-row.ts'
import classes from './written-view.module.css'

interface PlanSharesProps {
  slug: string
  /** A way into a commitment's text. */
  link: (commitment: PlanAuthorship['commitments'][number], words: string) => ReactNode
}

/** The shares of a whole plan by group and sector, and of each commitment. */
export function PlanShares({ slug, link }: PlanSharesProps) {
  const { t } = useTranslation('authorship')
  const { data, error, refetch } = useQuery(planAuthorshipQuery(slug))
  if (error) {
    return <NotLoaded error={error} urgent onRetry={() => void refetch()} />
  }
  return (
    <div className={classes.written}>
      <h1>{t('plan.title')}</h1>
      <p>{t('plan.what')}</p>
      {data ? <Parts told={data} link={link} /> : <Waiting />}
      <Caveats />
    </div>
  )
}

function Parts({ told, link }: { told: PlanAuthorship; link: PlanSharesProps['link'] }) {
  const { t } = useTranslation('authorship')
  const { t: common } = useTranslation('common')
  const restRow = useRestRow()
  const marks = groupMarks(told.groups)
  if (told.groups.length === 0 && told.rest.proposed === 0) return <p>{t('none')}</p>
  const groups = told.groups.map(
    (group): ShareRow => ({
      ...group,
      key: group.id,
      mark: marks.get(group.id),
      about: common(`sector.${group.sector}`),
    }),
  )
  return (
    <>
      <Shares title={t('byGroup')} rows={[...groups, ...restRow(told.rest)]} />
      <BySector groups={told.groups} rest={told.rest} />
      {told.commitments.map((commitment) => {
        const name = t('plan.commitment', { number: commitment.number, title: commitment.title })
        return (
          <section key={commitment.id} className={classes.field} aria-label={name}>
            <h2>{name}</h2>
            <Shares title={name} rows={rowsOf(commitment, told, marks, restRow)} />
            <div>{link(commitment, t('plan.open'))}</div>
          </section>
        )
      })}
    </>
  )
}

function rowsOf(
  { parts }: PlanAuthorship['commitments'][number],
  { groups }: PlanAuthorship,
  marks: ReadonlyMap<string, GroupMark>,
  restRow: ReturnType<typeof useRestRow>,
): ShareRow[] {
  const shares = sharesOf(parts)
  const rest = shares.find(({ groupId }) => groupId === null)
  const ofGroups = groups.flatMap(({ id, name }): ShareRow[] => {
    const part = shares.find(({ groupId }) => groupId === id)
    return part ? [{ ...part, key: id, mark: marks.get(id), name }] : []
  })
  return rest ? [...ofGroups, ...restRow(rest)] : ofGroups
}
