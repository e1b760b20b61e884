import type { Version } from '@cabildo/protocol/http/api'
import type { Authorship } from '@cabildo/protocol/http/authorship'
import type { Template } from '@cabildo/schema/templates/template'
import { useQuery } from '@tanstack/react-query'
import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { authorshipQuery } from '../../lib/authorship-query.ts'
import { standingQuery } from '../../lib/standing-query.ts'
import { NotLoaded } from '../../ui/late/not-loaded.tsx'
import { Waiting } from '../../ui/waiting.tsx'
import { AuthoredText } from './authored-text.tsx'
import { Caveats } from './caveats.tsx'
import { DeletedTexts } from './deleted-texts.tsx'
import { DocumentShares } from './document-shares.tsx'
import { FieldShares } from './field-shares.tsx'
import { groupMarks, type Stretch } from './model.ts'
import { MomentSheet } from './moment-sheet.tsx'
import classes from './written-view.module.css'

export interface WrittenViewProps {
  documentId: string
  template: Template
  /** The text after this entry of the log, which is `content`; without it the text as it stands. */
  version?: { seq: number; content: Version['content'] } | undefined
  /** Plays the moment of an entry of the log in a field, or shows how all of the field was written. */
  onPlay: (seq: number | 'now', field: string) => void
}

/** Who wrote a text: its words by group, the shares, what was taken away, and what none of this can tell. */
export default function WrittenView({ documentId, template, version, onPlay }: WrittenViewProps) {
  const authorship = useQuery(authorshipQuery(documentId, version?.seq))
  const seq = authorship.data?.seq ?? 0
  const standing = useQuery({ ...standingQuery(documentId, seq), enabled: !version && authorship.data !== undefined })
  const content = version?.content ?? standing.data?.content
  const error = authorship.error ?? standing.error

  if (authorship.data && content)
    return <Written told={authorship.data} content={content} {...{ documentId, template, onPlay }} />
  if (!error) return <Waiting />
  return <NotLoaded error={error} urgent onRetry={() => void Promise.all([authorship.refetch(), standing.refetch()])} />
}

interface WrittenProps extends Pick<WrittenViewProps, 'documentId' | 'template' | 'onPlay'> {
  told: Authorship
  content: Version['content']
}

function Written({ told, content, documentId, template, onPlay }: WrittenProps) {
  const { t } = useTranslation('authorship')
  const [open, setOpen] = useState<Stretch>()
  const marks = useMemo(() => groupMarks(told.groups), [told.groups])
  return (
    <div className={classes.written}>
      <section className={classes.part} aria-label={t('shares')}>
        <DocumentShares told={told} marks={marks} />
        <p className={classes.hint}>{t('hint')}</p>
      </section>
      <AuthoredText content={content} fields={told.fields} marks={marks} template={template} onOpen={setOpen} />
      <FieldShares told={told} marks={marks} template={template} onPlay={(field) => onPlay('now', field)} />
      <DeletedTexts documentId={documentId} template={template} onPlay={onPlay} />
      <Caveats />
      {open && (
        <MomentSheet
          documentId={documentId}
          stretch={open}
          told={told}
          onClose={() => setOpen(undefined)}
          onPlay={() => onPlay(open.seq, open.field)}
        />
      )}
    </div>
  )
}
