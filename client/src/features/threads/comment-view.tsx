import type { Comment, ReactionKind, Thread } from '@cabildo/protocol/http/threads'
import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { isFocusLost } from '../../lib/is-focus-lost.ts'
import { planLanguage } from '../../lib/language.ts'
import { useRefusalWords } from '../../lib/refusal-words.ts'
import { ButtonRoot } from '../../ui/button-root.tsx'
import { Notice } from '../../ui/notice.tsx'
import { PersonBadge } from '../../ui/person-badge.tsx'
import { usePersonWords } from '../../ui/person-words.ts'
import { Time } from '../../ui/time.tsx'
import { useAct, wordingsQuery } from './api.ts'
import { Composer } from './composer.tsx'
import { bodyToEdit, piecesOfBody } from './model.ts'
import classes from './threads.module.css'

const reactions: readonly ReactionKind[] = ['agree', 'disagree', 'thanks']

interface CommentViewProps {
  documentId: string
  planId: string
  thread: Thread
  comment: Comment
}

/** One comment: who said it, when, its words, what others say of it without words, and what its author can do with it. */
export function CommentView({ documentId, planId, thread, comment }: CommentViewProps) {
  const { t } = useTranslation('threads')
  const refusal = useRefusalWords()
  const nameOf = usePersonWords()
  const act = useAct(documentId)
  const [doing, setDoing] = useState<'edit' | 'takeBack' | 'history'>()
  const { id: commentId, author, own, writtenAt, editedAt, removedAt } = comment
  const mayChange = own && thread.may.reply && !removedAt
  const row = useRef<HTMLLIElement>(null)
  // What was written in, or asked, is gone, and the focus with it: back to what opened it, else to what is left.
  const was = useRef(doing)
  useEffect(() => {
    const left = was.current
    was.current = doing
    if (!row.current || !isFocusLost()) return
    if (doing === 'takeBack' && removedAt === null) row.current.querySelector<HTMLElement>('[data-ask] button')?.focus()
    else if (left === 'edit' || left === 'takeBack')
      (row.current.querySelector<HTMLElement>(`[data-opens="${left}"]`) ?? row.current).focus()
  }, [doing, removedAt])

  return (
    <li className={classes.comment} ref={row} tabIndex={-1}>
      <div className={classes.said}>
        <PersonBadge person={author} size="sm" silent />
        <p className={classes.by}>
          <strong>{nameOf(author)}</strong>
          <span className={classes.meta}>
            <Time value={writtenAt} />
            {editedAt && !removedAt && <> · {t('edited')}</>}
          </span>
        </p>
      </div>
      {doing === 'edit' ? (
        <Composer
          planId={planId}
          label={t('edit.words')}
          action={t('edit.save')}
          begin={bodyToEdit(comment, (person) => nameOf(person, true))}
          focused
          onSay={async (said) => {
            await act.mutateAsync({ act: 'reword', thread, commentId, ...said })
            setDoing(undefined)
          }}
          onCancel={() => setDoing(undefined)}
        />
      ) : (
        <Body comment={comment} />
      )}
      {!removedAt && (
        <div className={classes.reactions}>
          {reactions.map((kind) => {
            const given = comment.reactions.find((one) => one.kind === kind)
            if (!thread.may.reply && !given) return null
            return (
              <ButtonRoot
                key={kind}
                className={classes.reaction}
                aria-pressed={given?.mine ?? false}
                disabled={!thread.may.reply}
                data-loading={act.isPending}
                onClick={() => act.mutate({ act: 'react', thread, commentId, kind, given: !given?.mine })}
              >
                {t(`reaction.${kind}`)}
                {given && <span className={classes.count}>{given.count}</span>}
              </ButtonRoot>
            )
          })}
        </div>
      )}
      {doing !== 'edit' && (
        <div className={classes.actions}>
          {editedAt && !removedAt && (
            <SmallButton
              words={t('history.show')}
              isOpen={doing === 'history'}
              onClick={() => setDoing(doing === 'history' ? undefined : 'history')}
            />
          )}
          {mayChange && <SmallButton opens="edit" words={t('edit.open')} onClick={() => setDoing('edit')} />}
          {mayChange && doing !== 'takeBack' && (
            <SmallButton opens="takeBack" words={t('takeBack.open')} onClick={() => setDoing('takeBack')} />
          )}
        </div>
      )}
      {doing === 'takeBack' && !removedAt && (
        <div data-ask>
          <Notice tone="care" what={t('takeBack.what')}>
            <Button
              color="danger"
              variant="default"
              loading={act.isPending}
              onClick={() => act.mutate({ act: 'takeBack', thread, commentId })}
            >
              {t('takeBack.do')}
            </Button>
            <Button variant="subtle" onClick={() => setDoing(undefined)}>
              {t('cancel')}
            </Button>
          </Notice>
        </div>
      )}
      {doing === 'history' && <Wordings documentId={documentId} thread={thread} comment={comment} />}
      {act.error && doing !== 'edit' && <Notice tone="problem" urgent {...refusal(act.error)} />}
    </li>
  )
}

interface SmallButtonProps {
  words: string
  isOpen?: boolean
  /** What it opens in its place: there it is again once that is done. */
  opens?: 'edit' | 'takeBack'
  onClick: () => void
}

function SmallButton({ words, isOpen, opens, onClick }: SmallButtonProps) {
  return (
    <Button
      variant="subtle"
      px="xs"
      fz="sm"
      onClick={onClick}
      data-opens={opens}
      {...(isOpen === undefined ? {} : { 'aria-expanded': isOpen })}
    >
      {words}
    </Button>
  )
}

/** What was said, with those it names; or that there was something. */
function Body({ comment }: { comment: Comment }) {
  const { t } = useTranslation('threads')
  const nameOf = usePersonWords()
  if (comment.removedAt) return <p className={classes.gone}>{t('removed')}</p>
  return (
    <p className={classes.body} lang={planLanguage}>
      {piecesOfBody(comment).map((piece, place) =>
        'words' in piece ? (
          piece.words
        ) : (
          // biome-ignore lint/suspicious/noArrayIndexKey: the same person may be named twice; pieces never change places
          <strong key={place} className={classes.mention}>
            @{nameOf(piece.person, true)}
          </strong>
        ),
      )}
    </p>
  )
}

/** The earlier words of a comment. */
function Wordings({ documentId, thread, comment }: Omit<CommentViewProps, 'planId'>) {
  const { t } = useTranslation('threads')
  const refusal = useRefusalWords()
  const { data, error } = useQuery(wordingsQuery(documentId, thread.id, comment.id))
  if (error) return <Notice tone="problem" {...refusal(error)} />
  return (
    <ol className={classes.wordings} aria-label={t('history.title')}>
      {data?.map(({ body, until, entry }) => (
        <li key={entry}>
          <p className={classes.meta}>
            {t('history.until')} <Time value={until} as="moment" />
          </p>
          <Body comment={{ ...comment, body }} />
        </li>
      ))}
    </ol>
  )
}
