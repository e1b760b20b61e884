import type { MembershipEvent } from '@cabildo/protocol/http/people'
import { Button } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { membershipKey } from '../../lib/membership-words.ts'
import { NotLoaded } from '../../ui/late/not-loaded.tsx'
import { usePersonWords } from '../../ui/person-words.ts'
import { Time } from '../../ui/time.tsx'
import { Bone, Waiting } from '../../ui/waiting.tsx'
import { useMembershipHistory } from './api.ts'
import classes from './history-part.module.css'
import partClasses from './people-view.module.css'

/** Every change of who takes part and how, newest first, each as a sentence. */
export function HistoryPart({ slug }: { slug: string }) {
  const { t } = useTranslation('people')
  const sentence = useSentence()
  const nameOf = usePersonWords()
  const { data, error, refetch, hasNextPage, isFetchingNextPage, fetchNextPage } = useMembershipHistory(slug)
  if (!data) {
    if (!error) return <Waiting skeleton={<Bone height="12rem" />} />
    return <NotLoaded error={error} urgent onRetry={() => void refetch()} />
  }
  return (
    <section className={partClasses.section} aria-label={t('parts.history')}>
      <p className={partClasses.soft}>{t('history.lead')}</p>
      {data.length === 0 && <p>{t('history.none')}</p>}
      {/* biome-ignore lint/a11y/noRedundantRoles: some screen readers drop the list where CSS removes the marker */}
      <ol className={classes.events} role="list">
        {data.map((event) => (
          <li key={`${event.at} ${event.person.id} ${event.kind}`} className={classes.event}>
            <p>{sentence(event)}</p>
            <p className={partClasses.soft}>
              <Time value={event.at} as="moment" />
              {event.actor && event.actor.id !== event.person.id && (
                <> · {t('history.by', { name: nameOf(event.actor, true) })}</>
              )}
            </p>
          </li>
        ))}
      </ol>
      {hasNextPage && (
        <div>
          <Button variant="default" loading={isFetchingNextPage} onClick={() => void fetchNextPage()}>
            {t('history.older')}
          </Button>
        </div>
      )}
    </section>
  )
}

/** One change in words. Who is not shown, or was erased, is told as somebody. */
function useSentence(): (event: MembershipEvent) => string {
  const { t } = useTranslation('people')
  const { t: common } = useTranslation()
  const nameOf = usePersonWords()
  return ({ kind, person, role, wasRole, group, wasGroup, into, workshopId }) =>
    t(membershipKey(kind, workshopId !== null), {
      name: nameOf(person),
      role: role ? common(`role.${role}`) : '',
      was: wasRole ? common(`role.${wasRole}`) : '',
      group: group?.name ?? t('noGroup'),
      wasGroup: wasGroup?.name ?? t('noGroup'),
      into: into ? nameOf(into, true) : '',
    })
}
