import type { PackProgress } from '@cabildo/protocol/http/exports'
import { Button } from '@mantine/core'
import { IconPackage } from '@tabler/icons-react'
import { useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useLanguage } from '../../lib/language.ts'
import { newKey } from '../../lib/new-key.ts'
import { fileAddress, packProgress } from './api.ts'
import { DownloadWords } from './download-words.tsx'
import classes from './exports.module.css'
import { useDownload } from './use-download.ts'

/** How often is asked how far a pack is, in milliseconds. */
const every = 600

/** The evidence pack: what it is, and how far it is while it comes. */
export function EvidencePart({ slug, may }: { slug: string; may: boolean }) {
  const { t } = useTranslation('exports')
  const language = useLanguage()
  const [progress, setProgress] = useState<PackProgress>()
  const key = useRef('')
  const { download, start, stop } = useDownload(
    (signal) => void follow(slug, key.current, { signal, onProgress: setProgress }),
  )
  const isComing = download.state === 'coming'
  const begin = () => {
    key.current = newKey()
    setProgress(undefined)
    void start(fileAddress(slug, 'evidence.zip', { language, key: key.current }))
  }
  return (
    <section aria-labelledby="part-evidence" className={classes.part}>
      <h2 id="part-evidence">{t('part.evidence')}</h2>
      <p>{t('evidence.lead')}</p>
      {!may && <p className={classes.soft}>{t('evidence.only')}</p>}
      {may && (
        <>
          <div>
            <Button leftSection={<IconPackage aria-hidden size={20} />} onClick={isComing ? stop : begin}>
              {t(isComing ? 'stop' : 'evidence.button')}
            </Button>
          </div>
          {isComing && progress?.file && (
            <div className={classes.progress}>
              <progress aria-label={t('evidence.bar')} max={progress.of} value={progress.done + progress.share} />
              <p>{t('evidence.progress', { done: progress.done + 1, of: progress.of, file: progress.file })}</p>
            </div>
          )}
          <DownloadWords download={download} />
        </>
      )}
    </section>
  )
}

/** Asks how far a pack is until it has come, or is given up. */
async function follow(
  slug: string,
  key: string,
  { signal, onProgress }: { signal: AbortSignal; onProgress: (progress: PackProgress) => void },
): Promise<void> {
  while (!signal.aborted) {
    await new Promise((resume) => setTimeout(resume, every))
    const progress = signal.aborted ? undefined : await packProgress(slug, key, signal)
    if (progress && !signal.aborted) onProgress(progress)
  }
}
