import type { Template } from '@cabildo/schema/templates/template'
import { Button } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useLanguage } from '../../lib/language.ts'
import { NotLoaded } from '../../ui/late/not-loaded.tsx'
import { usePersonWords } from '../../ui/person-words.ts'
import { Time } from '../../ui/time.tsx'
import { useDeleted } from './api.ts'
import classes from './written-view.module.css'

interface DeletedTextsProps {
  documentId: string
  template: Template
  onPlay: (seq: number, field: string) => void
}

/** What was taken away of the text of others, newest first, asked for when it is unfolded. */
export function DeletedTexts({ documentId, template, onPlay }: DeletedTextsProps) {
  const { t } = useTranslation('authorship')
  const language = useLanguage()
  const nameOf = usePersonWords()
  const [open, setOpen] = useState(false)
  const { items, error, refetch, hasNextPage, isFetching, fetchNextPage } = useDeleted(documentId, open)
  const labelOf = (field: string) => template.fields.find(({ name }) => name === field)?.label[language] ?? field
  return (
    <details className={classes.more} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{t('deleted.title')}</summary>
      {open && (
        <div className={classes.inside} aria-busy={isFetching}>
          <p className={classes.small}>{t('deleted.what')}</p>
          {error && <NotLoaded error={error} onRetry={() => void refetch()} />}
          {!isFetching && !hasNextPage && items.length === 0 && !error && <p>{t('deleted.none')}</p>}
          <ol>
            {items.map((item) => (
              <li key={`${item.seq} ${item.written} ${item.text}`} className={classes.field}>
                <blockquote className={classes.quote}>
                  {item.text}
                  {item.text.length < item.length && '…'}
                </blockquote>
                <p className={classes.small}>
                  {t('deleted.told', {
                    by: nameOf(item.by),
                    author: nameOf(item.author, true),
                    field: labelOf(item.field),
                  })}{' '}
                  · <Time value={item.at} as="moment" />
                </p>
                <div>
                  <Button variant="default" onClick={() => onPlay(item.seq, item.field)}>
                    {t('play')}
                  </Button>
                </div>
              </li>
            ))}
          </ol>
          {hasNextPage && (
            <Button variant="default" loading={isFetching} onClick={() => void fetchNextPage()}>
              {t('deleted.more')}
            </Button>
          )}
        </div>
      )}
    </details>
  )
}
