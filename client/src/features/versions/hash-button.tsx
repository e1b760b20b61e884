import { useClipboard } from '@mantine/hooks'
import { IconCheck, IconCopy } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import classes from './hash-button.module.css'
import { shortHash } from './model.ts'

/** The fingerprint of a text, shortened for the eye; a press copies the whole of it. */
export function HashButton({ contentHash }: { contentHash: string }) {
  const { t } = useTranslation('versions')
  const clipboard = useClipboard({ timeout: 3000 })
  const Icon = clipboard.copied ? IconCheck : IconCopy
  return (
    <button type="button" className={classes.hash} title={contentHash} onClick={() => clipboard.copy(contentHash)}>
      <span className="cb-hidden">{t('hash.copy')} </span>
      <code>{shortHash(contentHash)}</code>
      <Icon size={18} aria-hidden />
      <span role="status" className={classes.told}>
        {clipboard.copied && t('hash.copied')}
      </span>
    </button>
  )
}
