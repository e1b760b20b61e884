import type { Localized } from '@cabildo/schema/templates/template'
import { useState } from 'react'
import { flushSync } from 'react-dom'
import { useTranslation } from 'react-i18next'
import { useLanguage } from '../../lib/language.ts'
import type { Present } from '../../sync/presence.ts'
import type { Store } from '../../sync/store.ts'
import { useStore } from '../../sync/use-store.ts'
import { PersonBadge } from '../../ui/person-badge.tsx'
import { usePersonWords } from '../../ui/person-words.ts'
import { Sheet } from '../../ui/sheet.tsx'
import classes from './people-bar.module.css'

interface PeopleBarProps {
  people: Store<readonly Present[]>
  /** What a field or a fact is called, by its name. */
  nameOf: (field: string) => Localized | undefined
  /** Takes the reader to a field. */
  onGo: (field: string) => void
}

/** How many badges stand in the bar before the rest is counted. */
const limit = 4

/** Who has the text open now. The bar is one button; it opens the list of who is where. */
export function PeopleBar({ people, nameOf, onGo }: PeopleBarProps) {
  const { t } = useTranslation('editor')
  const language = useLanguage()
  const personName = usePersonWords()
  const here = useStore(people)
  const [open, setOpen] = useState(false)
  const shown = here.length > limit ? here.slice(0, limit - 1) : here
  const rest = here.length - shown.length
  const names = here.map(({ person, self }) => (self ? t('people.you') : personName(person))).join(', ')

  return (
    <>
      <button
        type="button"
        className={classes.bar}
        aria-label={`${t('people.label')}: ${names}`}
        aria-haspopup="dialog"
        onClick={() => setOpen(true)}
      >
        {shown.map(({ person }) => (
          <PersonBadge key={person.id} person={person} size="sm" silent />
        ))}
        {rest > 0 && (
          <span className={classes.rest} aria-hidden>
            +{rest}
          </span>
        )}
      </button>
      {open && (
        <Sheet title={t('people.title', { count: here.length })} onClose={() => setOpen(false)}>
          <ul className={classes.list}>
            {here.map(({ person, field, behalf, self }) => {
              const name = field === null ? undefined : nameOf(field)?.[language]
              return (
                <li key={person.id}>
                  <PersonBadge person={person} named />
                  <span className={classes.where}>
                    {self && t('people.you')}
                    {!self && (name && field ? t('people.in', { field: name }) : t('people.here'))}
                    {behalf !== null &&
                      `, ${t('people.for', { name: personName({ name: behalf, group: null }, true) })}`}
                  </span>
                  {!self && name && field && (
                    <button
                      type="button"
                      className={classes.go}
                      onClick={() => {
                        // Closed first: an open sheet lets nothing beside it have the focus, and a closing one gives it
                        // back to the bar.
                        flushSync(() => setOpen(false))
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
      )}
    </>
  )
}
