import type { Authorship } from '@cabildo/protocol/http/authorship'
import { useTranslation } from 'react-i18next'
import { type GroupMark, sectorMark, sectorShares } from './model.ts'
import { type ShareRow, Shares } from './shares.tsx'
import { useRestRow } from './use-rest-row.ts'
import classes from './written-view.module.css'

/** The shares of a document by group, which is also the key to its colours, and by sector. */
export function DocumentShares({ told, marks }: { told: Authorship; marks: ReadonlyMap<string, GroupMark> }) {
  const { t } = useTranslation('authorship')
  const { t: common } = useTranslation('common')
  const restRow = useRestRow()
  if (told.groups.length === 0 && told.rest.proposed === 0) return <p>{t('none')}</p>
  const groups: ShareRow[] = told.groups.map((group) => ({
    ...group,
    key: group.id,
    mark: marks.get(group.id),
    about: [
      common(`sector.${group.sector}`),
      group.people === null ? t('people.hidden') : t('people.count', { count: group.people }),
    ].join(' · '),
  }))
  return (
    <>
      <Shares title={t('byGroup')} rows={[...groups, ...restRow(told.rest)]} />
      <BySector groups={told.groups} rest={told.rest} />
    </>
  )
}

/** The same shares by sector, folded away: where every sector is one group they say nothing new. */
export function BySector({ groups, rest }: Pick<Authorship, 'rest'> & { groups: Parameters<typeof sectorShares>[0] }) {
  const { t } = useTranslation('authorship')
  const { t: common } = useTranslation('common')
  const restRow = useRestRow()
  const rows = sectorShares(groups, rest).flatMap(({ sector, ...numbers }): ShareRow[] => {
    if (sector === null) return restRow(numbers)
    const name = common(`sector.${sector}`)
    return [{ ...numbers, key: sector, name, mark: sectorMark(sector, name) }]
  })
  return (
    <details className={classes.more}>
      <summary>{t('bySector')}</summary>
      <div className={classes.inside}>
        <Shares title={t('bySector')} rows={rows} />
      </div>
    </details>
  )
}
