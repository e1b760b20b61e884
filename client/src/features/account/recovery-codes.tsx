import { Button } from '@mantine/core'
import { IconPrinter } from '@tabler/icons-react'
import { useCallback, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { CopyButton } from '../../ui/late/copy-button.tsx'
import { Printed } from '../../ui/late/printed.tsx'
import { Notice } from '../../ui/notice.tsx'
import { codesText } from './model.ts'
import classes from './recovery-codes.module.css'

/** The codes for the day the phone is lost: shown this once, to be copied or printed. */
export function RecoveryCodes({ codes }: { codes: readonly string[] }) {
  const { t } = useTranslation('account')
  const [printing, setPrinting] = useState(false)
  const stopPrinting = useCallback(() => setPrinting(false), [])
  const list = (
    <ol className={classes.codes}>
      {codes.map((code) => (
        <li key={code}>
          <code>{code}</code>
        </li>
      ))}
    </ol>
  )
  return (
    <div className={classes.part}>
      <Notice tone="care" what={t('codes.once')} todo={t('codes.keep')} />
      {list}
      <div className={classes.buttons}>
        <CopyButton
          text={codesText(t('codes.heading'), codes)}
          words={{ copy: t('codes.copy'), copied: t('copied'), failed: t('copyFailed') }}
        />
        <Button variant="default" leftSection={<IconPrinter size={20} aria-hidden />} onClick={() => setPrinting(true)}>
          {t('codes.print')}
        </Button>
      </div>
      {printing && (
        <Printed onDone={stopPrinting}>
          <h1>{t('codes.heading')}</h1>
          <p>{t('codes.keep')}</p>
          {list}
        </Printed>
      )}
    </div>
  )
}
