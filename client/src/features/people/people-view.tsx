import type { Plan } from '@cabildo/protocol/http/api'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { backToPlan } from '../../lib/text-address.ts'
import { PageHead } from '../../ui/late/page-head.tsx'
import { GroupsPart } from './groups-part.tsx'
import { HistoryPart } from './history-part.tsx'
import { InvitePart } from './invite-part.tsx'
import { MembersPart } from './members-part.tsx'
import classes from './people-view.module.css'
import type { PeoplePart, PeopleSearch } from './search.ts'

interface PeopleViewProps {
  plan: Plan
  myId: string | undefined
  search: PeopleSearch
  /** The part about personal data in texts. */
  redactions: React.ReactNode
}

/**
 * The people of a plan in parts: who takes part, in which groups, and for those who may, invitations, the past, and what
 * texts say of people who should not be in them.
 */
export function PeopleView({ plan, myId, search, redactions }: PeopleViewProps) {
  const { t } = useTranslation('people')
  const { slug, may } = plan
  const parts: PeoplePart[] = [
    'members',
    'groups',
    ...(may.managePeople ? (['invite'] as const) : []),
    ...(may.readHistory ? (['history'] as const) : []),
    ...(may.redact ? (['redactions'] as const) : []),
  ]
  const asked = search.part ?? 'members'
  // A part that the reader's role does not have any more is no page of theirs.
  const part = parts.includes(asked) ? asked : 'members'
  return (
    <div className={classes.page}>
      <PageHead {...backToPlan(plan)} title={t('title')} />
      <nav aria-label={t('parts.label')}>
        <ul className={classes.parts}>
          {parts.map((one) => (
            <li key={one}>
              <Link
                to="/plans/$slug/people"
                params={{ slug }}
                search={one === 'members' ? {} : { part: one }}
                className={classes.part}
                resetScroll={false}
                activeOptions={{ exact: true }}
                aria-current={one === part ? 'page' : undefined}
              >
                {t(`parts.${one}`)}
              </Link>
            </li>
          ))}
        </ul>
      </nav>
      {part === 'members' && <MembersPart slug={slug} myId={myId} manages={may.managePeople} />}
      {part === 'groups' && <GroupsPart slug={slug} adds={may.addGroups} manages={may.managePeople} />}
      {part === 'invite' && <InvitePart plan={plan} />}
      {part === 'history' && <HistoryPart slug={slug} />}
      {part === 'redactions' && redactions}
      <p>
        <Link to="/help/rights" className={classes.help}>
          {t('rights.link')}
        </Link>
      </p>
    </div>
  )
}
