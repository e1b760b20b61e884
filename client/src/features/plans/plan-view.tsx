import type { CommitmentItem, Plan } from '@cabildo/protocol/http/api'
import { useTranslation } from 'react-i18next'
import { planLanguage, useLanguage } from '../../lib/language.ts'
import { Notice } from '../../ui/notice.tsx'
import { SectorTag } from '../../ui/sector-tag.tsx'
import { Bone } from '../../ui/waiting.tsx'
import { AddCommitment } from './add-commitment.tsx'
import { CommitmentList, CommitmentListSkeleton } from './commitment-list.tsx'
import { EmptyPlan } from './empty-plan.tsx'
import { inOrder } from './model.ts'
import classes from './plan-view.module.css'

interface PlanViewProps {
  plan: Plan
  /** The last attempt to see the plan again failed; what is shown may be old. */
  stale: boolean
  onAdded: (commitment: CommitmentItem) => void
  /** Ways to what else belongs to the plan: its people, its workshops. */
  ways?: React.ReactNode
  /** Where the plan stands, and what comes next. */
  standing: React.ReactNode
  /** What stands under everything else: the plan's record. */
  record?: React.ReactNode
}

/** A plan as its people read it: what it is, who takes part, its commitments. */
export function PlanView({ plan, stale, onAdded, ways, standing, record }: PlanViewProps) {
  const { t } = useTranslation('plans')
  const { t: common } = useTranslation()
  const language = useLanguage()
  const { commitments, groups, may } = plan
  const add = may.addCommitment && <AddCommitment slug={plan.slug} onAdded={onAdded} />
  return (
    <div className={classes.page} data-thumb={may.addCommitment}>
      <header className={classes.head}>
        <p className={classes.place}>
          {plan.place}
          {plan.demo && <span className={classes.demo}>{common('demo.notice')}</span>}
        </p>
        <h1 lang={planLanguage}>{plan.title}</h1>
        <p className={classes.role}>{t('plan.role', { role: common(`role.${plan.role}`) })}</p>
        {ways && (
          <nav aria-label={t('plan.ways')} className={classes.ways}>
            {ways}
          </nav>
        )}
      </header>

      <div className={classes.standing}>{standing}</div>

      <section aria-labelledby="commitments" className={classes.commitments}>
        <div className={classes.bar}>
          <h2 id="commitments">{t('plan.commitments')}</h2>
          {commitments.length > 0 && add}
        </div>
        {stale && <Notice tone="care" what={t('plan.stale')} todo={t('plan.staleTodo')} />}
        {commitments.length > 0 ? (
          <CommitmentList slug={plan.slug} commitments={commitments} />
        ) : (
          <EmptyPlan>{add}</EmptyPlan>
        )}
      </section>

      {groups.length > 0 && (
        <section aria-labelledby="groups" className={classes.groups}>
          <h2 id="groups" className={classes.small}>
            {t('plan.groups')}
          </h2>
          <ul>
            {inOrder(groups, language).map((group) => (
              <li key={group.id}>
                <SectorTag sector={group.sector}>
                  <span lang={planLanguage}>{group.name}</span>
                  <span className="cb-hidden">, {common(`sector.${group.sector}`)}</span>
                </SectorTag>
              </li>
            ))}
          </ul>
        </section>
      )}
      {record}
    </div>
  )
}

/** The plan's page in grey, while it is on its way. */
export function PlanSkeleton() {
  return (
    <div className={classes.page}>
      <div className={classes.head}>
        <Bone width="8rem" />
        <Bone width="70%" height="2.2rem" />
        <Bone width="12rem" />
      </div>
      <div className={classes.standing} />
      <div className={classes.commitments}>
        <Bone width="11rem" height="1.6rem" />
        <CommitmentListSkeleton />
      </div>
    </div>
  )
}
