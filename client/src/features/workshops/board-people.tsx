import type { Person } from '@cabildo/protocol/http/common'
import type { ParticipantItem, Workshop } from '@cabildo/protocol/http/workshops'
import type { GroupId } from '@cabildo/protocol/ids'
import { Button, TextInput } from '@mantine/core'
import { IconDeviceMobile, IconMicrophoneOff } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useLanguage } from '../../lib/language.ts'
import { useRefusalWords } from '../../lib/refusal-words.ts'
import { Notice } from '../../ui/notice.tsx'
import { PersonBadge } from '../../ui/person-badge.tsx'
import { StatusChip } from '../../ui/status-chip.tsx'
import { AddPerson } from './add-person.tsx'
import { useWorkshopActions } from './api.ts'
import classes from './board.module.css'
import { isFound, sharedPhones, sortedPeople } from './model.ts'
import { ParticipantSheet } from './participant-sheet.tsx'

interface BoardPeopleProps {
  slug: string
  workshop: Workshop
  groups: readonly { id: GroupId; name: string }[]
  addGroup: React.ReactNode
}

/** From how many people on they can be searched. */
const many = 9

/** Who is in the workshop, by name; each opens what may be done about them. */
export function BoardPeople({ slug, workshop, groups, addGroup }: BoardPeopleProps) {
  const { t } = useTranslation('workshops')
  const language = useLanguage()
  const [search, setSearch] = useState('')
  const [shownId, setShownId] = useState<string>()
  const { here, out } = sortedPeople(workshop.participants, language)
  const shared = sharedPhones(here)
  const found = here.filter(({ name, group }) => isFound(`${name} ${group?.name ?? ''}`, search))
  const shown = workshop.participants.find(({ userId }) => userId === shownId)

  return (
    <section className={classes.people} aria-labelledby="people">
      <h2 id="people">{t(workshop.closedAt ? 'board.whoWere' : 'board.who')}</h2>
      {here.length === 0 && (
        <p className={classes.soft}>{t(workshop.closedAt ? 'board.nobodyCame' : 'board.nobody')}</p>
      )}
      {here.length >= many && (
        <TextInput
          type="search"
          aria-label={t('board.search')}
          placeholder={t('board.search')}
          value={search}
          onChange={({ currentTarget }) => setSearch(currentTarget.value)}
          className={classes.search}
        />
      )}
      {/* The marker is drawn by us; some screen readers drop the list where CSS removes the marker. */}
      {/* biome-ignore lint/a11y/noRedundantRoles: see above */}
      <ul className={classes.list} role="list">
        {found.map((one) => (
          <li key={one.userId}>
            <button
              type="button"
              className={classes.person}
              aria-haspopup="dialog"
              onClick={() => setShownId(one.userId)}
            >
              <PersonBadge person={personOf(one)} named />
              <span className={classes.marks}>
                {one.inside && <StatusChip tone="active">{t('board.isInside')}</StatusChip>}
                {one.mutedAt && (
                  <span className={classes.mark}>
                    <IconMicrophoneOff size={18} aria-hidden />
                    {t('board.muted')}
                  </span>
                )}
                {one.tableId && (
                  <span className={classes.mark}>{workshop.tables.find(({ id }) => id === one.tableId)?.name}</span>
                )}
                {one.device !== null && shared.has(one.device) && (
                  <span className={classes.mark}>
                    <IconDeviceMobile size={18} aria-hidden />
                    {t('board.phone', { number: one.device })}
                  </span>
                )}
              </span>
            </button>
          </li>
        ))}
      </ul>
      {search && found.length === 0 && <p className={classes.soft}>{t('board.notFound')}</p>}
      {!workshop.closedAt && (
        <div className={classes.adding}>
          <AddPerson slug={slug} workshop={workshop} groups={groups} />
          {addGroup}
        </div>
      )}
      {out.length > 0 && <Out slug={slug} workshop={workshop} people={out} />}
      {shown && (
        <ParticipantSheet
          slug={slug}
          workshop={workshop}
          person={shown}
          groups={groups}
          onClose={() => setShownId(undefined)}
        />
      )}
    </section>
  )
}

/** A participant as a badge draws people. */
const personOf = ({ userId, name, group, guest }: ParticipantItem): Person => ({
  id: userId,
  name,
  group,
  ...(guest && { unverified: true }),
})

interface OutProps {
  slug: string
  workshop: Workshop
  people: readonly ParticipantItem[]
}

/** Who was taken out, and who turned out to be somebody else. */
function Out({ slug, workshop, people }: OutProps) {
  const { t } = useTranslation('workshops')
  const words = useRefusalWords()
  const { changePerson, unmerge } = useWorkshopActions(slug, workshop.id)
  const error = changePerson.error ?? unmerge.error
  return (
    <details className={classes.out}>
      <summary>{t('board.out', { count: people.length })}</summary>
      {/* biome-ignore lint/a11y/noRedundantRoles: some screen readers drop the list where CSS removes the marker */}
      <ul className={classes.gone} role="list">
        {people.map((one) => {
          const into = workshop.participants.find(({ userId }) => userId === one.mergedInto)
          return (
            <li key={one.userId}>
              <span>
                <strong>{one.name}</strong>{' '}
                {one.mergedInto ? t('board.mergedInto', { name: into?.name ?? '' }) : t('board.removed')}
              </span>
              {one.mergedInto && !workshop.closedAt && (
                <Button
                  variant="default"
                  aria-label={t('board.unmergeOf', { name: one.name })}
                  loading={unmerge.isPending && unmerge.variables === one.userId}
                  onClick={() => unmerge.mutate(one.userId)}
                >
                  {t('board.unmerge')}
                </Button>
              )}
              {!one.mergedInto && !workshop.closedAt && (
                <Button
                  variant="default"
                  aria-label={t('board.backIn', { name: one.name })}
                  onClick={() => changePerson.mutate({ userId: one.userId, removed: false })}
                >
                  {t('board.back')}
                </Button>
              )}
            </li>
          )
        })}
      </ul>
      {error && <Notice tone="problem" urgent {...words(error)} />}
    </details>
  )
}
