import type { Workshop } from '@cabildo/protocol/http/workshops'
import { Button, TextInput } from '@mantine/core'
import { IconAdjustments } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useRefusalWords } from '../../lib/refusal-words.ts'
import { Notice } from '../../ui/notice.tsx'
import { Sheet } from '../../ui/sheet.tsx'
import { Time } from '../../ui/time.tsx'
import { useWorkshopActions } from './api.ts'
import classes from './board.module.css'
import { clockOf, nextClock } from './model.ts'

/** The button that changes an open workshop, and what can be changed: its name, place, end, tables, way in. */
export function WorkshopSettings({ slug, workshop }: { slug: string; workshop: Workshop }) {
  const { t } = useTranslation('workshops')
  const [open, setOpen] = useState(false)
  return (
    <>
      <Button variant="default" leftSection={<IconAdjustments size={20} aria-hidden />} onClick={() => setOpen(true)}>
        {t('settings.open')}
      </Button>
      {open && <SettingsSheet slug={slug} workshop={workshop} onClose={() => setOpen(false)} />}
    </>
  )
}

function SettingsSheet({ slug, workshop, onClose }: { slug: string; workshop: Workshop; onClose: () => void }) {
  const { t } = useTranslation('workshops')
  const words = useRefusalWords()
  const [title, setTitle] = useState(workshop.title)
  const [place, setPlace] = useState(workshop.place)
  const [end, setEnd] = useState(() => clockOf(new Date(workshop.endsAt)))
  const [table, setTable] = useState('')
  const [sure, setSure] = useState(false)
  const { change } = useWorkshopActions(slug, workshop.id)

  const save = () => {
    const endsAt = nextClock(end, new Date())
    const isSameEnd = end === clockOf(new Date(workshop.endsAt))
    change.mutate(
      {
        ...(title.trim() && { title: title.trim() }),
        ...(place.trim() && { place: place.trim() }),
        ...(endsAt && !isSameEnd && { endsAt: endsAt.toISOString() }),
      },
      { onSuccess: onClose },
    )
  }

  return (
    <Sheet
      title={t('settings.title')}
      onClose={onClose}
      footer={
        <Button onClick={save} loading={change.isPending}>
          {t('settings.save')}
        </Button>
      }
    >
      <div className={classes.sheet}>
        {change.error && <Notice tone="problem" urgent {...words(change.error)} />}
        <TextInput
          label={t('new.name')}
          value={title}
          maxLength={200}
          onChange={({ currentTarget }) => setTitle(currentTarget.value)}
        />
        <TextInput
          label={t('new.place')}
          value={place}
          maxLength={200}
          onChange={({ currentTarget }) => setPlace(currentTarget.value)}
        />
        <TextInput
          label={t('new.end')}
          type="time"
          value={end}
          onChange={({ currentTarget }) => setEnd(currentTarget.value)}
          description={
            <>
              {t('settings.endNow')} <Time value={workshop.endsAt} as="moment" />
            </>
          }
        />
        <section className={classes.part} aria-labelledby="more-tables">
          <h3 id="more-tables">{t('settings.tables', { count: workshop.tables.length })}</h3>
          {workshop.tables.length > 0 && <p>{workshop.tables.map(({ name }) => name).join(' · ')}</p>}
          <div className={classes.row}>
            <TextInput
              aria-label={t('settings.tableName')}
              placeholder={t('new.tableName', { number: workshop.tables.length + 1 })}
              value={table}
              maxLength={80}
              onChange={({ currentTarget }) => setTable(currentTarget.value)}
            />
            <Button
              variant="default"
              onClick={() =>
                change.mutate(
                  { addTable: table.trim() || t('new.tableName', { number: workshop.tables.length + 1 }) },
                  { onSuccess: () => setTable('') },
                )
              }
            >
              {t('settings.addTable')}
            </Button>
          </div>
        </section>
        <section className={classes.part} aria-labelledby="new-way-in">
          <h3 id="new-way-in">{t('settings.wayIn')}</h3>
          <p>{t('settings.wayInHelp')}</p>
          {sure ? (
            <div className={classes.row}>
              <Button
                color="danger"
                onClick={() => change.mutate({ newWayIn: true }, { onSuccess: () => setSure(false) })}
              >
                {t('settings.renewSure')}
              </Button>
              <Button variant="default" onClick={() => setSure(false)}>
                {t('settings.keepWayIn')}
              </Button>
            </div>
          ) : (
            <div>
              <Button variant="default" onClick={() => setSure(true)}>
                {t('settings.renew')}
              </Button>
            </div>
          )}
        </section>
      </div>
    </Sheet>
  )
}
