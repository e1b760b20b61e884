import type { GroupDetail } from '@cabildo/protocol/http/people'
import { Button } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { NotLoaded } from '../../ui/late/not-loaded.tsx'
import { SectorTag } from '../../ui/sector-tag.tsx'
import { Bone, Waiting } from '../../ui/waiting.tsx'
import { groupsQuery } from './api.ts'
import { GroupSheet } from './group-sheet.tsx'
import classes from './groups-part.module.css'
import partClasses from './people-view.module.css'

interface GroupsPartProps {
  slug: string
  /** May add a group. */
  adds: boolean
  /** May change groups and say how to reach them. */
  manages: boolean
}

/** The stakeholder groups of a plan; added by those who run workshops, changed by those who manage it. */
export function GroupsPart({ slug, adds, manages }: GroupsPartProps) {
  const { t } = useTranslation('people')
  const groups = useQuery(groupsQuery(slug))
  const [open, setOpen] = useState<GroupDetail | 'new'>()
  if (!groups.data) {
    if (!groups.error) return <Waiting skeleton={<Bone height="12rem" />} />
    return <NotLoaded error={groups.error} urgent onRetry={() => void groups.refetch()} />
  }
  return (
    <section className={partClasses.section} aria-label={t('parts.groups')}>
      <div className={partClasses.bar}>
        <p className={partClasses.soft}>{t('groups.lead')}</p>
        {adds && (
          <Button leftSection={<IconPlus size={20} aria-hidden />} onClick={() => setOpen('new')}>
            {t('groups.add')}
          </Button>
        )}
      </div>
      {groups.data.length === 0 && <p>{t('groups.none')}</p>}
      <ul className={classes.groups}>
        {groups.data.map((group) => (
          <li key={group.id} className={partClasses.card}>
            <h2 className={classes.name}>{group.name}</h2>
            <span className={partClasses.chips}>
              <SectorTag sector={group.sector} />
              <span>{t(`kind.${group.kind}`)}</span>
            </span>
            <p className={partClasses.soft}>
              {t('groups.members', { count: group.members })}
              {group.territory && <> · {group.territory}</>}
            </p>
            {group.contact && (
              <p className={classes.contact}>
                <span className={partClasses.soft}>{t('groups.contact')}:</span> {group.contact}
              </p>
            )}
            {manages && (
              <div>
                <Button variant="default" onClick={() => setOpen(group)}>
                  {t('change')}
                  <span className="cb-hidden">: {group.name}</span>
                </Button>
              </div>
            )}
          </li>
        ))}
      </ul>
      {open && <GroupSheet slug={slug} group={open === 'new' ? undefined : open} onClose={() => setOpen(undefined)} />}
    </section>
  )
}
