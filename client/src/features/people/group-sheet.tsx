import type { GroupKind, Sector } from '@cabildo/protocol/http/common'
import type { GroupDetail } from '@cabildo/protocol/http/people'
import { NativeSelect, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { isFault } from '../../lib/field-faults.ts'
import { refusalCode } from '../../lib/refusal.ts'
import { useRefusalWords } from '../../lib/refusal-words.ts'
import { FormSheet } from '../../ui/late/form-sheet.tsx'
import { Notice } from '../../ui/notice.tsx'
import { sectorMarks } from '../../ui/sectors.ts'
import { useSaveGroup } from './api.ts'

/** The sectors, in the order of their marks. */
const sectors = Object.keys(sectorMarks) as Sector[]

/** The kinds of group, and the sector that most of each sit in. */
const kinds: Readonly<Record<GroupKind, Sector>> = {
  government_office: 'government',
  civil_society: 'civil_society',
  academia: 'academia',
  private_sector: 'private_sector',
  community: 'community',
  indigenous_community: 'community',
  youth: 'community',
  seniors: 'community',
  women: 'community',
  producers: 'private_sector',
  local_board: 'community',
  other: 'civil_society',
}

interface GroupSheetProps {
  slug: string
  /** The group to change; a new one without it. */
  group: GroupDetail | undefined
  /** May say how to reach the group; who only adds one that is missing may not. */
  manages?: boolean
  onClose: () => void
  /** Called with the group once it is stored. */
  onSaved?: (group: GroupDetail) => void
}

/** Adds a group, or changes one. */
export function GroupSheet({ slug, group, manages = true, onClose, onSaved }: GroupSheetProps) {
  const { t } = useTranslation('people')
  const { t: common } = useTranslation()
  const words = useRefusalWords()
  const [name, setName] = useState(group?.name ?? '')
  const [kind, setKind] = useState<GroupKind>(group?.kind ?? 'community')
  const [sector, setSector] = useState<Sector>(group?.sector ?? 'community')
  const [territory, setTerritory] = useState(group?.territory ?? '')
  const [contact, setContact] = useState(group?.contact ?? '')
  const [tried, setTried] = useState(false)
  const saving = useSaveGroup(slug, group?.id)
  const { error } = saving
  const isTaken = refusalCode(error) === 'conflict'
  const isEmpty = name.trim() === ''

  const save = () => {
    setTried(true)
    if (isEmpty) return
    saving.mutate(
      {
        name: name.trim(),
        kind,
        sector,
        territory: territory.trim() || null,
        ...(manages && { contact: contact.trim() || null }),
      },
      {
        onSuccess: (saved) => {
          onSaved?.(saved)
          onClose()
        },
      },
    )
  }
  const nameFault = () => {
    if ((tried && isEmpty) || isFault(error, '/name')) return t('groups.needName')
    return isTaken ? t('groups.taken') : undefined
  }
  return (
    <FormSheet
      title={group ? t('groups.change') : t('groups.add')}
      button={t('save')}
      sending={saving}
      onSend={save}
      onClose={onClose}
      refusal={error && !isTaken && <Notice tone="problem" urgent {...words(error)} kept={t('kept')} />}
    >
      <TextInput
        label={t('groups.name')}
        autoComplete="off"
        maxLength={120}
        data-autofocus
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
        error={nameFault()}
      />
      <NativeSelect
        label={t('groups.kind')}
        value={kind}
        onChange={(event) => {
          // The options are the kinds.
          const next = event.currentTarget.value as GroupKind
          setKind(next)
          setSector(kinds[next])
        }}
        data={Object.keys(kinds).map((one) => ({ value: one, label: t(`kind.${one as GroupKind}`) }))}
      />
      <NativeSelect
        label={t('groups.sector')}
        value={sector}
        // The options are the sectors.
        onChange={(event) => setSector(event.currentTarget.value as Sector)}
        data={sectors.map((one) => ({ value: one, label: common(`sector.${one}`) }))}
      />
      <TextInput
        label={t('groups.territory')}
        description={t('groups.territoryHelp')}
        autoComplete="off"
        maxLength={200}
        value={territory}
        onChange={(event) => setTerritory(event.currentTarget.value)}
      />
      {manages && (
        <TextInput
          label={t('groups.contact')}
          description={t('groups.contactHelp')}
          autoComplete="off"
          maxLength={300}
          value={contact}
          onChange={(event) => setContact(event.currentTarget.value)}
        />
      )}
    </FormSheet>
  )
}
