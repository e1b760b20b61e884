import { readReceiptCode } from '@cabildo/protocol/receipt-code'
import { showSpokenCode } from '@cabildo/protocol/spoken-code'
import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { refusalCode } from '../../lib/refusal.ts'
import { useRefusalWords } from '../../lib/refusal-words.ts'
import { Notice } from '../../ui/notice.tsx'
import { Bone, Waiting } from '../../ui/waiting.tsx'
import { receiptQuery } from './api.ts'
import { findKept, type Whose } from './kept.ts'
import { type KeptReceipt, keptOf } from './model.ts'
import { isMeantAsProof } from './paper-proof.ts'
import { PaperProofView } from './paper-proof-view.tsx'
import { ReceiptCodeForm } from './receipt-code-form.tsx'
import { ReceiptStart } from './receipt-start.tsx'
import { ReceiptView } from './receipt-view.tsx'
import classes from './receipts.module.css'

interface ReceiptPageProps {
  whose: Whose
  /** What a scanned QR brought, or was typed: a code or a whole proof; undefined to be asked. */
  code: string | undefined
  onCode: (given: string | undefined) => void
}

/** The page of receipts: a proof is checked here and now, a code is asked for. */
export function ReceiptPage({ code, whose, onCode }: ReceiptPageProps) {
  const { t } = useTranslation('receipts')
  const heading = useRef<HTMLHeadingElement>(null)
  const proof = code !== undefined && isMeantAsProof(code) ? code : undefined
  useEffect(() => {
    if (proof !== undefined) heading.current?.focus()
  }, [proof])
  if (proof === undefined) return <ReceiptByCode code={code} whose={whose} onCode={onCode} />
  return (
    <div className={classes.page}>
      <h1 ref={heading} tabIndex={-1}>
        {t('title')}
      </h1>
      <PaperProofView given={proof} />
      <div>
        <Button variant="default" onClick={() => onCode(undefined)}>
          {t('start.other')}
        </Button>
      </div>
    </div>
  )
}

/**
 * A receipt by its code from the server, or whole as it was kept. Without a network a code that is kept on
 * this device opens as it was.
 */
function ReceiptByCode({ code: given, whose, onCode }: ReceiptPageProps) {
  const { t } = useTranslation('receipts')
  const [opened, setOpened] = useState<KeptReceipt>()
  const code = given === undefined ? undefined : readReceiptCode(given)
  const look = useQuery({ ...receiptQuery(code ?? ''), enabled: code !== undefined })
  const heading = useRef<HTMLHeadingElement>(null)
  const fresh = code && look.data ? keptOf(code, look.data, window.location.origin, new Date()) : undefined
  const fallback = look.error && code ? findKept(showSpokenCode(code)) : undefined
  const kept = opened ?? fresh ?? fallback
  const shown = kept?.code
  // What was asked for has come: that is where reading goes on.
  useEffect(() => {
    if (shown !== undefined) heading.current?.focus()
  }, [shown])

  if (code !== undefined && !opened && look.isPending) return <Waiting skeleton={<Skeleton />} />
  return (
    <div className={classes.page}>
      <header className={classes.head}>
        <h1 ref={heading} tabIndex={-1}>
          {t('title')}
        </h1>
        {!kept && <p>{t('start.lead')}</p>}
      </header>
      {kept ? (
        <>
          <ReceiptView kept={kept} whose={whose} isOld={kept !== fresh} />
          <div>
            <Button
              variant="default"
              onClick={() => {
                setOpened(undefined)
                onCode(undefined)
              }}
            >
              {t('start.other')}
            </Button>
          </div>
        </>
      ) : (
        <>
          <LookRefusal error={given !== undefined && code === undefined ? 'strange' : look.error} />
          <ReceiptCodeForm
            pending={look.isFetching}
            onCode={(typed) => {
              if (typed === code) void look.refetch()
              else onCode(typed)
            }}
          />
          <ReceiptStart whose={whose} onCode={onCode} onKept={setOpened} />
        </>
      )}
    </div>
  )
}

/** Why no receipt is shown for a code. */
function LookRefusal({ error }: { error: unknown }) {
  const { t } = useTranslation('receipts')
  const words = useRefusalWords()
  if (!error) return null
  const why = error === 'strange' ? 'not_found' : refusalCode(error)
  if (why === 'not_found') return <Notice tone="problem" urgent what={t('start.gone')} todo={t('start.goneTodo')} />
  if (why === 'throttled')
    return <Notice tone="care" urgent what={t('start.throttled')} todo={t('start.throttledTodo')} />
  return <Notice tone="problem" urgent {...words(error)} />
}

function Skeleton() {
  return (
    <div className={classes.page}>
      <Bone width="70%" height="2.2rem" />
      <Bone height="14rem" radius="0.5rem" />
      <Bone height="8rem" radius="0.5rem" />
    </div>
  )
}
