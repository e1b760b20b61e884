import type { RecordProof } from '@cabildo/protocol/http/record'
import { Button } from '@mantine/core'
import { IconCheck, IconMinus, IconShieldCheck, IconX } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Notice } from '../../ui/notice.tsx'
import { checkEntry, type EntryCheck, type Found, steps } from './check-entry.ts'
import classes from './proof-sheet.module.css'

interface CheckPartProps {
  answer: RecordProof
  expected: Parameters<typeof checkEntry>[1]
  /** Asks the server for the entry once more: one that was not signed yet may be by now. */
  onRenew: () => Promise<RecordProof | undefined>
}

/** Checks an entry when asked to, on this device, and says in plain words how it came out. */
export function CheckPart({ answer, expected, onRenew }: CheckPartProps) {
  const { t } = useTranslation('record')
  const [check, setCheck] = useState<EntryCheck>()
  const [isAsking, setAsking] = useState(false)
  const run = async () => {
    const isPending = answer.proof === null || check?.verdict === 'pending'
    setAsking(isPending)
    const newest = isPending ? await onRenew() : answer
    setAsking(false)
    setCheck(checkEntry(newest ?? answer, expected))
  }
  return (
    <div className={classes.check}>
      {!check && <p>{t('proofOf.lead')}</p>}
      <Button
        variant={check ? 'default' : 'filled'}
        loading={isAsking}
        leftSection={<IconShieldCheck aria-hidden size={20} />}
        onClick={() => void run()}
      >
        {t(isAsking ? 'proofOf.checking' : check ? 'proofOf.again' : 'proofOf.check')}
      </Button>
      {check && <Outcome check={check} place={answer.index} />}
    </div>
  )
}

function Outcome({ check: { verdict, found, tree }, place }: { check: EntryCheck; place: number | null }) {
  const { t } = useTranslation('record')
  return (
    <>
      {verdict === 'sound' && (
        <Notice
          tone="good"
          what={t(found.content === 'erased' ? 'proofOf.soundErased' : 'proofOf.sound')}
          kept={tree && place !== null && t('proofOf.soundMore', { ...tree, place: place + 1 })}
        />
      )}
      {verdict === 'pending' && <Notice tone="care" what={t('proofOf.pending')} todo={t('proofOf.pendingTodo')} />}
      {verdict === 'wrong' && <Notice tone="problem" urgent what={t('proofOf.wrong')} todo={t('proofOf.wrongTodo')} />}
      <ul className={classes.steps}>
        {steps.map((step) => {
          const outcome = found[step]
          return (
            outcome && (
              <li key={step} data-found={outcome}>
                <Mark found={outcome} />
                <span>
                  {t(`proofOf.step.${step}`)}: <strong>{t(`proofOf.found.${outcome}`)}</strong>
                </span>
              </li>
            )
          )
        })}
      </ul>
    </>
  )
}

function Mark({ found }: { found: Found }) {
  const Icon = found === 'sound' ? IconCheck : found === 'wrong' ? IconX : IconMinus
  return <Icon aria-hidden size={20} stroke={2.5} />
}
