import type { Proposal } from '@cabildo/protocol/http/proposals'
import { kindOf } from '@cabildo/schema/hunks/hunk'
import { Button, Textarea } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { call } from '../../lib/call.ts'
import { queryKeys } from '../../lib/query-keys.ts'
import { refusalCode } from '../../lib/refusal.ts'
import { useRefusalWords } from '../../lib/refusal-words.ts'
import type { DocumentSession } from '../../sync/session.ts'
import { useStore } from '../../sync/use-store.ts'
import { Notice } from '../../ui/notice.tsx'
import { Sheet } from '../../ui/sheet.tsx'
import type { Fork } from './fork.ts'
import { HunkView } from './hunk-view.tsx'
import classes from './proposals.module.css'

interface SendSheetProps {
  fork: Fork
  session: DocumentSession
  revised: Proposal | undefined
  /** The key of these changes: sent again, they are one proposal. */
  keyFor: (hunks: string) => string
  onClose: () => void
  /** Is told the hunks that were sent, as JSON. */
  onSent: (sent: string) => void
}

/** What is about to be sent, place by place, and why. */
export function SendSheet({ fork, session, revised, keyFor, onClose, onSent }: SendSheetProps) {
  const { t } = useTranslation('proposals')
  const client = useQueryClient()
  const refused = useRefusalWords()
  const [note, setNote] = useState(revised?.note ?? '')
  const { pending } = useStore(session.status)
  const hunks = useMemo(() => fork.hunks(), [fork])
  const sent = JSON.stringify(hunks)
  const { documentId } = session
  const send = useMutation({
    mutationFn: () =>
      call('POST /api/documents/:documentId/proposals', {
        params: { documentId },
        // The contract says of a node that it has a type; the schema says the rest.
        body: { key: keyFor(sent), note, hunks: hunks as never, revises: revised?.id },
      }),
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: queryKeys.beside(documentId, 'proposals') })
      onSent(sent)
    },
  })
  const conflict = refusalCode(send.error) === 'conflict'
  return (
    <Sheet
      title={t('send.title', { count: hunks.length })}
      onClose={onClose}
      size="lg"
      footer={
        <Button onClick={() => send.mutate()} loading={send.isPending} disabled={pending > 0}>
          {t('send.send')}
        </Button>
      }
    >
      <div className={classes.stack}>
        <Textarea
          label={t('send.note')}
          description={t('send.hint')}
          value={note}
          maxLength={2000}
          autosize
          minRows={2}
          onChange={(event) => setNote(event.currentTarget.value)}
        />
        {send.error && (
          <Notice
            tone="problem"
            urgent
            {...(conflict ? { what: t('send.moved'), todo: t('send.again') } : refused(send.error))}
            kept={t('send.kept')}
          />
        )}
        {hunks.map((hunk, at) => (
          <HunkView
            // biome-ignore lint/suspicious/noArrayIndexKey: a hunk is known by its place in the list
            key={at}
            kind={kindOf(hunk)}
            field={hunk.target === 'fact' ? hunk.key : hunk.field}
            before={hunk.before}
            after={hunk.after}
          />
        ))}
      </div>
    </Sheet>
  )
}
