import type { Workshop } from '@cabildo/protocol/http/workshops'
import { IconX } from '@tabler/icons-react'
import { useEffect, useLayoutEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { useLanguage } from '../../lib/language.ts'
import { QrCode } from '../../ui/late/qr-code.tsx'
import { sortedPeople } from './model.ts'
import classes from './projector.module.css'

interface ProjectorProps {
  workshop: Workshop
  wayIn: NonNullable<Workshop['wayIn']>
  planTitle: string
  onClose: () => void
}

/** The way in for the whole room to see: black on white, as large as the wall, with how many are inside already. */
export function Projector({ workshop, wayIn, planTitle, onClose }: ProjectorProps) {
  const { t } = useTranslation('workshops')
  const language = useLanguage()
  const dialog = useRef<HTMLDialogElement>(null)
  const { here } = sortedPeople(workshop.participants, language)

  // Closed while it is still in the page: only then does the browser give the focus back to what opened it.
  useLayoutEffect(() => {
    const element = dialog.current
    element?.showModal()
    return () => {
      element?.close()
      if (document.fullscreenElement) void document.exitFullscreen().catch(() => {})
    }
  }, [])
  useEffect(() => {
    // Escape leaves the full screen first, and this picture with it.
    const look = () => {
      if (!document.fullscreenElement) onClose()
    }
    document.addEventListener('fullscreenchange', look)
    return () => document.removeEventListener('fullscreenchange', look)
  }, [onClose])

  return (
    <dialog
      ref={dialog}
      className={classes.wall}
      aria-label={t('projector.label', { title: workshop.title })}
      onCancel={(event) => {
        event.preventDefault()
        onClose()
      }}
    >
      <div className={classes.qr}>
        <QrCode text={wayIn.url} label={t('poster.qr', { title: workshop.title })} />
      </div>
      <div className={classes.words}>
        <p className={classes.plan}>
          {planTitle} · {workshop.place}
        </p>
        <h2>{workshop.title}</h2>
        <p className={classes.step}>{t('projector.scan')}</p>
        <p className={classes.address}>{wayIn.address}</p>
        <p className={classes.step}>{t('poster.andType')}</p>
        <p className={classes.code}>{wayIn.code}</p>
        <p className={classes.people} role="status">
          {t('projector.people', { count: here.length })}
        </p>
      </div>
      <button type="button" className={classes.close} aria-label={t('projector.close')} onClick={onClose}>
        <IconX size={28} aria-hidden />
      </button>
    </dialog>
  )
}
