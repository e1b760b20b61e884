import type { Endorsement, Letter } from '@cabildo/protocol/http/endorsements'
import { Button } from '@mantine/core'
import { IconFileText } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { NotLoaded } from '../../ui/late/not-loaded.tsx'
import { PlanWords } from '../../ui/late/plan-words.tsx'
import { usePersonWords } from '../../ui/person-words.ts'
import { SectorTag } from '../../ui/sector-tag.tsx'
import { Time } from '../../ui/time.tsx'
import { Bone, Waiting } from '../../ui/waiting.tsx'
import { endorsementsQuery, letterAddress, type Withdrawable } from './api.ts'
import { EndorseSheet } from './endorse-sheet.tsx'
import classes from './endorsements.module.css'
import { LetterSheet } from './letter-sheet.tsx'
import { WithdrawSheet } from './withdraw-sheet.tsx'

type Open = { kind: 'endorse' } | { kind: 'letter' } | { kind: 'withdraw'; what: Withdrawable }

/**
 * Who stands behind a plan: endorsements of exact texts, letters of support, and the ways to add and to withdraw one.
 * `signer`: what the reader is called, who most often signs.
 */
export function EndorsementsView({ slug, signer }: { slug: string; signer: string }) {
  const { t } = useTranslation('endorsements')
  const { data, error, refetch } = useQuery(endorsementsQuery(slug))
  const [open, setOpen] = useState<Open>()
  const close = () => setOpen(undefined)
  if (error && !data) {
    return <NotLoaded error={error} onRetry={() => void refetch()} />
  }
  if (!data) return <Waiting skeleton={<Bone height="12rem" />} />
  const { endorsements, letters, texts, may } = data
  const isOurs = ({ group, withdrawn }: Endorsement) => withdrawn === null && group.id === may.endorseFor?.id
  return (
    <>
      <section className={classes.part} aria-labelledby="endorsements">
        <h2 id="endorsements">{t('endorsements')}</h2>
        {endorsements.length === 0 && <p>{t('none')}</p>}
        {/* biome-ignore lint/a11y/noRedundantRoles: some screen readers drop the list where CSS removes the marker */}
        <ul className={classes.list} role="list">
          {endorsements.map((item) => (
            <EndorsementCard
              key={item.number}
              item={item}
              onWithdraw={() => setOpen({ kind: 'withdraw', what: { kind: 'endorsement', item } })}
            />
          ))}
        </ul>
        {may.endorseFor && texts.length > 0 && (
          <Button
            className={classes.add}
            // Once the group stands behind the plan, there is nothing that waits for them.
            variant={endorsements.some(isOurs) ? 'default' : 'filled'}
            onClick={() => setOpen({ kind: 'endorse' })}
          >
            {t('endorse.button')}
          </Button>
        )}
        {may.endorseFor && texts.length === 0 && <p className={classes.soft}>{t('noTexts')}</p>}
      </section>
      <section className={classes.part} aria-labelledby="letters">
        <h2 id="letters">{t('letters')}</h2>
        {letters.length === 0 && <p>{t('noLetters')}</p>}
        {/* biome-ignore lint/a11y/noRedundantRoles: as above */}
        <ul className={classes.list} role="list">
          {letters.map((item) => (
            <LetterCard
              key={item.number}
              slug={slug}
              item={item}
              onWithdraw={() => setOpen({ kind: 'withdraw', what: { kind: 'letter', item } })}
            />
          ))}
        </ul>
        {may.keepLetters && (
          <Button className={classes.add} variant="default" onClick={() => setOpen({ kind: 'letter' })}>
            {t('letter.button')}
          </Button>
        )}
      </section>
      {open?.kind === 'endorse' && may.endorseFor && (
        <EndorseSheet {...{ slug, texts, signer }} organisation={may.endorseFor.name} onClose={close} />
      )}
      {open?.kind === 'letter' && <LetterSheet slug={slug} onClose={close} />}
      {open?.kind === 'withdraw' && <WithdrawSheet slug={slug} what={open.what} onClose={close} />}
    </>
  )
}

function EndorsementCard({ item, onWithdraw }: { item: Endorsement; onWithdraw: () => void }) {
  const { t } = useTranslation('endorsements')
  const { number, organisation, name, office, group, texts, at, entry, withdrawn } = item
  return (
    <li className={classes.card} data-withdrawn={withdrawn !== null || undefined}>
      <h3>{organisation}</h3>
      <p>
        <SectorTag sector={group.sector}>{group.name}</SectorTag>
      </p>
      {name !== '' && <p>{t('signer', { name, office })}</p>}
      <ul className={classes.texts}>
        {texts.map((text) => (
          <li key={text.documentId}>
            <PlanWords
              words={text.title}
              of={(title) => t('text', { number: text.number, title, version: text.version.number })}
            />
          </li>
        ))}
      </ul>
      <p className={classes.soft}>
        <Time value={at} /> · {t('entry', { entry })}
      </p>
      <Withdrawal item={item} label={t('withdraw.ofEndorsement', { number })} onWithdraw={onWithdraw} />
    </li>
  )
}

function LetterCard({ slug, item, onWithdraw }: { slug: string; item: Letter; onWithdraw: () => void }) {
  const { t } = useTranslation('endorsements')
  const { number, side, organisation, sha256, at, entry, withdrawn } = item
  return (
    <li className={classes.card} data-withdrawn={withdrawn !== null || undefined}>
      <h3>{organisation}</h3>
      <p>{t(`side.${side}`)}</p>
      {sha256 !== null && (
        <a className={classes.file} href={letterAddress(slug, number)} aria-label={t('openOf', { organisation })}>
          <IconFileText size={24} aria-hidden />
          {t('open')}
        </a>
      )}
      <p className={classes.soft}>
        <Time value={at} /> · {t('entry', { entry })}
      </p>
      {sha256 !== null && <p className={classes.hash}>sha256:{sha256}</p>}
      <Withdrawal item={item} label={t('withdraw.ofLetter', { number })} onWithdraw={onWithdraw} />
    </li>
  )
}

interface WithdrawalProps {
  item: Pick<Endorsement, 'withdrawn' | 'may'>
  /** What the button is called to who does not see which card it stands in. */
  label: string
  onWithdraw: () => void
}

/** That it was withdrawn and why, or the way to withdraw it. */
function Withdrawal({ item: { withdrawn, may }, label, onWithdraw }: WithdrawalProps) {
  const { t } = useTranslation('endorsements')
  return (
    <>
      <Gone withdrawn={withdrawn} />
      {may.withdraw && (
        <Button className={classes.add} variant="default" onClick={onWithdraw} aria-label={label}>
          {t('withdraw.button')}
        </Button>
      )}
    </>
  )
}

function Gone({ withdrawn }: Pick<Endorsement, 'withdrawn'>) {
  const { t } = useTranslation('endorsements')
  const nameOf = usePersonWords()
  if (!withdrawn) return null
  const { by, at, reason } = withdrawn
  return (
    <div className={classes.gone}>
      <p>
        <strong>{t('withdrawn', { who: nameOf(by) })}</strong> · <Time value={at} />
      </p>
      <blockquote>{reason}</blockquote>
    </div>
  )
}
