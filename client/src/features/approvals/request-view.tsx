import type { Standing } from '@cabildo/protocol/http/approvals'
import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { PlanWords } from '../../ui/late/plan-words.tsx'
import { Notice } from '../../ui/notice.tsx'
import { usePersonWords } from '../../ui/person-words.ts'
import { Time } from '../../ui/time.tsx'
import classes from './approvals.module.css'
import { Deciding } from './deciding.tsx'
import { useStuckWords } from './stuck-words.ts'

type Request = Standing['requests'][number]

interface RequestViewProps {
  documentId: string
  slug: string
  title: string
  standing: Standing
  request: Request
  /** What changed since the version the reader last decided on, or the text as a whole. */
  changes: React.ReactNode
  /** What each group wrote of that text. */
  shares: React.ReactNode
  /** What a clause is called in the form. */
  clauseName: (clause: string) => string
  /** The ways to the open threads, and to the inputs without an answer. */
  links: { threads: (words: string) => React.ReactNode; inputs: (words: string) => React.ReactNode }
  /** Whether what changed, and who wrote it, is in sight: nobody decides before. */
  ready: boolean
}

/** A request for the approval of an exact text: what there is to know, the changes, and the decision. */
export function RequestView({
  documentId,
  slug,
  title,
  standing,
  request,
  changes,
  shares,
  clauseName,
  links,
  ready,
}: RequestViewProps) {
  const { t } = useTranslation('approvals')
  const nameOf = usePersonWords()
  const stuck = useStuckWords()(request)
  const { openThreads, inputs } = standing
  const { version, since, state, note, requestedBy, requestedAt } = request
  return (
    <article className={classes.page}>
      <header className={classes.head}>
        <h1>
          <PlanWords words={title} of={(title) => t('page.title', { title })} />
        </h1>
        <p>
          {t('page.asked', { person: nameOf(requestedBy), number: version.number })} · <Time value={requestedAt} />
        </p>
        {note !== '' && <blockquote className={classes.note}>{note}</blockquote>}
        <p>{t(`request.${state}`)}</p>
        {stuck && <Notice tone="care" {...stuck} />}
      </header>

      <ul className={classes.facts}>
        <li>{links.threads(t('page.threads', { count: openThreads }))}</li>
        {inputs && <li>{links.inputs(t('page.inputs', { ...inputs, count: inputs.unanswered }))}</li>}
      </ul>

      <section aria-labelledby="deciders">
        <h2 id="deciders">{t('page.deciders')}</h2>
        <ul className={classes.people}>
          {request.deciders.map(({ person, party, decisions, verdict, blocked }) => (
            <li key={person.id}>
              <strong>{nameOf(person)}</strong> · {t(`party.${party}`)}:{' '}
              {t(`verdict.${verdict ?? (blocked ? 'blocked' : decisions.length > 0 ? 'partly' : 'waiting')}`)}
              {decisions.map((decision) => (
                <Said key={decision.entry} decision={decision} nameOf={clauseName} />
              ))}
            </li>
          ))}
        </ul>
      </section>

      <section aria-labelledby="changes">
        <h2 id="changes">{since ? t('page.since', { number: since.number }) : t('page.whole')}</h2>
        {changes}
      </section>

      <Kept clauses={request.clauses} nameOf={clauseName} />

      <section aria-labelledby="shares">
        <h2 id="shares">{t('page.shares')}</h2>
        {shares}
      </section>

      {/* What is ticked and written is about one request alone. */}
      {request.may.decide && (
        <Deciding key={request.id} {...{ documentId, slug, request, ready, clauseName }} proof={standing.proof} />
      )}
      <Decided key={`${request.id} decided`} request={request} />
      <p className={classes.hash}>{version.contentHash}</p>
    </article>
  )
}

/** What the reader decided on all of it, where they decided it: who has just pressed that looks there. */
function Decided({ request }: { request: Request }) {
  const { t } = useTranslation('approvals')
  const heading = useRef<HTMLHeadingElement>(null)
  const mine = request.deciders.find(({ you }) => you)
  const verdict = request.may.decide ? null : (mine?.verdict ?? null)
  const before = useRef(verdict)
  useEffect(() => {
    if (before.current === null && verdict !== null) heading.current?.focus()
    before.current = verdict
  }, [verdict])
  if (verdict === null) return null
  return (
    <section aria-labelledby="decided" className={classes.deciding}>
      <h2 id="decided" ref={heading} tabIndex={-1}>
        {t(`decided.${verdict}`)}
      </h2>
      <p>{t(`request.${request.state}`)}</p>
    </section>
  )
}

/** A key's short name in groups that eyes can compare. */
const inFours = (print: string): string => print.replace(/.{4}(?=.)/g, '$& ')

interface SaidProps {
  decision: Request['deciders'][number]['decisions'][number]
  nameOf: (clause: string) => string
}

/** What somebody said with a decision: of which clauses, with which key, and why. Nothing for an approval of the whole. */
function Said({ decision: { verdict, clauses, signingKey, reason }, nameOf }: SaidProps) {
  const { t } = useTranslation('approvals')
  return (
    <>
      {clauses && (
        <p className={classes.soft}>
          {t(`clauses.${verdict}`)} {clauses.map(nameOf).join(', ')}
        </p>
      )}
      {signingKey && (
        <p className={classes.soft}>
          {t('page.signed')} <code className={classes.key}>{inFours(signingKey)}</code>
        </p>
      )}
      {reason !== '' && <blockquote className={classes.note}>{reason}</blockquote>}
    </>
  )
}

interface KeptProps {
  clauses: Request['clauses']
  nameOf: (clause: string) => string
}

/** After an amendment: which clauses are to be decided, and which keep the approval that they had. */
function Kept({ clauses, nameOf }: KeptProps) {
  const { t } = useTranslation('approvals')
  const before = Map.groupBy(clauses, ({ approved }) => approved?.version)
  if (before.size === 0 || (before.size === 1 && before.has(undefined))) return null
  const named = (some: Request['clauses'] = []) => some.map(({ clause }) => nameOf(clause)).join(', ')
  return (
    <section aria-labelledby="clauses">
      <h2 id="clauses">{t('clauses.title')}</h2>
      <ul className={classes.people}>
        {before.has(undefined) && (
          <li>
            {t('clauses.changed')} <strong>{named(before.get(undefined))}</strong>
          </li>
        )}
        {[...before.values()].map((some) => {
          const approved = some[0]?.approved
          return (
            approved && (
              <li key={approved.version} className={classes.soft}>
                {t('clauses.kept', { number: approved.version })} <Time value={approved.at} as="day" />: {named(some)}
              </li>
            )
          )
        })}
      </ul>
    </section>
  )
}
