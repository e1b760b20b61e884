import type { Person } from '@cabildo/protocol/http/common'
import { useTranslation } from 'react-i18next'
import classes from './person-badge.module.css'
import { usePersonWords } from './person-words.ts'
import { initialsOf, sectorMarks, tintOf } from './sectors.ts'

interface PersonBadgeProps {
  person: Person
  /** `md` 40 px, `sm` 32 px. */
  size?: 'sm' | 'md'
  /** Shows the name, and below it the group, beside the badge; else they are told to screen readers alone. */
  named?: boolean
  /** For a badge beside words that already name the person: nothing is told twice. */
  silent?: boolean
}

/** One person: initials on a tint of their sector, ringed with the sector's line, its letter at the corner. */
export function PersonBadge({ person, size = 'md', named = false, silent = false }: PersonBadgeProps) {
  const { t } = useTranslation()
  // Beside a badge the word stands for itself, below the name.
  const name = usePersonWords()({ ...person, unverified: undefined })
  const unverified = person.unverified && t('people.unverified')
  const sector = person.group?.sector
  const mark = sector && sectorMarks[sector]
  // Who is shown as one of a group is named by it already.
  const group = person.name === '' ? undefined : person.group?.name
  const told = [name, unverified, group, sector && t(`sector.${sector}`)].filter(Boolean).join(', ')
  const badge = (
    <span
      className={classes.badge}
      data-size={size}
      data-sector={sector ?? 'none'}
      data-line={mark?.line ?? 'thin'}
      data-tint={tintOf(person)}
      // Drawn by the style sheet: to be looked at only. Whoever listens hears the name.
      data-initials={initialsOf(person)}
      {...(named || silent ? { 'aria-hidden': true } : { role: 'img', 'aria-label': told })}
    >
      {mark && <span className={classes.letter} data-letter={mark.letter} />}
    </span>
  )
  if (!named) return badge
  return (
    <span className={classes.named}>
      {badge}
      <span className={classes.words}>
        <span className={classes.name}>{name}</span>
        {unverified && <span className={classes.unverified}>{unverified}</span>}
        {group && <span className={classes.group}>{group}</span>}
      </span>
    </span>
  )
}

interface PeopleProps {
  people: readonly Person[]
  /** How many badges before `+3`. */
  limit?: number
  size?: 'sm' | 'md'
  /** Names the list to screen readers, e.g. «Ahora adentro». */
  label: string
}

/** Several people in one row of badges; who does not fit is counted, and named to screen readers. */
export function People({ people, limit = 4, size = 'sm', label }: PeopleProps) {
  const { t } = useTranslation()
  const words = usePersonWords()
  const shown = people.length > limit ? people.slice(0, limit - 1) : people
  const rest = people.slice(shown.length)
  return (
    <ul className={classes.people} aria-label={label}>
      {shown.map((person) => (
        <li key={person.id}>
          <PersonBadge person={person} size={size} />
        </li>
      ))}
      {rest.length > 0 && (
        <li>
          <span className={classes.more} data-size={size}>
            <span data-count={rest.length} />
            <span className="cb-hidden">
              {t('people.andMore', { names: rest.map((person) => words(person)).join(', ') })}
            </span>
          </span>
        </li>
      )}
    </ul>
  )
}
