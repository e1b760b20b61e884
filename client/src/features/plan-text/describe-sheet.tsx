import type { PlanText } from '@cabildo/protocol/http/plan-text'
import { planDaysFault } from '@cabildo/schema/plan-known'
import { TextInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { FormSheet } from '../../ui/late/form-sheet.tsx'
import { useDescribePlan } from './api.ts'
import classes from './known.module.css'

interface DescribeSheetProps {
  slug: string
  told: PlanText
  /** Asks for how to reach the monitoring body, and not for the days. */
  contact?: boolean
  onClose: () => void
}

const dayKeys = ['start', 'submitted', 'end'] as const

/** Where a coordinator says the days of the plan, or how to reach its monitoring body. Days that contradict each other are named. */
export function DescribeSheet({ slug, told, contact = false, onClose }: DescribeSheetProps) {
  const { t } = useTranslation('planText')
  const { start, end, submitted } = told.known
  const [days, setDays] = useState({ start, end, submitted })
  const [reach, setReach] = useState(told.monitorContact ?? '')
  const saving = useDescribePlan(slug)
  const fault = planDaysFault(days)

  const save = () => {
    if (fault && !contact) return
    // What this sheet does not ask stays as it is: somebody else may have said it meanwhile.
    saving.mutate(contact ? { monitorContact: reach.trim() || null } : days, { onSuccess: onClose })
  }
  return (
    <FormSheet
      title={contact ? t('contact.title') : t('describe.title')}
      button={t('describe.save')}
      sending={saving}
      onSend={save}
      onClose={onClose}
    >
      {contact ? (
        <TextInput
          label={t('contact.label')}
          description={t('contact.help')}
          autoComplete="off"
          maxLength={300}
          data-autofocus
          value={reach}
          onChange={(event) => setReach(event.currentTarget.value)}
        />
      ) : (
        <div className={`${classes.form} ${classes.days}`}>
          {dayKeys.map((day) => (
            <TextInput
              key={day}
              type="date"
              label={t(`describe.${day}`)}
              value={days[day] ?? ''}
              onChange={(event) => setDays({ ...days, [day]: event.currentTarget.value || null })}
              error={fault?.day === day && t(`describe.fault.${fault.why}`)}
            />
          ))}
        </div>
      )}
    </FormSheet>
  )
}
