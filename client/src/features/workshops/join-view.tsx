import type { Person } from '@cabildo/protocol/http/common'
import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { isFocusLost } from '../../lib/is-focus-lost.ts'
import { refusalCode } from '../../lib/refusal.ts'
import { ButtonRoot } from '../../ui/button-root.tsx'
import { PersonBadge } from '../../ui/person-badge.tsx'
import { Bone, Waiting } from '../../ui/waiting.tsx'
import { lookQuery, useTakeTurn, type WayIn } from './api.ts'
import { CodeForm } from './code-form.tsx'
import classes from './join.module.css'
import { JoinForm } from './join-form.tsx'
import { JoinRefusal } from './join-refusal.tsx'
import { PassingSheet } from './passing-sheet.tsx'
import { usePassing } from './use-passing.ts'
import { forgetWayIn, keepWayIn } from './way-in.ts'
import { WorkshopHead } from './workshop-head.tsx'

/** Where somebody goes who has come in: the commitments of the workshop, by number. */
export interface Destination {
  planSlug: string
  commitments: readonly number[]
}

interface JoinViewProps {
  /** What brought somebody here; without it they are asked for the code. */
  way: WayIn | undefined
  /** Who is signed in here already. `member`: with an account. */
  user: { id: string; name: string; member: boolean } | undefined
  onWay: (way: WayIn | undefined) => void
  onEntered: (to: Destination) => void
  /** Goes back to the text, for who is in the workshop and only looked. */
  back?: React.ReactNode
}

/** The way into a workshop: what it is, who one is, and one button. */
export function JoinView({ way, user, onWay, onEntered, back }: JoinViewProps) {
  const { t } = useTranslation('workshops')
  const look = useQuery({ ...lookQuery(way ?? { code: '' }), enabled: way !== undefined })
  // What was typed stays when the code leads nowhere.
  const [typed, setTyped] = useState('')
  const isGone = refusalCode(look.error) === 'link_gone'
  useEffect(() => {
    if (isGone) forgetWayIn()
  }, [isGone])

  // The form of the code is gone, and the focus with it: one goes on with the workshop.
  const isFound = look.data !== undefined
  useEffect(() => {
    if (isFound && isFocusLost()) document.getElementById('main')?.focus({ preventScroll: true })
  }, [isFound])

  // A member of the plan stays who they are; whoever else comes in takes the phone from the guest who has it.
  const { passing, pass, again, passAnyway, stay } = usePassing(user?.member ? undefined : user?.id)

  if (way && look.data) {
    return (
      <div className={classes.page}>
        {passing && user && (
          <PassingSheet
            passing={passing}
            from={user.name}
            onAgain={() => void again(passing.to)}
            onAnyway={() => void passAnyway(passing.to)}
            onStay={stay}
          />
        )}
        <WorkshopHead workshop={look.data.workshop} />
        <Here
          back={back}
          people={look.data.here.filter(({ id }) => id !== user?.id)}
          busy={passing !== null}
          onTurn={(to, goIn) => void pass(to, goIn)}
          onEntered={(to) => {
            keepWayIn(way)
            onEntered(to)
          }}
        />
        <JoinForm
          way={way}
          look={look.data}
          user={user}
          busy={passing?.step === 'saving' || passing?.step === 'turning'}
          onRefresh={async () => (await look.refetch()).isSuccess}
          onJoin={(goIn) => void pass('another', goIn)}
          onJoined={(to) => {
            keepWayIn(way)
            onEntered(to)
          }}
        />
      </div>
    )
  }
  if (way && look.isFetching && !('code' in way)) return <Waiting skeleton={<Skeleton />} />
  return (
    <div className={classes.page}>
      <header className={classes.head}>
        <h1>{t('code.title')}</h1>
        <p>{t('code.lead')}</p>
      </header>
      {look.error && (
        <JoinRefusal error={look.error} way={way} member={user?.member ?? false}>
          {way && 'token' in way && !isGone && <Button onClick={() => void look.refetch()}>{t('code.again')}</Button>}
        </JoinRefusal>
      )}
      <CodeForm
        typed={typed}
        onTyped={setTyped}
        pending={look.isFetching}
        onCode={(code) => {
          // The same code again is another attempt.
          if (way && 'code' in way && way.code === code) void look.refetch()
          else onWay({ code })
        }}
      />
      {back}
    </div>
  )
}

interface HereProps {
  back?: React.ReactNode
  people: readonly Person[]
  /** The phone is on its way to somebody. */
  busy: boolean
  onTurn: (to: Person, goIn: () => Promise<void>) => void
  onEntered: (to: Destination) => void
}

/** People who joined from this phone before: one tap, and they are back. */
function Here({ back, people, busy, onTurn, onEntered }: HereProps) {
  const { t } = useTranslation('workshops')
  const turn = useTakeTurn()
  if (people.length === 0) return back
  return (
    <section className={classes.here} aria-labelledby="here">
      <h2 id="here">{t('here.title')}</h2>
      <ul>
        {people.map((person) => (
          <li key={person.id}>
            <ButtonRoot
              className={classes.person}
              data-loading={busy}
              onClick={() =>
                onTurn(person, async () => {
                  const entered = await turn.mutateAsync(person.id).catch(() => undefined)
                  if (entered?.device.workshop) onEntered(entered.device.workshop)
                })
              }
            >
              <span className="cb-hidden">{t('here.iAm')} </span>
              <PersonBadge person={person} named />
            </ButtonRoot>
          </li>
        ))}
      </ul>
      {turn.error && <JoinRefusal error={turn.error} way={undefined} member={false} />}
      {back}
      <p className={classes.or}>{t('here.or')}</p>
    </section>
  )
}

function Skeleton() {
  return (
    <div className={classes.page}>
      <Bone width="70%" height="2.2rem" />
      <Bone height="3rem" radius="0.625rem" />
      <Bone height="9rem" radius="0.625rem" />
    </div>
  )
}
