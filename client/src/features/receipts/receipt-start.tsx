import { Button, FileButton } from '@mantine/core'
import { IconFileText, IconReceipt } from '@tabler/icons-react'
import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useRefusalWords } from '../../lib/refusal-words.ts'
import { PlanWords } from '../../ui/late/plan-words.tsx'
import { Notice } from '../../ui/notice.tsx'
import { useTakeOnPhone } from './api.ts'
import { useDocumentWords } from './document-words.tsx'
import { keptReceipts, type Whose } from './kept.ts'
import { type KeptReceipt, readKept } from './model.ts'
import classes from './receipts.module.css'

interface ReceiptStartProps {
  whose: Whose
  onCode: (code: string) => void
  onKept: (kept: KeptReceipt) => void
}

/** Ways to a receipt without typing its code: kept here, kept as a file, or still to be taken on this phone. */
export function ReceiptStart({ whose, onCode, onKept }: ReceiptStartProps) {
  const { t } = useTranslation('receipts')
  const about = useDocumentWords()
  const kept = useMemo(() => keptReceipts(whose), [whose])
  const [isStrange, setStrange] = useState(false)
  const open = async (file: File | null) => {
    const found = file && file.size < 1_000_000 ? readKept(await file.text()) : undefined
    setStrange(file !== null && found === undefined)
    if (found) onKept(found)
  }
  return (
    <>
      {kept.length > 0 && (
        <section className={classes.part} aria-labelledby="kept">
          <h2 id="kept">{t('kept.title')}</h2>
          <ul className={classes.list}>
            {kept.map((one) => (
              <li key={one.code}>
                <button type="button" className={classes.row} onClick={() => onKept(one)}>
                  <IconReceipt size={24} aria-hidden />
                  <span>{about(one.receipt, 'kept.of')}</span>
                  <span className={classes.small}>{one.code}</span>
                </button>
              </li>
            ))}
          </ul>
        </section>
      )}
      <OnPhone onCode={onCode} />
      <div>
        <FileButton accept="application/json,.json" onChange={(file) => void open(file)}>
          {(props) => (
            <Button variant="default" leftSection={<IconFileText size={20} aria-hidden />} {...props}>
              {t('kept.open')}
            </Button>
          )}
        </FileButton>
      </div>
      {isStrange && <Notice tone="problem" urgent what={t('kept.noFile')} todo={t('kept.noFileTodo')} />}
    </>
  )
}

/** The receipts of those who wrote from this phone: their workshop may be over, and nobody is signed in any more. */
function OnPhone({ onCode }: Pick<ReceiptStartProps, 'onCode'>) {
  const { t } = useTranslation('receipts')
  const words = useRefusalWords()
  const take = useTakeOnPhone()
  return (
    <section className={classes.part} aria-labelledby="phone">
      <h2 id="phone">{t('phone.title')}</h2>
      <p>{t('phone.lead')}</p>
      <div>
        <Button variant="default" loading={take.isPending} onClick={() => take.mutate()}>
          {t('phone.submit')}
        </Button>
      </div>
      {take.error && <Notice tone="problem" urgent {...words(take.error)} />}
      {take.data?.items.length === 0 && <Notice tone="info" what={t('phone.none')} />}
      <ul className={classes.list}>
        {take.data?.items.map(({ code, name, document }) => (
          <li key={code}>
            <button type="button" className={classes.row} onClick={() => onCode(code)}>
              <IconReceipt size={24} aria-hidden />
              <span>
                <PlanWords words={document.title} of={(title) => t('phone.of', { name, ...document, title })} />
              </span>
              <span className={classes.small}>{code}</span>
            </button>
          </li>
        ))}
      </ul>
    </section>
  )
}
