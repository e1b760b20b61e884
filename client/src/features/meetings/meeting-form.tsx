import { Button, NativeSelect, Textarea, TextInput } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { type FormEvent, type KeyboardEvent, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { newKey } from '../../lib/new-key.ts'
import { useRefusalWords } from '../../lib/refusal-words.ts'
import { Notice } from '../../ui/notice.tsx'
import { type FactsBody, meetingsQuery, workshopChoicesQuery } from './api.ts'
import classes from './meetings.module.css'
import { bodyOf, faultOf, type MaterialEntry, type MeetingEntry, type MeetingFault } from './model.ts'

interface MeetingFormProps {
  slug: string
  first: MeetingEntry
  /** Files beside it that its material can name. */
  files?: readonly { number: number; caption: string | null }[]
  sending: { isPending: boolean; error: unknown }
  onSend: (body: FactsBody) => void
  onLeave: () => void
}

const modes = ['in_person', 'online', 'both'] as const

/** What is said of a meeting but who came. Ctrl+Enter stores it from anywhere; what is missing gets the focus. */
export function MeetingForm({ slug, first, files = [], sending, onSend, onLeave }: MeetingFormProps) {
  const { t } = useTranslation('meetings')
  const words = useRefusalWords()
  const form = useRef<HTMLFormElement>(null)
  const [entry, setEntry] = useState(first)
  const [fault, setFault] = useState<MeetingFault>()
  const workshops = useQuery({ ...workshopChoicesQuery(slug), retry: false })
  const { data: meetings } = useQuery({ ...meetingsQuery(slug), retry: false })
  const change = (part: Partial<MeetingEntry>) => {
    setEntry((now) => ({ ...now, ...part }))
    setFault(undefined)
  }
  const send = () => {
    const found = faultOf(entry)
    setFault(found)
    if (found) return form.current?.querySelector<HTMLElement>(`[data-field=${found}]`)?.focus()
    if (!sending.isPending) onSend(bodyOf(entry))
    return undefined
  }
  const onKey = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return
    event.preventDefault()
    send()
  }
  const told = (field: MeetingFault) => fault === field && t(`fault.${field}`)
  return (
    <form
      ref={form}
      className={classes.form}
      noValidate
      onKeyDown={onKey}
      onSubmit={(event: FormEvent) => {
        event.preventDefault()
        send()
      }}
    >
      <TextInput
        data-field="title"
        label={t('field.title')}
        placeholder={t('field.titleExample')}
        maxLength={200}
        autoComplete="off"
        value={entry.title}
        error={told('title')}
        onChange={({ currentTarget: { value } }) => change({ title: value })}
      />
      <div className={classes.fields}>
        <TextInput
          data-field="heldOn"
          type="date"
          label={t('field.heldOn')}
          value={entry.heldOn}
          error={told('heldOn')}
          onChange={({ currentTarget: { value } }) => change({ heldOn: value })}
        />
        <TextInput
          type="time"
          label={t('field.starts')}
          value={entry.starts}
          onChange={({ currentTarget: { value } }) => change({ starts: value })}
        />
        <TextInput
          data-field="ends"
          type="time"
          label={t('field.ends')}
          value={entry.ends}
          error={told('ends')}
          onChange={({ currentTarget: { value } }) => change({ ends: value })}
        />
      </div>
      <NativeSelect
        label={t('field.mode')}
        value={entry.mode}
        onChange={({ currentTarget: { value } }) => change({ mode: modes.find((one) => one === value) ?? 'in_person' })}
        data={modes.map((one) => ({ value: one, label: t(`mode.${one}`) }))}
      />
      {entry.mode !== 'online' && (
        <TextInput
          data-field="place"
          label={t('field.place')}
          placeholder={t('field.placeExample')}
          maxLength={200}
          autoComplete="off"
          value={entry.place}
          error={told('place')}
          onChange={({ currentTarget: { value } }) => change({ place: value })}
        />
      )}
      {entry.mode !== 'in_person' && (
        <TextInput
          data-field="link"
          type="url"
          label={t('field.link')}
          maxLength={500}
          autoComplete="off"
          value={entry.link}
          error={told('link')}
          onChange={({ currentTarget: { value } }) => change({ link: value })}
        />
      )}
      <label className={classes.option}>
        <input
          type="checkbox"
          checked={entry.isPublic}
          onChange={({ currentTarget: { checked } }) => change({ isPublic: checked })}
        />
        <span>{t('field.isPublic')}</span>
      </label>
      {(meetings?.may.followUp || entry.isFollowUp) && (
        <label className={classes.option}>
          <input
            type="checkbox"
            checked={entry.isFollowUp}
            onChange={({ currentTarget: { checked } }) => change({ isFollowUp: checked })}
          />
          <span>{t('field.isFollowUp')}</span>
        </label>
      )}
      <Textarea
        label={t('agenda')}
        description={t('field.agendaHelp')}
        autosize
        minRows={3}
        maxLength={4000}
        value={entry.agenda}
        onChange={({ currentTarget: { value } }) => change({ agenda: value })}
      />
      <Materials
        materials={entry.materials}
        files={files}
        fault={told('materials') || undefined}
        onChange={(materials) => change({ materials })}
      />
      <Textarea
        label={t('results')}
        description={t('field.resultsHelp')}
        autosize
        minRows={3}
        maxLength={4000}
        value={entry.results}
        onChange={({ currentTarget: { value } }) => change({ results: value })}
      />
      {(workshops.data?.length ?? 0) > 0 && (
        <NativeSelect
          label={t('field.workshop')}
          description={t('field.workshopHelp')}
          value={entry.workshopId}
          onChange={({ currentTarget: { value } }) => change({ workshopId: value })}
          data={[
            { value: '', label: t('field.noWorkshop') },
            ...(workshops.data ?? []).map(({ id, title, heldOn }) => ({ value: id, label: `${title} · ${heldOn}` })),
          ]}
        />
      )}
      {sending.error !== null && sending.error !== undefined && (
        <Notice tone="problem" urgent {...words(sending.error)} kept={t('kept')} />
      )}
      <div className={classes.foot}>
        <Button type="submit" loading={sending.isPending} aria-keyshortcuts="Control+Enter">
          {t('store')}
        </Button>
        <Button variant="default" onClick={onLeave}>
          {t('leave')}
        </Button>
      </div>
    </form>
  )
}

interface MaterialsProps {
  materials: readonly MaterialEntry[]
  files: NonNullable<MeetingFormProps['files']>
  fault: string | undefined
  onChange: (materials: MaterialEntry[]) => void
}

const mostMaterials: number = 20

/** What people are given to read before, each with when it was sent and to whom. */
function Materials({ materials, files, fault, onChange }: MaterialsProps) {
  const { t } = useTranslation('meetings')
  const set = (key: string, part: Partial<MaterialEntry>) =>
    onChange(materials.map((one) => (one.key === key ? { ...one, ...part } : one)))
  return (
    <fieldset className={classes.set}>
      <legend>{t('materials.title')}</legend>
      <p className={classes.soft}>{t('materials.help')}</p>
      {materials.map((one, at) => (
        <div key={one.key} className={classes.row}>
          <TextInput
            data-field="materials"
            label={t('materials.name', { number: at + 1 })}
            maxLength={200}
            value={one.title}
            error={fault}
            onChange={({ currentTarget: { value } }) => set(one.key, { title: value })}
          />
          <TextInput
            type="url"
            label={t('materials.link', { number: at + 1 })}
            maxLength={500}
            value={one.link}
            onChange={({ currentTarget: { value } }) => set(one.key, { link: value })}
          />
          {files.length > 0 && (
            <NativeSelect
              label={t('materials.file', { number: at + 1 })}
              value={one.attachment}
              onChange={({ currentTarget: { value } }) => set(one.key, { attachment: value })}
              data={[
                { value: '', label: t('materials.noFile') },
                ...files.map(({ number, caption }) => ({
                  value: String(number),
                  label: caption ?? t('file.material', { number }),
                })),
              ]}
            />
          )}
          <TextInput
            type="date"
            label={t('materials.sentOn', { number: at + 1 })}
            value={one.sentOn}
            onChange={({ currentTarget: { value } }) => set(one.key, { sentOn: value })}
          />
          <TextInput
            label={t('materials.sentTo', { number: at + 1 })}
            placeholder={t('materials.sentToExample')}
            maxLength={200}
            value={one.sentTo}
            onChange={({ currentTarget: { value } }) => set(one.key, { sentTo: value })}
          />
          <p>
            <Button
              variant="default"
              onClick={() => onChange(materials.filter(({ key }) => key !== one.key))}
              aria-label={t('materials.removeOf', { number: at + 1 })}
            >
              {t('materials.remove')}
            </Button>
          </p>
        </div>
      ))}
      {materials.length < mostMaterials && (
        <p>
          <Button
            variant="default"
            leftSection={<IconPlus aria-hidden size={20} />}
            onClick={() =>
              onChange([...materials, { key: newKey(), title: '', link: '', attachment: '', sentOn: '', sentTo: '' }])
            }
          >
            {t('materials.add')}
          </Button>
        </p>
      )}
    </fieldset>
  )
}
