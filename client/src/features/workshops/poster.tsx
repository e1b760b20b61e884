import type { Workshop } from '@cabildo/protocol/http/workshops'
import { Button } from '@mantine/core'
import { IconMaximize, IconPrinter } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { dayWords } from '../../lib/dates.ts'
import { useLanguage } from '../../lib/language.ts'
import { QrCode } from '../../ui/late/qr-code.tsx'
import { Notice } from '../../ui/notice.tsx'
import { noonOf } from './model.ts'
import classes from './poster.module.css'
import { Projector } from './projector.tsx'

interface PosterProps {
  workshop: Workshop
  planTitle: string
}

/** The way into a workshop to hang on the wall, on paper or thrown there by a projector. */
export function Poster({ workshop, planTitle }: PosterProps) {
  const { t } = useTranslation('workshops')
  const language = useLanguage()
  const [projected, setProjected] = useState(false)
  const { wayIn } = workshop
  if (!wayIn) return <Notice tone="info" what={t('poster.closed')} todo={t('poster.closedTodo')} />

  const project = async () => {
    // Where a browser has no full screen, as on some phones, the picture fills its window.
    await document.documentElement.requestFullscreen?.().catch(() => {})
    setProjected(true)
  }
  return (
    <div className={classes.page}>
      <div className={classes.actions}>
        <Button leftSection={<IconMaximize size={20} aria-hidden />} onClick={() => void project()}>
          {t('poster.project')}
        </Button>
        <Button variant="default" leftSection={<IconPrinter size={20} aria-hidden />} onClick={() => window.print()}>
          {t('poster.print')}
        </Button>
      </div>
      <article className={`${classes.sheet} cb-poster`} aria-labelledby="poster-title">
        <header>
          <p className={classes.plan}>{planTitle}</p>
          <h1 id="poster-title">{workshop.title}</h1>
          <p className={classes.where}>
            {workshop.place} · <time dateTime={workshop.heldOn}>{dayWords(noonOf(workshop.heldOn), language)}</time>
          </p>
        </header>
        <div className={classes.way}>
          <p className={classes.step}>{t('poster.scan')}</p>
          <div className={classes.qr}>
            <QrCode text={wayIn.url} label={t('poster.qr', { title: workshop.title })} />
          </div>
          <p className={classes.step}>{t('poster.orGo')}</p>
          <p className={classes.address}>{wayIn.address}</p>
          <p className={classes.step}>{t('poster.andType')}</p>
          <p className={classes.code}>{wayIn.code}</p>
        </div>
        <footer>{t('poster.needs')}</footer>
      </article>
      {projected && (
        <Projector workshop={workshop} wayIn={wayIn} planTitle={planTitle} onClose={() => setProjected(false)} />
      )}
    </div>
  )
}
