import type { ChangedText, NewsItem } from '@cabildo/protocol/http/news'
import { Button } from '@mantine/core'
import { useInfiniteQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useEffect, useId, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { planLanguage } from '../../lib/language.ts'
import { useRefusalWords } from '../../lib/refusal-words.ts'
import { textTitle } from '../../lib/text-address.ts'
import { PlanWords } from '../../ui/late/plan-words.tsx'
import { Notice } from '../../ui/notice.tsx'
import { usePersonWords } from '../../ui/person-words.ts'
import { Time } from '../../ui/time.tsx'
import { Bone } from '../../ui/waiting.tsx'
import { newsQuery, useSeen } from './api.ts'
import { inputPlaceOf, placeOf, placeOfText } from './model.ts'
import classes from './news.module.css'

interface NewsListProps {
  slug: string
  /** The reader goes to the place of something. */
  onGone?: () => void
}

/** What others did in a plan, newest first, and the texts that they changed. What it shows counts as seen. */
export function NewsList({ slug, onGone }: NewsListProps) {
  const { t } = useTranslation('news')
  const refusal = useRefusalWords()
  const [mine, setMine] = useState(false)
  // What was new when the list was opened stays marked, whatever is asked for next.
  const before = useRef<{ seen: number; texts: ChangedText[] }>(undefined)
  const news = useInfiniteQuery(newsQuery(slug, mine, before.current?.seen))
  const { mutate: see } = useSeen(slug)
  const first = news.data?.pages[0]
  if (first && !before.current) before.current = { seen: first.seen, texts: first.texts }
  const mark = mine ? undefined : first?.mark
  useEffect(() => {
    if (mark !== undefined) see(mark)
  }, [mark, see])

  const items = news.data?.pages.flatMap((page) => page.items) ?? []
  const { seen = 0, texts = [] } = before.current ?? {}
  return (
    <div className={classes.news}>
      <button type="button" className={classes.filter} aria-pressed={mine} onClick={() => setMine(!mine)}>
        {t('mine')}
      </button>
      {news.error && <Notice tone="problem" urgent {...refusal(news.error)} />}
      {news.isPending && <Bone height="8rem" />}
      {texts.length > 0 && !mine && <Texts slug={slug} texts={texts} onGone={onGone} />}
      {news.isSuccess && items.length === 0 && <p className={classes.soft}>{t(mine ? 'noneMine' : 'none')}</p>}
      <ol className={classes.list} aria-label={t('list')}>
        {items.map((item) => (
          <NewsRow key={item.entry} slug={slug} item={item} isNew={item.entry > seen} onGone={onGone} />
        ))}
      </ol>
      {news.hasNextPage && (
        <Button variant="default" loading={news.isFetchingNextPage} onClick={() => void news.fetchNextPage()}>
          {t('more')}
        </Button>
      )}
    </div>
  )
}

interface TextsProps {
  slug: string
  texts: readonly ChangedText[]
  onGone: (() => void) | undefined
}

function Texts({ slug, texts, onGone }: TextsProps) {
  const { t } = useTranslation('news')
  const headingId = useId()
  return (
    <section aria-labelledby={headingId} className={classes.texts}>
      <h3 id={headingId}>{t('texts')}</h3>
      <ul className={classes.list}>
        {texts.map((text) => {
          const place = placeOfText(text, slug)
          return (
            <li key={text.document.id} className={classes.row}>
              <Link {...place} {...(onGone && { onClick: onGone })}>
                <PlanWords words={textTitle(text.document)} />
              </Link>
              <span className={classes.soft}>
                <Time value={text.changedAt} />
              </span>
            </li>
          )
        })}
      </ul>
    </section>
  )
}

interface NewsRowProps {
  slug: string
  item: NewsItem
  isNew: boolean
  onGone: (() => void) | undefined
}

function NewsRow({ slug, item, isNew, onGone }: NewsRowProps) {
  const { t } = useTranslation('news')
  const place = placeOf(item, slug)
  const input = inputPlaceOf(item, slug)
  const gone = onGone && { onClick: onGone }
  const sentence = useSentence(item)
  const { document, cause, words, at, outcome } = item
  return (
    <li className={classes.row} data-new={isNew}>
      <p className={classes.what}>
        {isNew && <span className={classes.fresh}>{t('new')}</span>}
        {input ? (
          <Link {...input} {...gone}>
            {sentence}
          </Link>
        ) : place ? (
          <Link {...place} {...gone}>
            {sentence}
          </Link>
        ) : (
          <strong>{sentence}</strong>
        )}
      </p>
      {outcome && <p className={classes.outcome}>{t(`outcome.${outcome}`)}</p>}
      {words && (
        <p className={classes.words} lang={planLanguage}>
          {words}
        </p>
      )}
      <p className={classes.soft}>
        {cause && <span className={classes.cause}>{t(`cause.${cause}`)} · </span>}
        {document && (
          <>
            <PlanWords words={textTitle(document)} /> ·{' '}
          </>
        )}
        <Time value={at} />
      </p>
    </li>
  )
}

/** What happened, in one sentence with who did it, as they are shown. */
function useSentence({ kind, by, document, thread, proposal, input, version, state, count }: NewsItem): string {
  const { t } = useTranslation('news')
  const { t: plans } = useTranslation('plans')
  const nameOf = usePersonWords()
  const who = by ? nameOf(by) : t('somebody')
  switch (kind) {
    case 'brought':
      return t('what.brought', { count, number: input?.number ?? 0 })
    case 'commented':
    case 'resolved':
    case 'reopened':
      return t(`what.${kind}`, { who, number: thread?.number ?? 0 })
    case 'proposed':
      return t('what.proposed', { who, number: proposal?.number ?? 0 })
    case 'accepted':
    case 'rejected':
      return t(`what.${kind}${proposal?.isPart ? 'Part' : ''}`, { who, number: proposal?.number ?? 0 })
    case 'answered':
      return t('what.answered', { who, number: input?.number ?? 0 })
    case 'shown':
      return t('what.shown', { number: input?.number ?? 0, version: version?.number ?? 0 })
    case 'version':
      return t('what.version', { who, number: version?.number ?? 0 })
    case 'moved': {
      // A state of a commitment where there is one, and else of the plan.
      const named = document
        ? plans(`state.${state}` as 'state.drafting')
        : plans(`planState.${state}` as 'planState.drafting')
      if (!by) return t(document ? 'what.ended' : 'what.planEnded', { state: named })
      return t(document ? 'what.moved' : 'what.planMoved', { who, state: named })
    }
    case 'asked':
    case 'approved':
    case 'returned':
    case 'recalled':
      return t(`what.${kind}`, { who, version: version?.number ?? 0 })
    case 'dissented':
      return t('what.dissented', { who })
  }
}
