import type { Person } from '@cabildo/protocol/http/common'
import { Button } from '@mantine/core'
import { IconChevronDown, IconPencil, IconUserPlus } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useEffect, useRef, useState } from 'react'
import { flushSync } from 'react-dom'
import { useTranslation } from 'react-i18next'
import { isFocusLost } from '../../lib/is-focus-lost.ts'
import { PersonBadge } from '../../ui/person-badge.tsx'
import { Sheet } from '../../ui/sheet.tsx'
import { deviceQuery, useTakeTurn } from './api.ts'
import classes from './device-bar.module.css'
import { holdPlace, leavePlace, returnToPlace } from './hold-place.ts'
import { PassingSheet } from './passing-sheet.tsx'
import { type Next, usePassing, useStillPage } from './use-passing.ts'

interface DeviceBarProps {
  /** The guest who is signed in: the one whose edits are stored now. */
  user: { id: string; name: string }
  /** Leads to where somebody new joins. */
  onAnother: () => void
}

/** How many of the others stand in the bar before the rest is counted. */
const limit = 3

/** Who is writing on this phone, with the others one tap away. In sight on every page of a guest. */
export default function DeviceBar({ user, onAnother }: DeviceBarProps) {
  const { t } = useTranslation('workshops')
  const device = useQuery(deviceQuery)
  const [listed, setListed] = useState(false)
  const [told, setTold] = useState('')
  const takeTurn = useTakeTurn()
  const { passing, pass, again, passAnyway, stay } = usePassing(user.id)
  useStillPage(passing !== null)
  // Somebody new joins on a page without this bar: it is drawn again with the text they come to.
  useEffect(returnToPlace, [])
  // The button of who has the phone now went, and the focus with it.
  const current = useRef<HTMLButtonElement>(null)
  const before = useRef(user.id)
  useEffect(() => {
    if (before.current === user.id) return
    before.current = user.id
    if (isFocusLost()) current.current?.focus({ preventScroll: true })
  }, [user.id])
  const passTo = (to: Next) =>
    pass(to, async () => {
      if (to === 'another') {
        leavePlace()
        return onAnother()
      }
      const letGo = holdPlace()
      try {
        await takeTurn.mutateAsync(to.id)
      } catch (error) {
        letGo(false)
        throw error
      }
      letGo(true)
      setTold(t('bar.now', { name: to.name }))
    })
  const people = device.data?.people.map(({ person }) => person) ?? []
  // Who is signed in writes, whatever is remembered of the phone.
  const active = people.find(({ id }) => id === user.id) ?? namedOnly(user)
  const others = people.filter(({ id }) => id !== user.id)
  const shown = others.length > limit ? others.slice(0, limit - 1) : others
  const rest = others.length - shown.length

  return (
    <>
      <section className={classes.bar} aria-label={t('bar.label')}>
        <button
          ref={current}
          type="button"
          className={classes.active}
          aria-haspopup="dialog"
          onClick={() => setListed(true)}
        >
          <PersonBadge person={active} size="sm" silent />
          <span className={classes.words}>
            <span className={classes.name}>
              <span className="cb-hidden">{t('bar.writing')} </span>
              {active.name}
            </span>
            <span className={classes.group}>
              <IconPencil size={14} aria-hidden />
              <span>{active.group?.name ?? t('bar.writing')}</span>
            </span>
          </span>
          <IconChevronDown size={18} aria-hidden className={classes.chevron} />
        </button>
        <ul className={classes.others} aria-label={t('bar.others')}>
          {shown.map((person) => (
            <li key={person.id}>
              <button
                type="button"
                className={classes.other}
                aria-label={t('bar.passTo', { name: person.name })}
                onClick={() => void passTo(person)}
              >
                <PersonBadge person={person} size="sm" silent />
                <span className={classes.otherName} aria-hidden>
                  {person.name}
                </span>
              </button>
            </li>
          ))}
        </ul>
        {rest > 0 && (
          <button
            type="button"
            className={classes.rest}
            aria-haspopup="dialog"
            aria-label={t('bar.more', { count: rest })}
            onClick={() => setListed(true)}
          >
            +{rest}
          </button>
        )}
        <button type="button" className={classes.add} onClick={() => void passTo('another')}>
          <IconUserPlus size={22} aria-hidden />
          <span>{t('bar.another')}</span>
        </button>
      </section>
      <p className="cb-hidden" role="status">
        {told}
      </p>
      {listed && (
        <PeopleSheet
          active={active}
          others={others}
          onClose={() => setListed(false)}
          onPass={(to) => {
            // Closed first, so that the sheet gives the focus back before the page changes hands.
            flushSync(() => setListed(false))
            void passTo(to)
          }}
        />
      )}
      {passing && (
        <PassingSheet
          passing={passing}
          from={active.name}
          onAgain={() => void again(passing.to)}
          onAnyway={() => void passAnyway(passing.to)}
          onStay={stay}
        />
      )}
    </>
  )
}

// A session names its user; the group comes with the device.
const namedOnly = ({ id, name }: { id: string; name: string }): Person => ({
  id: id as Person['id'],
  name,
  group: null,
})

interface PeopleSheetProps {
  active: Person
  others: readonly Person[]
  onPass: (to: Person | 'another') => void
  onClose: () => void
}

/** Everybody of this phone by name and group. */
function PeopleSheet({ active, others, onPass, onClose }: PeopleSheetProps) {
  const { t } = useTranslation('workshops')
  return (
    <Sheet title={t('bar.title')} onClose={onClose}>
      <div className={classes.list}>
        <p>{t('bar.how')}</p>
        <p className={classes.now}>
          <PersonBadge person={active} named />
          <span className={classes.nowWord}>{t('bar.writingNow')}</span>
        </p>
        {others.length > 0 && (
          <ul>
            {others.map((person) => (
              <li key={person.id}>
                <button type="button" className={classes.choice} onClick={() => onPass(person)}>
                  <span className="cb-hidden">{t('bar.passTo', { name: '' })}</span>
                  <PersonBadge person={person} named />
                </button>
              </li>
            ))}
          </ul>
        )}
        <Button
          variant="default"
          fullWidth
          leftSection={<IconUserPlus size={20} aria-hidden />}
          onClick={() => onPass('another')}
        >
          {t('bar.another')}
        </Button>
      </div>
    </Sheet>
  )
}
