import type { Profile } from '@cabildo/protocol/http/account'
import type { Display, Group } from '@cabildo/protocol/http/common'
import { useId } from 'react'
import { useTranslation } from 'react-i18next'
import { PersonBadge } from '../../ui/person-badge.tsx'
import classes from './display-choice.module.css'
import { displays } from './model.ts'

interface DisplayChoiceProps {
  user: Pick<Profile['user'], 'id' | 'name'>
  group: Group | null
  value: Display
  onChange: (display: Display) => void
}

/** How the reader is shown to others in one plan, each way beside what others then see. */
export function DisplayChoice({ user, group, value, onChange }: DisplayChoiceProps) {
  const { t } = useTranslation('account')
  const name = useId()
  const seen = (display: Display) => ({
    id: user.id,
    name: display === 'name' ? user.name : '',
    group: display === 'anonymous' ? null : group,
  })
  return (
    <fieldset className={classes.choice}>
      <legend>{t('display.heading')}</legend>
      {displays.map((display) => (
        <label key={display} className={classes.option}>
          <input
            type="radio"
            name={name}
            value={display}
            checked={value === display}
            onChange={() => onChange(display)}
          />
          <span className={classes.words}>
            <span>{t(`display.${display}`)}</span>
            <span className={classes.seen} aria-hidden>
              <PersonBadge person={seen(display)} size="sm" named />
            </span>
          </span>
        </label>
      ))}
      <p className={classes.help}>{t('display.help')}</p>
    </fieldset>
  )
}
