import { useMediaQuery } from '@mantine/hooks'
import { Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useStore } from '../../sync/use-store.ts'
import { PersonBadge } from '../../ui/person-badge.tsx'
import { usePersonWords } from '../../ui/person-words.ts'
import { PeopleSheet } from './parts.ts'
import classes from './people-bar.module.css'
import type { PeopleBarProps } from './people-sheet.tsx'

/** How many badges stand in the bar before the rest is counted; on a phone, beside all else that it has on one line. */
const most = { desk: 4, phone: 2 }

/** Who has the text open now. The bar is one button; it opens the list of who is where. */
export function PeopleBar({ people, nameOf, onGo }: PeopleBarProps) {
  const { t } = useTranslation('editor')
  const personName = usePersonWords()
  const here = useStore(people)
  const [open, setOpen] = useState(false)
  const isNarrow = useMediaQuery('(max-width: 47.99em)', undefined, { getInitialValueInEffect: false })
  const limit = isNarrow ? most.phone : most.desk
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
      <Suspense>{open && <PeopleSheet {...{ here, nameOf, onGo }} onClose={() => setOpen(false)} />}</Suspense>
    </>
  )
}
