import type { FactorReset, MemberItem } from '@cabildo/protocol/http/people'
import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ConfirmSheet } from '../../ui/late/confirm-sheet.tsx'
import { usePersonWords } from '../../ui/person-words.ts'
import { Time } from '../../ui/time.tsx'
import { factorResetsQuery, useDecideReset } from './api.ts'
import { MemberRefusal } from './member-refusal.tsx'
import { knownAs } from './model.ts'
import classes from './people-view.module.css'

interface FactorResetsProps {
  slug: string
  members: readonly MemberItem[]
}

/** The second steps that somebody asked to remove, each with who asked, why, and what this reader may do about it. */
export function FactorResets({ slug, members }: FactorResetsProps) {
  const { t } = useTranslation('people')
  const nameOf = usePersonWords()
  const { data } = useQuery(factorResetsQuery(slug))
  const [asks, setAsks] = useState<{ reset: FactorReset; step: 'approve' | 'refuse' }>()
  if (!data?.length) return null
  const nameIn = (person: FactorReset['person']) => {
    const member = members.find((each) => each.person.id === person.id)
    return nameOf(member ? knownAs(member) : person, true)
  }
  return (
    <section className={classes.section} aria-labelledby="factor-resets">
      <h2 id="factor-resets">{t('factor.heading')}</h2>
      {/* biome-ignore lint/a11y/noRedundantRoles: some screen readers drop the list where CSS removes the marker */}
      <ul className={classes.cards} role="list">
        {data.map((reset) => {
          const name = nameIn(reset.person)
          return (
            <li key={reset.id} className={classes.card}>
              <h3>{name}</h3>
              <p>{t('factor.because', { by: nameIn(reset.askedBy), reason: reset.reason })}</p>
              <p className={classes.soft}>
                {t('factor.until')} <Time value={reset.expiresAt} as="moment" />
              </p>
              {reset.obstacle && <p>{t(`factor.obstacle.${reset.obstacle}`)}</p>}
              <div className={classes.buttons}>
                {reset.obstacle === null && (
                  <Button onClick={() => setAsks({ reset, step: 'approve' })}>
                    {t('factor.approve.button')}
                    <span className="cb-hidden">: {name}</span>
                  </Button>
                )}
                {reset.obstacle !== 'own' && (
                  <Button variant="default" onClick={() => setAsks({ reset, step: 'refuse' })}>
                    {t(reset.obstacle === 'asked' ? 'factor.refuse.own' : 'factor.refuse.button')}
                    <span className="cb-hidden">: {name}</span>
                  </Button>
                )}
              </div>
            </li>
          )
        })}
      </ul>
      {asks && (
        <DecisionSheet slug={slug} name={nameIn(asks.reset.person)} {...asks} onClose={() => setAsks(undefined)} />
      )}
    </section>
  )
}

interface DecisionSheetProps {
  slug: string
  name: string
  reset: FactorReset
  step: 'approve' | 'refuse'
  onClose: () => void
}

/** What a decision does, said before it is made. */
function DecisionSheet({ slug, name, reset, step, onClose }: DecisionSheetProps) {
  const { t } = useTranslation('people')
  const decide = useDecideReset(slug)
  const isOwn = reset.obstacle === 'asked'
  return (
    <ConfirmSheet
      title={t(`factor.${step}.title`, { name })}
      button={t(step === 'refuse' && isOwn ? 'factor.refuse.own' : `factor.${step}.button`)}
      danger={step === 'approve'}
      doing={decide}
      onConfirm={() => decide.mutate({ resetId: reset.id, step }, { onSuccess: onClose })}
      onClose={onClose}
      refusal={<MemberRefusal error={decide.error} />}
    >
      <p>{t(`factor.${step}.what`, { name })}</p>
      {step === 'approve' && <p>{t('factor.approve.sure')}</p>}
    </ConfirmSheet>
  )
}
