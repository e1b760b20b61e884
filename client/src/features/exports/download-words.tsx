import { useTranslation } from 'react-i18next'
import { useRefusalWords } from '../../lib/refusal-words.ts'
import { useSizeWords } from '../../lib/size-words.ts'
import { Notice } from '../../ui/notice.tsx'
import classes from './exports.module.css'
import type { Download } from './use-download.ts'

/** How a download goes, told as it changes. */
export function DownloadWords({ download }: { download: Download }) {
  const { t } = useTranslation('exports')
  const words = useRefusalWords()
  const size = useSizeWords()
  if (download.state === 'failed')
    return <Notice tone="problem" urgent what={t('failed')} todo={words(download.error).what} />
  return (
    <p role="status" className={classes.state}>
      {download.state === 'coming' &&
        (download.bytes === 0 ? t('making') : t('coming', { size: size(download.bytes) }))}
      {download.state === 'done' && t('done', { size: size(download.bytes) })}
    </p>
  )
}
