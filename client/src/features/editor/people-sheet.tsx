import type { Localized } from '@cabildo/schema/templates/template'
import { flushSync } from 'react-dom'
import { useTranslation } from 'react-i18next'
import { useLanguage } from '../../lib/language.ts'
import type { Present } from '../../sync/presence.ts'
import type { Store } from '../../sync/store.ts'
import { PersonBadge } from '../../ui/person-badge.tsx'
import { usePersonWords } from '../../ui/person-words.ts'
import { Sheet } from '../../ui/sheet.tsx'
import classes from './people-sheet.module.css'

/** Who is here, and how to get to where they are. */
export interface PeopleBarProps {
  people: Store<readonly Present[]>
  /** What a field or a fact is called, by its name. */
  nameOf: (field: string) => Localized | undefined
  /** Takes the reader to a field. */
  onGo: (field: string) => void
}

interface PeopleSheetProps extends Omit<PeopleBarProps, 'people'> {
  here: readonly Present[]
  onClose: () => void
}

/** The list of who has the text open and where in it they are. */
export default function PeopleSheet({ here, nameOf, onGo, onClose }: PeopleSheetProps) {
  const { t } = useTranslation('editor')
  const language = useLanguage()
  const personName = usePersonWords()
  return (
    <Sheet title={t('people.title', { count: here.length })} onClose={onClose}>
      <ul className={classes.list}>
        {here.map(({ person, field, behalf, self }) => {
          const name = field === null ? undefined : nameOf(field)?.[language]
          return (
            <li key={person.id}>
              <PersonBadge person={person} named />
              <span className={classes.where}>
                {self && t('people.you')}
                {!self && (name && field ? t('people.in', { field: name }) : t('people.here'))}
                {behalf !== null && `, ${t('people.for', { name: personName({ name: behalf, group: null }, true) })}`}
              </span>
              {!self && name && field && (
                <button
                  type="button"
                  className={classes.go}
                  onClick={() => {
                    // Closed first: an open sheet lets nothing beside it have the focus, and a closing one gives it
                    // back to the bar.
                    flushSync(onClose)
                    onGo(field)
                  }}
                >
                  {t('people.go', { field: name })}
                </button>
              )}
            </li>
          )
        })}
      </ul>
    </Sheet>
  )
}
