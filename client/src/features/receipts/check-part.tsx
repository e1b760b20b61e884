import type { Receipt } from '@cabildo/protocol/http/receipts'
import { Button } from '@mantine/core'
import { IconAlertTriangle, IconCircleCheck, IconInfoCircle, IconShieldCheck } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Notice } from '../../ui/notice.tsx'
import { checkReceipt, type Found } from './check.ts'
import { KeyToCompare } from './key-to-compare.tsx'
import { isKnownKey } from './known-keys.ts'
import classes from './receipts.module.css'

const icons = { sound: IconCircleCheck, false: IconAlertTriangle, missing: IconInfoCircle }

/** A button that checks the receipt on this device, and what it found, in plain words. */
export function CheckPart({ receipt }: { receipt: Receipt }) {
  const { t } = useTranslation('receipts')
  const [verdict, setVerdict] = useState<ReturnType<typeof checkReceipt>>()
  const isToCompare = verdict?.whole === 'sound' && !isKnownKey(receipt.recordKey)
  const steps: [Found, string][] = verdict
    ? [
        [verdict.text, t(`check.text.${verdict.text}`)],
        [verdict.tree, t(`check.tree.${verdict.tree}`, { place: verdict.place ?? 0 })],
        [verdict.signature, t(`check.signature.${verdict.signature}`, { name: verdict.signer })],
      ]
    : []
  return (
    <section className={classes.part} aria-labelledby="check">
      <h2 id="check">{t('check.title')}</h2>
      <p>{t('check.lead')}</p>
      <div>
        <Button
          leftSection={<IconShieldCheck size={20} aria-hidden />}
          onClick={() => setVerdict(checkReceipt(receipt))}
        >
          {t('check.submit')}
        </Button>
      </div>
      {verdict && (
        <>
          {isToCompare ? (
            <KeyToCompare what={t('check.unknown')} signedBy={receipt.recordKey} />
          ) : (
            <Notice
              tone={verdict.whole === 'sound' ? 'good' : verdict.whole === 'waiting' ? 'info' : 'problem'}
              urgent
              what={t(`check.${verdict.whole}`)}
              todo={verdict.whole === 'waiting' ? t('check.waitingTodo') : undefined}
            />
          )}
          <ul className={classes.steps}>
            {steps.map(([found, words]) => {
              const Icon = icons[found]
              return (
                <li key={words} data-found={found}>
                  <Icon size={20} aria-hidden />
                  <span>{words}</span>
                </li>
              )
            })}
          </ul>
          {!isToCompare && (
            <p className={classes.small}>
              {t('check.key')} <code className={classes.key}>{receipt.recordKey}</code>
            </p>
          )}
        </>
      )}
    </section>
  )
}
