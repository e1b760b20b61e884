import type { Plan } from '@cabildo/protocol/http/api'
import type { Input } from '@cabildo/protocol/http/inputs'
import type { Template } from '@cabildo/schema/templates/template'
import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { type ComponentProps, useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { planLanguage, useLanguage } from '../../lib/language.ts'
import { useRefusalWords } from '../../lib/refusal-words.ts'
import { textAddress } from '../../lib/text-address.ts'
import { PageHead } from '../../ui/late/page-head.tsx'
import { Notice } from '../../ui/notice.tsx'
import { usePersonWords } from '../../ui/person-words.ts'
import { Time } from '../../ui/time.tsx'
import { Bone, Waiting } from '../../ui/waiting.tsx'
import { AnswerForm, hasKeptAnswer } from './answer-form.tsx'
import { coverageQuery, findNext, inputQuery, useInputAct } from './api.ts'
import Attachments from './attachments.tsx'
import { ForGood } from './for-good.tsx'
import { InputLinks } from './input-links.tsx'
import classes from './inputs.module.css'
import { Standing, Told } from './inputs-view.tsx'
import { Moderation } from './moderation.tsx'
import { ReceiptPart } from './receipt-part.tsx'
import { WordsChanged } from './words-changed.tsx'

interface InputViewProps {
  plan: Plan
  number: number
  userId: string
  template: Template
  /** Draws the way to the words that an input changed. Comes from outside, where addresses are known. */
  wordsLink: (input: number) => ComponentProps<typeof WordsChanged>['link']
  /** Goes to another input; null: all have an answer. */
  onGo: (number: number | null) => void
}

/** One input with its files, what it has to do with, the words it changed and its answers; who may answer does it here, and goes on to the next without one by Alt+N. */
export function InputView({ plan, number, userId, template, wordsLink, onGo }: InputViewProps) {
  const { slug } = plan
  const { t } = useTranslation('inputs')
  const refusal = useRefusalWords()
  const input = useQuery(inputQuery(slug, number))
  const coverage = useQuery({ ...coverageQuery(slug), retry: false })
  const [error, setError] = useState<unknown>()
  const mayAnswer = coverage.data?.may.answer ?? false
  const goOn = () => findNext(slug, number).then(onGo, setError)
  useEffect(() => {
    if (!mayAnswer) return
    const onKey = (event: KeyboardEvent) => {
      if (!event.altKey || event.ctrlKey || event.metaKey || event.code !== 'KeyN') return
      event.preventDefault()
      findNext(slug, number).then(onGo, setError)
    }
    document.addEventListener('keydown', onKey)
    return () => document.removeEventListener('keydown', onKey)
  }, [mayAnswer, slug, number, onGo])

  return (
    <div className={classes.page}>
      <PageHead back={{ to: '/plans/$slug/inputs', params: { slug } }} backTo={t('title')} title={t('one', { number })}>
        {coverage.data && (
          <p role="status" className={classes.count}>
            {t('coverage.of', { answered: coverage.data.answered, total: coverage.data.total })}
          </p>
        )}
      </PageHead>
      {!input.data && input.isPending && <Waiting skeleton={<Bone height="12rem" />} />}
      {!input.data && input.isError && <Notice tone="problem" urgent {...refusal(input.error)} />}
      {input.data === null && <Notice tone="care" what={t('gone')} />}
      {input.data && (
        <Shown key={input.data.id} {...{ plan, userId, template, wordsLink }} input={input.data} onAnswered={goOn} />
      )}
      {error !== undefined && <Notice tone="problem" urgent {...refusal(error)} />}
      {mayAnswer && (
        <div>
          <Button variant="default" aria-keyshortcuts="Alt+N" onClick={() => void goOn()}>
            {t('next')}
          </Button>
        </div>
      )}
    </div>
  )
}

interface ShownProps extends Omit<InputViewProps, 'number' | 'onGo'> {
  input: Input
  onAnswered: () => Promise<void>
}

function Shown({ plan, input, userId, template, wordsLink, onAnswered }: ShownProps) {
  const { t } = useTranslation('inputs')
  const nameOf = usePersonWords()
  const language = useLanguage()
  const act = useInputAct(plan.slug, input.id)
  const article = useRef<HTMLElement>(null)
  const answers = [...input.answers].reverse()
  const wasTakenBack = input.takenBackAt !== null
  /** A version has its number in its text alone: it is told with the commitment, linked with the input or not. */
  const shownIn = ({ number, documentId }: { number: number; documentId: string }) => {
    const of = plan.commitments.find((one) => one.documentId === documentId)
    return of ? t('answer.versionOf', { number, commitment: of.number }) : t('answer.version', { number })
  }
  return (
    <>
      <article ref={article} tabIndex={-1} aria-label={t('one', { number: input.number })} className={classes.input}>
        <div>
          <Standing input={input} />
        </div>
        {input.words !== '' && (
          <blockquote className={classes.words} lang={input.language === language ? undefined : input.language}>
            {input.words}
          </blockquote>
        )}
        <Told slug={plan.slug} input={input} />
        {!input.may.answer && answers.length === 0 && !wasTakenBack && (
          <p className={classes.soft}>{t('answer.who')}</p>
        )}
        <SaidBeside plan={plan} input={input} />
      </article>
      {input.moderation && <Moderation moderation={input.moderation} mayRule={input.may.moderate} act={act} />}
      {!wasTakenBack && <Attachments planId={plan.slug} inputId={input.id} />}
      {answers.map((answer, place) => (
        <section key={answer.number} className={classes.item}>
          <h2>{t(place === 0 ? 'answer.inForce' : 'answer.earlier')}</h2>
          <p>
            <strong>{t(`standing.${answer.outcome}`)}</strong>
          </p>
          <p className={classes.words} lang={planLanguage}>
            {answer.reason}
          </p>
          {answer.mergedInto && (
            <p>
              <Link
                to="/plans/$slug/inputs/$number"
                params={{ slug: plan.slug, number: String(answer.mergedInto.number) }}
              >
                {t('answer.mergedInto', { number: answer.mergedInto.number })}
              </Link>
            </p>
          )}
          {answer.version && <p>{shownIn(answer.version)}</p>}
          <p className={classes.soft}>
            {nameOf(answer.by)} · <Time value={answer.answeredAt} as="moment" />
          </p>
        </section>
      ))}
      {input.may.answer && answers.length === 0 && <AnswerForm {...{ plan, input, userId, onAnswered }} />}
      {input.may.answer && answers.length > 0 && (
        <details open={hasKeptAnswer(input.id, userId)}>
          <summary className={classes.summary}>{t('answer.again')}</summary>
          <AnswerForm {...{ plan, input, userId, onAnswered }} />
        </details>
      )}
      <InputLinks {...{ plan, input, template }} />
      <section className={classes.part} aria-labelledby="changed">
        <h2 id="changed">{t('changed')}</h2>
        <WordsChanged planId={plan.slug} inputId={input.id} link={wordsLink(input.number)} />
      </section>
      {input.may.takeReceipt && !wasTakenBack && <ReceiptPart slug={plan.slug} inputId={input.id} />}
      {(['forgetName', 'takeBack'] as const).map(
        (one) =>
          input.may[one] && (
            <ForGood key={one} slug={plan.slug} inputId={input.id} act={one} onDone={() => article.current?.focus()} />
          ),
      )}
    </>
  )
}

/** The way to the comment or the proposal that was made this input. */
function SaidBeside({ plan, input: { thread, proposal, links } }: { plan: Plan; input: Input }) {
  const { t } = useTranslation('inputs')
  const said = thread ?? proposal
  const number =
    plan.commitments.find(({ documentId }) => documentId === said?.documentId)?.number ??
    links.find(({ document }) => document.id === said?.documentId)?.document.number
  if (!said || number === undefined) return null
  const kind = thread ? 'threads' : 'proposals'
  return (
    <p>
      <Link
        {...textAddress(plan.slug, number)}
        search={thread ? { threads: said.number } : { proposals: said.number }}
        className={classes.back}
      >
        {t(`saidBeside.${kind}`, { number: said.number })}
      </Link>
    </p>
  )
}
