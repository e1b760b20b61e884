import { Button } from '@mantine/core'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { planLanguage } from '../../lib/language.ts'
import { usePersonWords } from '../../ui/person-words.ts'
import { Sheet } from '../../ui/sheet.tsx'
import { Time } from '../../ui/time.tsx'
import type { OriginStretch } from './model.ts'
import classes from './origins.module.css'

interface BehindSheetProps {
  stretch: OriginStretch
  changed: (input: { id: string; number: number }) => ReactNode
  onClose: () => void
}

/** The inputs behind some words: what was brought, by whom as they wish to be shown, how it was answered, who linked it. */
export function BehindSheet({ stretch, changed, onClose }: BehindSheetProps) {
  const { t } = useTranslation('origins')
  const nameOf = usePersonWords()
  const [whole, setWhole] = useState<string>()
  return (
    <Sheet title={t('behind')} onClose={onClose}>
      <blockquote className={classes.quote} lang={planLanguage}>
        {stretch.text.trim()}
      </blockquote>
      <ul className={classes.inputs}>
        {stretch.passages.map(({ input, by, made, linkedAt, entry }) => (
          <li key={entry} className={classes.input}>
            <h3>{t('input', { number: input.number })}</h3>
            <p>{input.words === '' ? t('blank') : input.words}</p>
            <p className={classes.small}>
              {t(`channel.${input.channel}`)}
              {(input.from.name !== '' || input.from.group) && ` · ${input.from.name || input.from.group?.name}`}
              {input.outcome && ` · ${t(`outcome.${input.outcome}`)}`}
            </p>
            <p className={classes.small}>
              {t(`made.${made}`)} {nameOf(by, true)}, <Time value={linkedAt} as="day" />
            </p>
            {whole === input.id ? (
              changed(input)
            ) : (
              <Button variant="subtle" onClick={() => setWhole(input.id)}>
                {t('all', { number: input.number })}
              </Button>
            )}
          </li>
        ))}
      </ul>
    </Sheet>
  )
}
