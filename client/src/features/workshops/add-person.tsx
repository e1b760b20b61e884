import { consentText } from '@cabildo/protocol/consent'
import type { Display } from '@cabildo/protocol/http/common'
import type { Workshop } from '@cabildo/protocol/http/workshops'
import type { GroupId } from '@cabildo/protocol/ids'
import { Button, NativeSelect, TextInput } from '@mantine/core'
import { IconUserPlus } from '@tabler/icons-react'
import { type FormEvent, useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { refusalCode } from '../../lib/refusal.ts'
import { useRefusalWords } from '../../lib/refusal-words.ts'
import { Notice } from '../../ui/notice.tsx'
import { Sheet } from '../../ui/sheet.tsx'
import { useWorkshopActions } from './api.ts'
import classes from './board.module.css'
import { Consent } from './consent.tsx'
import { TableChoice } from './table-choice.tsx'

interface AddPersonProps {
  slug: string
  workshop: Workshop
  groups: readonly { id: GroupId; name: string }[]
}

/** Puts somebody on the list who has no phone, once they agreed on paper or by word. */
export function AddPerson(props: AddPersonProps) {
  const { t } = useTranslation('workshops')
  const [isOpen, setIsOpen] = useState(false)
  return (
    <div>
      <Button
        variant="default"
        leftSection={<IconUserPlus size={20} aria-hidden />}
        aria-haspopup="dialog"
        onClick={() => setIsOpen(true)}
      >
        {t('add.button')}
      </Button>
      {isOpen && <AddSheet {...props} onClose={() => setIsOpen(false)} />}
    </div>
  )
}

const displays: readonly Display[] = ['name', 'group', 'anonymous']
const ways = ['paper', 'spoken'] as const

function AddSheet({ slug, workshop, groups, onClose }: AddPersonProps & { onClose: () => void }) {
  const { t } = useTranslation('workshops')
  const words = useRefusalWords()
  const formId = useId()
  const consentId = useId()
  const { add } = useWorkshopActions(slug, workshop.id)
  const [name, setName] = useState('')
  const [groupId, setGroupId] = useState<string>(groups.length === 1 ? (groups[0]?.id ?? '') : '')
  const [tableId, setTableId] = useState('')
  const [display, setDisplay] = useState<Display>('name')
  const [way, setWay] = useState<(typeof ways)[number]>()
  const [tried, setTried] = useState(false)
  const group = groups.find(({ id }) => id === groupId)
  const table = workshop.tables.find(({ id }) => id === tableId)

  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    setTried(true)
    if (name.trim() === '' || !group || !way) {
      const first = name.trim() === '' ? 'name' : group ? 'way' : 'group'
      return event.currentTarget.querySelector<HTMLElement>(`[name=${first}]`)?.focus()
    }
    return add.mutate(
      {
        name: name.trim(),
        groupId: group.id,
        ...(table && { tableId: table.id }),
        display,
        consent: { version: consentText.version, way },
      },
      { onSuccess: onClose },
    )
  }
  return (
    <Sheet
      title={t('add.title')}
      onClose={onClose}
      footer={
        <Button type="submit" form={formId} loading={add.isPending}>
          {t('add.submit')}
        </Button>
      }
    >
      <form id={formId} className={classes.sheet} onSubmit={submit} noValidate>
        {add.error && (
          <Notice
            tone="problem"
            urgent
            {...(refusalCode(add.error) === 'workshop_full' ? { what: t('add.full') } : words(add.error))}
          />
        )}
        <TextInput
          name="name"
          label={t('add.name')}
          data-autofocus
          value={name}
          maxLength={80}
          autoComplete="off"
          error={tried && name.trim() === '' && t('add.needName')}
          onChange={({ currentTarget }) => setName(currentTarget.value)}
        />
        <NativeSelect
          name="group"
          label={t('add.group')}
          value={groupId}
          error={tried && !group && t('add.needGroup')}
          onChange={({ currentTarget }) => setGroupId(currentTarget.value)}
          data={[
            { value: '', label: t('add.chooseGroup') },
            ...groups.map(({ id, name: label }) => ({ value: id, label })),
          ]}
        />
        <TableChoice label={t('person.table')} tables={workshop.tables} value={tableId} onChange={setTableId} />
        <NativeSelect
          label={t('add.display')}
          value={display}
          // The options are the ways of being shown.
          onChange={({ currentTarget }) => setDisplay(currentTarget.value as Display)}
          data={displays.map((value) => ({ value, label: t(`display.${value}`) }))}
        />
        <Consent id={consentId} title={t('add.text')} />
        <NativeSelect
          name="way"
          label={t('add.way')}
          description={t('add.wayHelp')}
          value={way ?? ''}
          error={tried && !way && t('add.needWay')}
          onChange={({ currentTarget }) => setWay(ways.find((one) => one === currentTarget.value))}
          data={[
            { value: '', label: t('add.chooseWay') },
            ...ways.map((value) => ({ value, label: t(`add.${value}`) })),
          ]}
        />
      </form>
    </Sheet>
  )
}
