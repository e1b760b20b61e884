import type { Draft } from '@cabildo/protocol/http/api'
import type { Content } from '@cabildo/schema/content'
import type { Template } from '@cabildo/schema/templates/template'
import { labelledText } from '@cabildo/schema/text'
import { Button } from '@mantine/core'
import { useClipboard } from '@mantine/hooks'
import { IconArchive, IconCheck, IconCopy, IconDownload } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { useLanguage } from '../../lib/language.ts'
import { useRefusalWords } from '../../lib/refusal-words.ts'
import { DiffView } from '../../reading/diff-view.tsx'
import { NotLoaded } from '../../ui/late/not-loaded.tsx'
import { Notice } from '../../ui/notice.tsx'
import { Sheet } from '../../ui/sheet.tsx'
import { Time } from '../../ui/time.tsx'
import { Bone, Waiting } from '../../ui/waiting.tsx'
import { draftQuery, useDismissDraft } from './api.ts'
import classes from './draft-view.module.css'
import { draftFileName, writtenText } from './model.ts'

interface DraftViewProps {
  documentId: string
  draftId: string
  template: Template
  onList: () => void
  onClose: () => void
}

/**
 * One kept draft: why it is one, what it changes in the document, and three things to do with it: copy what was
 * written, download all of it, put it away.
 */
export function DraftView({ documentId, draftId, template, onList, onClose }: DraftViewProps) {
  const { t } = useTranslation('drafts')
  const { t: common } = useTranslation('common')
  const { data: draft, error, refetch } = useQuery(draftQuery(documentId, draftId))

  return (
    <Sheet
      title={t('title')}
      size="lg"
      onClose={onClose}
      footer={draft && <Actions documentId={documentId} draft={draft} template={template} onAway={onList} />}
    >
      <div className={classes.view}>
        <div>
          <Button variant="subtle" px={0} onClick={onList}>
            {t('all')}
          </Button>
        </div>
        {error ? (
          <NotLoaded error={error} urgent kept={t('safe')} onRetry={() => void refetch()} />
        ) : draft ? (
          <>
            <div>
              <p className={classes.when}>
                <Time value={draft.createdAt} as="moment" />
              </p>
              <p>{t(`reason.${draft.reason}`)}</p>
            </div>
            <DiffView
              diff={draft.diff}
              template={template}
              under={2}
              before={t('diff.document')}
              after={t('diff.draft')}
            />
          </>
        ) : (
          <Waiting skeleton={<Bone height="12rem" />} onLeave={onClose} leaveLabel={common('close')} />
        )}
      </div>
    </Sheet>
  )
}

interface ActionsProps {
  documentId: string
  draft: Draft
  template: Template
  onAway: () => void
}

function Actions({ documentId, draft, template, onAway }: ActionsProps) {
  const { t } = useTranslation('drafts')
  const language = useLanguage()
  const words = useRefusalWords()
  const clipboard = useClipboard({ timeout: 3000 })
  const dismissing = useDismissDraft(documentId)
  // The contract knows the fields as loose objects; what the server sends in them is ProseMirror's JSON.
  const whole = () => labelledText(draft.content as Content, template, language)
  const written = () => writtenText(draft.diff, template.fields, language) || whole()
  const CopyIcon = clipboard.copied ? IconCheck : IconCopy

  return (
    <div className={classes.actions}>
      {dismissing.error && <Notice tone="problem" urgent {...words(dismissing.error)} />}
      {clipboard.error && <Notice tone="problem" urgent what={t('copyFailed')} todo={t('downloadInstead')} />}
      <div className={classes.buttons}>
        {draft.dismissedAt === null && (
          <Button
            variant="subtle"
            leftSection={<IconArchive size={20} aria-hidden />}
            loading={dismissing.isPending}
            onClick={() => dismissing.mutate(draft.id, { onSuccess: onAway })}
          >
            {t('putAway')}
          </Button>
        )}
        <Button
          variant="default"
          leftSection={<IconDownload size={20} aria-hidden />}
          onClick={() => download(draftFileName(t('file'), draft.createdAt), whole())}
        >
          {t('download')}
        </Button>
        <Button leftSection={<CopyIcon size={20} aria-hidden />} onClick={() => clipboard.copy(written())}>
          {clipboard.copied ? t('copied') : t('copy')}
        </Button>
      </div>
      <span role="status" className="cb-hidden">
        {clipboard.copied && t('copied')}
      </span>
    </div>
  )
}

/** Hands a text to the reader as a file. */
function download(name: string, text: string): void {
  const url = URL.createObjectURL(new Blob([text], { type: 'text/plain;charset=utf-8' }))
  const link = document.createElement('a')
  link.href = url
  link.download = name
  link.click()
  // The browser has taken the file over by the next turn.
  setTimeout(() => URL.revokeObjectURL(url))
}
