import type { PlanStanding } from '@cabildo/protocol/http/plan-life'
import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ActList } from './act-list.tsx'
import classes from './approvals.module.css'
import { planStandingQuery, usePlanStep } from './plan-api.ts'
import { StepList } from './step-list.tsx'
import { StepSheet } from './step-sheet.tsx'
import { WindowLine } from './window-line.tsx'

type Next = PlanStanding['next'][number]

/** Where the plan stands and what comes next: what the reader can do, what others can, and what is missing. */
export default function PlanBar({ slug }: { slug: string }) {
  const { t } = useTranslation('approvals')
  const { t: plans } = useTranslation('plans')
  const { data } = useQuery(planStandingQuery(slug))
  const [doing, setDoing] = useState<Next>()
  const moving = usePlanStep(slug)
  const missingWords = useMissingWords(data?.inputs ?? null)
  if (!data) return null
  // What this device remembers may be of an older program, which told nothing of decisions.
  const { state, window, windowDays, next, steps, decide = [] } = data
  return (
    <>
      {decide.length > 0 && (
        <ul className={classes.acts}>
          {decide.map((number) => (
            <li key={number}>
              <Button
                renderRoot={(props) => (
                  <Link
                    to="/plans/$slug/commitments/$number/approval"
                    params={{ slug, number: String(number) }}
                    {...props}
                  />
                )}
              >
                {t('bar.decide', { number })}
              </Button>
            </li>
          ))}
        </ul>
      )}
      <details className={classes.bar}>
        <summary>
          <span className={classes.state}>{plans(`planState.${state}`)}</span>
          <span>{next.some(({ mine, back }) => mine && !back) ? t('bar.yours') : t('bar.next')}</span>
        </summary>
        <div className={classes.inside}>
          {window && <WindowLine window={window} />}
          <p className={classes.soft}>{t(data.public ? 'plan.public' : 'plan.private')}</p>
          <ActList
            acts={next.map(({ act, missing, ...rest }) => ({
              ...rest,
              name: act,
              label: t(`planAct.${act}`),
              stays: rest.window === 'extends',
              missing: missing.map(missingWords),
            }))}
            onDo={(name) => {
              moving.reset()
              setDoing(next.find(({ act }) => act === name))
            }}
          />
          <StepList steps={steps.map((step) => ({ ...step, label: t(`planAct.${step.act}`) }))} />
        </div>
        {doing && (
          <StepSheet
            title={t(`planAct.${doing.act}`)}
            what={[
              t('plan.what', { state: plans(`planState.${doing.to}`) }),
              ...(doing.act === 'announce' ? [t('plan.announces')] : []),
            ].join(' ')}
            words={doing.reason ? 'owed' : 'none'}
            {...(doing.window && { days: { kind: doing.window, usual: windowDays, window } })}
            changing={moving}
            onSend={({ words, window: wish }) =>
              moving.mutate(
                { act: doing.act, from: state, ...(words && { reason: words }), ...(wish && { window: wish }) },
                { onSuccess: () => setDoing(undefined) },
              )
            }
            onClose={() => setDoing(undefined)}
          />
        )}
      </details>
    </>
  )
}

/** What a plan lacks, in words. */
function useMissingWords(inputs: PlanStanding['inputs']): (missing: Next['missing'][number]) => string {
  const { t } = useTranslation('approvals')
  return ({ need, commitments }) => {
    if (need === 'inputs')
      return t('need.inputs', { ...(inputs ?? { share: 0, needed: 0 }), count: inputs?.unanswered ?? 0 })
    return t(`need.${need}`, { numbers: commitments.join(', ') })
  }
}
