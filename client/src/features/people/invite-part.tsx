import type { Plan } from '@cabildo/protocol/http/api'
import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { groupsQuery, invitationsQuery, membersQuery, useInvite } from './api.ts'
import { InvitationList } from './invitation-list.tsx'
import { InviteOne } from './invite-one.tsx'
import classes from './invite-part.module.css'
import { InvitePaste } from './invite-paste.tsx'
import { InviteResults } from './invite-results.tsx'
import type { Invited } from './invited.ts'
import { knownAs } from './model.ts'
import partClasses from './people-view.module.css'

/** Invitations: one person or a pasted list, the links that come of it, and those that are still open. */
export function InvitePart({ plan }: { plan: Plan }) {
  const { t } = useTranslation('people')
  const { slug } = plan
  const members = useQuery(membersQuery(slug))
  const groups = useQuery(groupsQuery(slug))
  const invitations = useQuery(invitationsQuery(slug))
  const [way, setWay] = useState<'paste' | 'one'>('paste')
  const [results, setResults] = useState<Invited[]>([])
  /** What was pasted and could not be sent: it waits here to be put right. */
  const [left, setLeft] = useState('')
  const invite = useInvite(slug)

  if (results.length > 0) {
    return <InviteResults plan={plan} invited={results} onDone={() => setResults([])} />
  }
  const known = {
    members: (members.data ?? []).map((member) => ({ ...knownAs(member), email: member.known?.email ?? null })),
    invited: (invitations.data ?? []).filter(({ state }) => state === 'open'),
  }
  const form = {
    groups: groups.data ?? [],
    known,
    pending: invite.isPending,
    error: invite.error,
  }
  return (
    <section className={partClasses.section} aria-label={t('parts.invite')}>
      <fieldset className={classes.ways} aria-label={t('invite.ways')}>
        {(['paste', 'one'] as const).map((one) => (
          <Button
            key={one}
            variant={way === one ? 'light' : 'default'}
            aria-pressed={way === one}
            onClick={() => {
              setWay(one)
              invite.reset()
            }}
          >
            {t(`invite.${one}`)}
          </Button>
        ))}
      </fieldset>
      {way === 'paste' ? (
        <InvitePaste
          {...form}
          text={left}
          onText={setLeft}
          onInvite={(people, rest) =>
            invite.mutate(people, {
              onSuccess: (items) => {
                setLeft(rest)
                setResults(items)
              },
            })
          }
        />
      ) : (
        <InviteOne {...form} onInvite={(person) => invite.mutate([person], { onSuccess: setResults })} />
      )}
      <InvitationList slug={slug} invitations={invitations.data} error={invitations.error} />
    </section>
  )
}
