import { IconCalendar, IconMapPin } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { dayWords } from '../../lib/dates.ts'
import { useLanguage } from '../../lib/language.ts'
import type { Look } from './api.ts'
import classes from './join.module.css'
import { noonOf } from './model.ts'

/** Where one is about to come in: the plan, the workshop, its place and day. */
export function WorkshopHead({ workshop }: { workshop: Look['workshop'] }) {
  const { t } = useTranslation('workshops')
  const language = useLanguage()
  return (
    <header className={classes.head}>
      <p className={classes.plan}>{workshop.planTitle}</p>
      <h1>{workshop.title}</h1>
      <p className={classes.facts}>
        <span>
          <IconMapPin size={20} aria-hidden />
          <span className="cb-hidden">{t('place')}: </span>
          {workshop.place}
        </span>
        <span>
          <IconCalendar size={20} aria-hidden />
          <span className="cb-hidden">{t('day')}: </span>
          <time dateTime={workshop.heldOn}>{dayWords(noonOf(workshop.heldOn), language)}</time>
        </span>
      </p>
    </header>
  )
}
