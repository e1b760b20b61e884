import type { Dissent } from '@cabildo/protocol/http/dissents'
import type { Template } from '@cabildo/schema/templates/template'
import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { lazy, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type * as Y from 'yjs'
import { useLanguage } from '../../lib/language.ts'
import { Part } from '../../ui/part.tsx'
import { dissentsQuery } from './api.ts'
import classes from './dissent.module.css'
import { ReservedNote } from './reserved-note.tsx'

const ReserveSheet = lazy(async () => ({ default: (await import('./reserve-sheet.tsx')).ReserveSheet }))
const WithdrawSheet = lazy(async () => ({ default: (await import('./withdraw-sheet.tsx')).WithdrawSheet }))

interface ReservedPartProps {
  documentId: string
  template: Template
  doc: Y.Doc
}

/** All positions reserved on a text, those withdrawn last, and the way to reserve one for whoever speaks for a group. */
export function ReservedPart({ documentId, template, doc }: ReservedPartProps) {
  const { t } = useTranslation('dissent')
  const language = useLanguage()
  const { data } = useQuery(dissentsQuery(documentId))
  const [reserving, setReserving] = useState(false)
  const [leaving, setLeaving] = useState<Dissent>()
  const items = data?.items ?? []
  const labelOf = ({ field }: Dissent) => template.fields.find(({ name }) => name === field)?.label[language]
  const standing = items.filter(({ withdrawn }) => withdrawn === null)
  const past = items.filter(({ withdrawn }) => withdrawn !== null)
  if (!data || (items.length === 0 && !data.speaksFor)) return null
  return (
    <section className={classes.part} aria-labelledby="reserved-positions">
      <h2 id="reserved-positions">{t('title')}</h2>
      <p className={classes.small}>{t('lead')}</p>
      {standing.map((dissent) => (
        <ReservedNote
          key={dissent.id}
          dissent={dissent}
          field={labelOf(dissent)}
          onWithdraw={dissent.may.withdraw ? () => setLeaving(dissent) : undefined}
        />
      ))}
      {data.speaksFor && (
        <Button className={classes.open} variant="default" onClick={() => setReserving(true)}>
          {t('open')}
        </Button>
      )}
      {past.length > 0 && (
        <details>
          <summary className={classes.summary}>{t('past', { count: past.length })}</summary>
          {past.map((dissent) => (
            <ReservedNote key={dissent.id} dissent={dissent} field={labelOf(dissent)} />
          ))}
        </details>
      )}
      <Part>
        {reserving && data.speaksFor && (
          <ReserveSheet
            {...{ documentId, template, doc }}
            group={data.speaksFor.name}
            onClose={() => setReserving(false)}
          />
        )}
        {leaving && <WithdrawSheet documentId={documentId} dissent={leaving} onClose={() => setLeaving(undefined)} />}
      </Part>
    </section>
  )
}
