import { type DragEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import classes from './verify-view.module.css'

/** Takes one file: chosen, or dropped. */
export function FileDrop({ onFile }: { onFile: (file: File) => void }) {
  const { t } = useTranslation('record')
  const [isOver, setOver] = useState(false)
  const over = (event: DragEvent) => {
    event.preventDefault()
    setOver(true)
  }
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: whoever has no mouse chooses the file with the button inside
    <div
      className={classes.drop}
      data-over={isOver || undefined}
      onDragEnter={over}
      onDragOver={over}
      onDragLeave={() => setOver(false)}
      onDrop={(event) => {
        event.preventDefault()
        setOver(false)
        const [file] = event.dataTransfer.files
        if (file) onFile(file)
      }}
    >
      <p>{t('verify.file')}</p>
      <label className={classes.pick}>
        {t('verify.choose')}
        <input
          type="file"
          accept=".zip,application/zip"
          className="cb-hidden"
          onChange={(event) => {
            const input = event.currentTarget
            const file = input.files?.[0]
            // The same file may be chosen again.
            input.value = ''
            if (file) onFile(file)
          }}
        />
      </label>
      <p className={classes.soft}>{t('verify.drop')}</p>
    </div>
  )
}
