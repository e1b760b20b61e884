import type { Authorship } from '@cabildo/protocol/http/authorship'
import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { useLanguage } from '../../lib/language.ts'
import { useRefusalWords } from '../../lib/refusal-words.ts'
import { dayText } from '../../reading/facts-model.ts'
import { Notice } from '../../ui/notice.tsx'
import { PersonBadge } from '../../ui/person-badge.tsx'
import { type Nameable, personWords } from '../../ui/person-words.ts'
import { SectorTag } from '../../ui/sector-tag.tsx'
import { Sheet } from '../../ui/sheet.tsx'
import { Time } from '../../ui/time.tsx'
import { Waiting } from '../../ui/waiting.tsx'
import { momentQuery } from './api.ts'
import type { Stretch } from './model.ts'
import classes from './written-view.module.css'

interface MomentSheetProps {
  documentId: string
  stretch: Stretch
  told: Authorship
  onClose: () => void
  onPlay: () => void
}

const shownLength = 200

/** Who wrote some words: the person as they chose to be shown, for whom, when, in which workshop, and the way there. */
export function MomentSheet({ documentId, stretch, told, onClose, onPlay }: MomentSheetProps) {
  const { t } = useTranslation('authorship')
  const { t: common } = useTranslation('common')
  const language = useLanguage()
  const refusal = useRefusalWords()
  const { data: moment, error } = useQuery(momentQuery(documentId, stretch.seq))
  const editor = stretch.editedById === stretch.authorId ? undefined : authorOf(told, stretch.editedById)
  const quote = stretch.text.trim()
  return (
    <Sheet
      title={t('who')}
      onClose={onClose}
      footer={
        <Button data-autofocus onClick={onPlay}>
          {t('play')}
        </Button>
      }
    >
      <blockquote className={classes.quote}>
        {quote.slice(0, shownLength)}
        {quote.length > shownLength && '…'}
      </blockquote>
      {error && <Notice tone="problem" {...refusal(error)} />}
      {!moment && !error && <Waiting />}
      {moment && (
        <dl className={classes.facts}>
          <div>
            <dt>{t('sheet.person')}</dt>
            <dd>
              <PersonBadge person={moment.author} named />
            </dd>
          </div>
          {moment.typedBy && (
            <div>
              <dt>{t(moment.accepted ? 'sheet.acceptedBy' : 'sheet.typedBy')}</dt>
              <dd>
                <PersonBadge person={moment.typedBy} named />
              </dd>
            </div>
          )}
          {moment.group && moment.group.id !== moment.author.group?.id && (
            <div>
              <dt>{t('sheet.group')}</dt>
              <dd>
                <SectorTag sector={moment.group.sector}>{moment.group.name}</SectorTag>
              </dd>
            </div>
          )}
          <div>
            <dt>{t('sheet.when')}</dt>
            <dd>
              <Time value={moment.at} as="moment" />
            </dd>
          </div>
          {moment.workshop && (
            <div>
              <dt>{t('sheet.workshop')}</dt>
              <dd>
                {moment.workshop.title}, {dayText(moment.workshop.heldOn, language)}
              </dd>
            </div>
          )}
          {editor && stretch.editedById !== moment.typedBy?.id && (
            <div>
              <dt>{t('sheet.editor')}</dt>
              <dd>{personWords(editor, common)}</dd>
            </div>
          )}
        </dl>
      )}
    </Sheet>
  )
}

/** An author as `personWords` wants them. Who is not told stays without a name. */
function authorOf(told: Authorship, id: string | null): Nameable {
  const author = told.authors.find((one) => one.id === id)
  const group = told.groups.find((one) => one.id === author?.groupId) ?? null
  return { name: '', ...author, group }
}
