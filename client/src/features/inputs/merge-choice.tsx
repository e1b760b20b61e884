import type { Input } from '@cabildo/protocol/http/inputs'
import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { alikeQuery } from './api.ts'
import classes from './inputs.module.css'

interface MergeChoiceProps {
  slug: string
  input: Input
  /** The number of another input is chosen. */
  onChoose: (number: string) => void
}

/** What says much the same as an input, to be chosen as the one that it is merged into: nobody knows numbers by heart. */
export function MergeChoice({ slug, input, onChoose }: MergeChoiceProps) {
  const { t } = useTranslation('inputs')
  // A hint alone: whoever knows the number types it.
  const { data = [] } = useQuery(alikeQuery(slug, input))
  if (data.length === 0) return null
  return (
    <section aria-label={t('answer.alike')}>
      <p className={classes.soft}>{t('answer.alike')}</p>
      <ul className={classes.merge}>
        {data.map(({ number, words }) => (
          <li key={number}>
            <Button variant="default" onClick={() => onChoose(String(number))}>
              {t('answer.alikeOne', { number, words: words.length > most ? `${words.slice(0, most)}…` : words })}
            </Button>
          </li>
        ))}
      </ul>
    </section>
  )
}

/** Letters of its words that are told. */
const most = 60
