import type { ParticipantItem, Workshop } from '@cabildo/protocol/http/workshops'
import type { GroupId, UserId } from '@cabildo/protocol/ids'
import { Button, NativeSelect, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useLanguage } from '../../lib/language.ts'
import { useRefusalWords } from '../../lib/refusal-words.ts'
import { Notice } from '../../ui/notice.tsx'
import { Sheet } from '../../ui/sheet.tsx'
import { type PersonChange, useWorkshopActions } from './api.ts'
import classes from './board.module.css'
import { sortedPeople } from './model.ts'
import { TableChoice } from './table-choice.tsx'

interface ParticipantSheetProps {
  slug: string
  workshop: Workshop
  person: ParticipantItem
  groups: readonly { id: string; name: string }[]
  onClose: () => void
}

/** What may be done about one participant: correct what is written of them, mute, merge, take out. */
export function ParticipantSheet({ slug, workshop, person, groups, onClose }: ParticipantSheetProps) {
  const { t } = useTranslation('workshops')
  const words = useRefusalWords()
  const { userId } = person
  const [name, setName] = useState(person.name)
  const [groupId, setGroupId] = useState<string>(person.group?.id ?? '')
  const [tableId, setTableId] = useState<string>(person.tableId ?? '')
  const [asking, setAsking] = useState<'merge' | 'remove'>()
  const actions = useWorkshopActions(slug, workshop.id)
  const { changePerson, merge } = actions
  const error = changePerson.error ?? merge.error
  const isClosed = workshop.closedAt !== null

  const save = () => {
    const table = workshop.tables.find(({ id }) => id === tableId)
    const change: PersonChange = {
      userId,
      ...(name.trim() && name.trim() !== person.name && { name: name.trim() }),
      // The list holds ids of the plan's groups alone.
      ...(groupId && groupId !== person.group?.id && { groupId: groupId as GroupId }),
      ...((table?.id ?? null) !== person.tableId && { tableId: table?.id ?? null }),
    }
    if (Object.keys(change).length === 1) return onClose()
    return changePerson.mutate(change, { onSuccess: onClose })
  }

  if (asking === 'merge') {
    return (
      <MergeSheet
        workshop={workshop}
        person={person}
        pending={merge.isPending}
        error={merge.error}
        onMerge={(into) => merge.mutate({ userId, into }, { onSuccess: onClose })}
        onClose={() => setAsking(undefined)}
      />
    )
  }
  if (asking === 'remove') {
    return (
      <Sheet
        title={t('person.removeTitle', { name: person.name })}
        onClose={() => setAsking(undefined)}
        footer={
          <>
            <Button variant="default" onClick={() => setAsking(undefined)}>
              {t('person.keep')}
            </Button>
            <Button
              color="danger"
              loading={changePerson.isPending}
              onClick={() => changePerson.mutate({ userId, removed: true }, { onSuccess: onClose })}
            >
              {t('person.removeSubmit')}
            </Button>
          </>
        }
      >
        <div className={classes.sheet}>
          <p>{t('person.removeWhat')}</p>
          <p>{t('person.removeKept')}</p>
          {changePerson.error && <Notice tone="problem" urgent {...words(changePerson.error)} />}
        </div>
      </Sheet>
    )
  }
  return (
    <Sheet
      title={person.name}
      onClose={onClose}
      footer={
        !isClosed && (
          <Button onClick={save} loading={changePerson.isPending}>
            {t('person.save')}
          </Button>
        )
      }
    >
      <div className={classes.sheet}>
        {error && <Notice tone="problem" urgent {...words(error)} />}
        {person.mutedAt && <Notice tone="info" what={t('person.isMuted')} />}
        {isClosed ? (
          <p>{t('person.closed')}</p>
        ) : (
          <>
            <TextInput
              label={t('person.name')}
              value={name}
              maxLength={80}
              onChange={({ currentTarget }) => setName(currentTarget.value)}
            />
            <NativeSelect
              label={t('person.group')}
              value={groupId}
              onChange={({ currentTarget }) => setGroupId(currentTarget.value)}
              data={[
                ...(groupId === '' ? [{ value: '', label: t('person.noGroup') }] : []),
                ...groups.map(({ id, name: label }) => ({ value: id, label })),
              ]}
            />
            <TableChoice label={t('person.table')} tables={workshop.tables} value={tableId} onChange={setTableId} />
            <div className={classes.row}>
              <Button
                variant="default"
                onClick={() => changePerson.mutate({ userId, muted: person.mutedAt === null }, { onSuccess: onClose })}
              >
                {t(person.mutedAt ? 'person.unmute' : 'person.mute')}
              </Button>
              <Button variant="default" onClick={() => setAsking('merge')}>
                {t('person.merge')}
              </Button>
              <Button variant="default" color="danger" onClick={() => setAsking('remove')}>
                {t('person.remove')}
              </Button>
            </div>
            <p className={classes.soft}>{t('person.muteHelp')}</p>
          </>
        )}
      </div>
    </Sheet>
  )
}

interface MergeSheetProps {
  workshop: Workshop
  person: ParticipantItem
  pending: boolean
  error: Error | null
  onMerge: (into: UserId) => void
  onClose: () => void
}

/** Says that somebody came in twice: which of the others they are. */
function MergeSheet({ workshop, person, pending, error, onMerge, onClose }: MergeSheetProps) {
  const { t } = useTranslation('workshops')
  const language = useLanguage()
  const words = useRefusalWords()
  const others = sortedPeople(workshop.participants, language).here.filter(({ userId }) => userId !== person.userId)
  const [into, setInto] = useState('')
  const chosen = others.find(({ userId }) => userId === into)
  return (
    <Sheet
      title={t('merge.title', { name: person.name })}
      onClose={onClose}
      footer={
        <>
          <Button variant="default" onClick={onClose}>
            {t('merge.back')}
          </Button>
          <Button disabled={!chosen} loading={pending} onClick={() => chosen && onMerge(chosen.userId)}>
            {t('merge.submit')}
          </Button>
        </>
      }
    >
      <div className={classes.sheet}>
        {error && <Notice tone="problem" urgent {...words(error)} />}
        {others.length === 0 ? (
          <p>{t('merge.alone')}</p>
        ) : (
          <NativeSelect
            label={t('merge.label')}
            value={into}
            onChange={({ currentTarget }) => setInto(currentTarget.value)}
            data={[
              { value: '', label: t('merge.choose') },
              ...others.map(({ userId, name, group }) => ({
                value: userId,
                label: group ? `${name} (${group.name})` : name,
              })),
            ]}
          />
        )}
        {chosen && <p>{t('merge.what', { name: person.name, into: chosen.name })}</p>}
        <p className={classes.soft}>{t('merge.record')}</p>
      </div>
    </Sheet>
  )
}
