import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { Notice } from '../../ui/notice.tsx'
import classes from './receipts.module.css'

interface KeyToCompareProps {
  what: string
  /** The verifier key that came with what was checked. */
  signedBy: string
}

/** Everything agrees, with a key that this device knows from nowhere else: the reader compares it. */
export function KeyToCompare({ what, signedBy }: KeyToCompareProps) {
  const { t } = useTranslation('receipts')
  return (
    <Notice tone="care" urgent what={what} kept={<code className={classes.key}>{signedBy}</code>}>
      <Link to="/help/record">{t('check.compare')}</Link>
    </Notice>
  )
}
