import type { Redaction } from '@cabildo/protocol/http/redactions'
import { useTranslation } from 'react-i18next'
import { useRefusalWords } from '../../lib/refusal-words.ts'
import { ConfirmSheet } from '../../ui/late/confirm-sheet.tsx'
import { Notice } from '../../ui/notice.tsx'
import { useDecideRedaction } from './api.ts'
import classes from './redactions.module.css'

interface ApproveSheetProps {
  slug: string
  redaction: Redaction
  onClose: () => void
}

/** What will be gone, said before it is. */
export function ApproveSheet({ slug, redaction, onClose }: ApproveSheetProps) {
  const { t } = useTranslation('people')
  const words = useRefusalWords()
  const decide = useDecideRedaction(slug)
  return (
    <ConfirmSheet
      title={t('redactions.approve.title')}
      button={t('redactions.approve.button')}
      danger
      doing={decide}
      onConfirm={() => decide.mutate({ id: redaction.id, step: 'approve' }, { onSuccess: onClose })}
      onClose={onClose}
      refusal={decide.error && <Notice tone="problem" urgent {...words(decide.error)} kept={t('redactions.kept')} />}
    >
      <div className={classes.section}>
        <blockquote className={classes.quote}>{redaction.quote}</blockquote>
        <p>{t('redactions.open.places', { count: redaction.places })}</p>
        <p>{t('redactions.approve.gone')}</p>
        <ul>
          <li>{t('redactions.approve.fromPage')}</li>
          <li>{t('redactions.approve.fromHistory')}</li>
          <li>{t('redactions.approve.fromRecord')}</li>
          <li>{t('redactions.approve.fromDrafts')}</li>
        </ul>
        <p>{t('redactions.approve.stays')}</p>
        <p>
          <strong>{t('redactions.approve.sure')}</strong>
        </p>
      </div>
    </ConfirmSheet>
  )
}
