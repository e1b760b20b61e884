import type { Plan } from '@cabildo/protocol/http/api'
import { NativeSelect, TextInput } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { standingCommitments } from '../../lib/standing-commitments.ts'
import type { Facts, MeetingFacts } from './entry.ts'
import classes from './inputs.module.css'
import { Option } from './option.tsx'
import { InputChannels } from './words.ts'

interface FactFieldsProps {
  plan: Plan
  facts: Facts
  /** Whether it is a list of what others said, unless they are called one's own. */
  forOthers: boolean
  /** Those that may be chosen. */
  meetings: readonly MeetingFacts[] | undefined
  onChange: (part: Partial<Facts>) => void
}

const displays = ['name', 'group', 'anonymous'] as const
const languages = ['es', 'en', 'cuk', 'emp', 'noa'] as const

/** What all ideas of a list have in common, asked once. */
export function FactFields({ plan, facts, forOthers, meetings, onChange }: FactFieldsProps) {
  const { t } = useTranslation('inputs')
  return (
    <fieldset className={classes.choice}>
      <legend>{t('facts.title')}</legend>
      <div className={classes.fields}>
        <NativeSelect
          label={t('facts.channel')}
          value={facts.channel}
          onChange={({ currentTarget: { value } }) =>
            onChange({ channel: InputChannels.find((one) => one === value) ?? 'meeting' })
          }
          data={InputChannels.map((one) => ({ value: one, label: t(`channel.${one}`) }))}
        />
        {meetings && meetings.length > 0 && (
          <NativeSelect
            label={t('facts.meeting')}
            value={facts.meetingId ?? ''}
            onChange={({ currentTarget: { value } }) => {
              const chosen = meetings.find(({ id }) => id === value)
              onChange({ meetingId: value, ...(chosen && { place: chosen.place ?? '', saidOn: chosen.heldOn }) })
            }}
            data={[
              { value: '', label: t('facts.noMeeting') },
              ...meetings.map(({ id, number, title }) => ({ value: id, label: t('meeting', { number, title }) })),
            ]}
          />
        )}
        <TextInput
          label={t('facts.place')}
          maxLength={200}
          value={facts.place}
          onChange={({ currentTarget: { value } }) => onChange({ place: value })}
        />
        <TextInput
          type="date"
          label={t('facts.saidOn')}
          value={facts.saidOn}
          onChange={({ currentTarget: { value } }) => onChange({ saidOn: value })}
        />
        <NativeSelect
          label={t('facts.language')}
          value={facts.language}
          onChange={({ currentTarget: { value } }) => onChange({ language: value })}
          data={languages.map((one) => ({ value: one, label: t(`language.${one}`) }))}
        />
        <NativeSelect
          label={t('facts.commitment')}
          value={facts.documentId}
          onChange={({ currentTarget: { value } }) => onChange({ documentId: value })}
          data={[
            { value: '', label: t('facts.whole') },
            ...standingCommitments(plan.commitments, facts.documentId).map((one) => ({
              value: one.documentId,
              label: `${one.number}. ${one.title}`,
            })),
          ]}
        />
        {!facts.own && (
          <>
            <NativeSelect
              label={t('facts.group')}
              value={facts.groupId}
              onChange={({ currentTarget: { value } }) => onChange({ groupId: value })}
              data={[
                { value: '', label: t('facts.noGroup') },
                ...plan.groups.map(({ id, name }) => ({ value: id, label: name })),
              ]}
            />
            <NativeSelect
              label={t('facts.display')}
              value={facts.display}
              onChange={({ currentTarget: { value } }) =>
                onChange({ display: displays.find((one) => one === value) ?? 'name' })
              }
              data={displays.map((one) => ({ value: one, label: t(`display.${one}`) }))}
            />
          </>
        )}
      </div>
      {forOthers && (
        <Option
          type="checkbox"
          label={t('facts.own')}
          checked={facts.own}
          onChange={({ currentTarget: { checked } }) => onChange({ own: checked })}
        />
      )}
    </fieldset>
  )
}
