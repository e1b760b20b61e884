import type { CommitmentItem } from '@cabildo/protocol/http/api'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { planLanguage } from '../../lib/language.ts'
import { People, PersonBadge } from '../../ui/person-badge.tsx'
import { usePersonWords } from '../../ui/person-words.ts'
import { StatusChip } from '../../ui/status-chip.tsx'
import { Time } from '../../ui/time.tsx'
import { Bone } from '../../ui/waiting.tsx'
import classes from './commitment-list.module.css'
import { stateTones } from './model.ts'

interface CommitmentListProps {
  slug: string
  commitments: readonly CommitmentItem[]
}

/** The commitments of a plan in their order: what each is called, how far it is, who changed it last, who is inside. */
export function CommitmentList({ slug, commitments }: CommitmentListProps) {
  return (
    // The marker is drawn by us; some screen readers drop the list where CSS removes the marker.
    // biome-ignore lint/a11y/noRedundantRoles: see above
    <ol className={classes.list} role="list">
      {commitments.map((commitment) => (
        <li key={commitment.id}>
          <CommitmentCard slug={slug} commitment={commitment} />
        </li>
      ))}
    </ol>
  )
}

/** One commitment. The whole card is its link. */
function CommitmentCard({ slug, commitment }: { slug: string; commitment: CommitmentItem }) {
  const { t } = useTranslation('plans')
  const nameOf = usePersonWords()
  const { number, title, state, changedAt, changedBy, inside } = commitment
  return (
    <article className={classes.card} aria-labelledby={`commitment-${commitment.id}`}>
      <span className={classes.number} aria-hidden>
        {number}
      </span>
      <div className={classes.main}>
        <h3 id={`commitment-${commitment.id}`} className={classes.title}>
          <Link
            to="/plans/$slug/commitments/$number"
            params={{ slug, number: String(number) }}
            className={classes.link}
          >
            <span className="cb-hidden">{t('plan.numbered', { number })}: </span>
            {title ? (
              <span lang={planLanguage}>{title}</span>
            ) : (
              <span className={classes.untitled}>{t('plan.untitled')}</span>
            )}
          </Link>
        </h3>
        <StatusChip tone={stateTones[state]}>{t(`state.${state}`)}</StatusChip>
      </div>
      <div className={classes.changed}>
        {changedAt ? (
          <>
            {changedBy && <PersonBadge person={changedBy} size="sm" silent />}
            <p className={classes.changedWords}>
              <span className="cb-hidden">{t('plan.changed')}: </span>
              {changedBy && <span className={classes.who}>{nameOf(changedBy)}</span>}
              <span className={classes.when}>
                {changedBy?.group && changedBy.name !== '' && (
                  <span className={classes.group}>{changedBy.group.name}</span>
                )}
                <Time value={changedAt} />
              </span>
            </p>
          </>
        ) : (
          <p className={classes.when}>{t('plan.neverChanged')}</p>
        )}
      </div>
      <div className={classes.inside}>
        {inside.length > 0 && (
          <>
            <span className={classes.insideWord}>{t('plan.inside')}</span>
            <People people={inside} limit={4} label={t('plan.inside')} />
          </>
        )}
      </div>
    </article>
  )
}

/** The list in grey, while the plan is on its way. */
export function CommitmentListSkeleton() {
  return (
    <div className={classes.list}>
      {[0.7, 0.55, 0.8].map((width) => (
        <div className={classes.card} key={width}>
          <Bone width="2rem" height="2rem" />
          <div className={classes.main}>
            <Bone width={`${width * 100}%`} height="1.4em" />
            <Bone width="8rem" height="1.75rem" radius="2rem" />
          </div>
          <div className={classes.changed}>
            <Bone width="2.125rem" height="2.125rem" radius="50%" />
            <Bone width="9rem" />
          </div>
          <div className={classes.inside} />
        </div>
      ))}
    </div>
  )
}
