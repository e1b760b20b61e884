import type { Template } from '@cabildo/schema/templates/template'
import { useId } from 'react'
import { useTranslation } from 'react-i18next'
import { useLanguage } from '../../lib/language.ts'
import classes from './field-choice.module.css'

interface FieldChoiceProps {
  template: Template
  field: string | undefined
  onField: (field: string | undefined) => void
}

/** Chooses whose writing the timeline shows: the whole text's or one field's. */
export function FieldChoice({ template, field, onField }: FieldChoiceProps) {
  const { t } = useTranslation('versions')
  const language = useLanguage()
  const id = useId()
  return (
    <p className={classes.choice}>
      <label htmlFor={id}>{t('timeline.of')}</label>
      <select id={id} value={field ?? ''} onChange={(event) => onField(event.currentTarget.value || undefined)}>
        <option value="">{t('timeline.all')}</option>
        {template.fields.map(({ name, label }) => (
          <option key={name} value={name}>
            {label[language]}
          </option>
        ))}
      </select>
    </p>
  )
}
