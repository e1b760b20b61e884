import type { Input } from '@cabildo/protocol/http/inputs'
import type { Meeting } from '@cabildo/protocol/http/meetings'
import { Button, TextInput } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useRefusalWords } from '../../lib/refusal-words.ts'
import { Notice } from '../../ui/notice.tsx'
import { StatusChip } from '../../ui/status-chip.tsx'
import { findInputIds, meetingInputsQuery, useMeetingAct } from './api.ts'
import classes from './meetings.module.css'
import { numbersOf } from './model.ts'

/** How many of them the page lists before somebody asks for all. */
const shortList = 10

/** What people brought at a meeting; who runs it enters more, or gathers what was entered before by its numbers. */
export function MeetingInputs({ slug, meeting }: { slug: string; meeting: Meeting }) {
  const { t } = useTranslation('meetings')
  const { number, may } = meeting
  const act = useMeetingAct(slug, meeting)
  return (
    <section className={classes.part} aria-labelledby="inputs">
      <h2 id="inputs">{t('inputs.title')}</h2>
      <InputsOf
        slug={slug}
        meeting={meeting}
        action={
          may.write
            ? (input) => (
                <Button
                  variant="subtle"
                  loading={act.isPending}
                  aria-label={t('inputs.removeOf', { number: input.number })}
                  onClick={() => act.mutate({ act: 'gather', remove: [input.id] })}
                >
                  {t('inputs.remove')}
                </Button>
              )
            : undefined
        }
      />
      {may.write && (
        <>
          <p>
            <Button
              variant="default"
              renderRoot={(props) => (
                <Link to="/plans/$slug/inputs/new" params={{ slug }} search={{ meeting: number }} {...props} />
              )}
            >
              {t('inputs.enter')}
            </Button>
          </p>
          <Gather slug={slug} act={act} />
        </>
      )}
    </section>
  )
}

interface InputsOfProps {
  slug: string
  meeting: Meeting
  /** What can be done with each. */
  action?: ((input: Input) => React.ReactNode) | undefined
}

/** The inputs of a meeting with what each was answered, under how many have an answer. */
export function InputsOf({ slug, meeting: { id, inputs: total }, action }: InputsOfProps) {
  const { t } = useTranslation('meetings')
  const words = useRefusalWords()
  const inputs = useQuery({ ...meetingInputsQuery(slug, id), enabled: total > 0 })
  const [all, setAll] = useState(false)
  const listed = total === 0 ? [] : (inputs.data ?? [])
  const shown = all ? listed : listed.slice(0, shortList)
  const answered = listed.filter(({ answers, takenBackAt }) => answers.length > 0 && takenBackAt === null).length
  return (
    <>
      <p className={classes.soft}>
        {total === 0 ? t('inputs.none') : t('inputs.count', { count: total })}
        {listed.length > 0 && ` · ${t('inputs.answered', { count: answered })}`}
      </p>
      {inputs.error && <Notice tone="problem" {...words(inputs.error)} />}
      {shown.length > 0 && (
        // biome-ignore lint/a11y/noRedundantRoles: some screen readers drop the list where CSS removes the marker
        <ul className={classes.list} role="list">
          {shown.map((input) => (
            <li key={input.id} className={classes.brought}>
              <InputItem slug={slug} input={input} />
              {action?.(input)}
            </li>
          ))}
        </ul>
      )}
      {listed.length > shown.length && (
        <p>
          <Button variant="default" onClick={() => setAll(true)}>
            {t('inputs.all', { count: listed.length })}
          </Button>
        </p>
      )}
    </>
  )
}

/** What somebody brought, and the answer in force. */
function InputItem({ slug, input: { number, words, takenBackAt, answers, overdue } }: { slug: string; input: Input }) {
  const { t } = useTranslation('meetings')
  const { t: inputs } = useTranslation('inputs')
  const answer = answers.at(-1)
  const waits = overdue ? 'overdue' : 'waiting'
  return (
    <>
      <div className={classes.title}>
        <Link to="/plans/$slug/inputs/$number" params={{ slug, number: String(number) }}>
          {t('inputs.one', { number })}
        </Link>
        {takenBackAt === null ? (
          <StatusChip tone={answer ? 'done' : overdue ? 'problem' : 'waiting'}>
            {inputs(`standing.${answer?.outcome ?? waits}`)}
          </StatusChip>
        ) : (
          <StatusChip tone="idle">{inputs('standing.takenBack')}</StatusChip>
        )}
      </div>
      {words !== '' && <p className={classes.text}>{words}</p>}
      {answer && (
        <p className={`${classes.text} ${classes.answer}`}>
          <span className="cb-hidden">{inputs('answer.inForce')}: </span>
          {answer.reason}
        </p>
      )}
    </>
  )
}

/** Gathers inputs that were entered before, by their numbers. */
function Gather({ slug, act }: { slug: string; act: ReturnType<typeof useMeetingAct> }) {
  const { t } = useTranslation('meetings')
  const words = useRefusalWords()
  const [text, setText] = useState('')
  const [asked, setAsked] = useState(false)
  const [looking, setLooking] = useState(false)
  const [found, setFound] = useState<number>()
  const [error, setError] = useState<unknown>()
  const numbers = numbersOf(text)

  const send = async () => {
    setAsked(true)
    setFound(undefined)
    setError(undefined)
    if (!numbers || looking) return
    setLooking(true)
    try {
      const add = await findInputIds(slug, numbers)
      setFound(add.length)
      if (add.length > 0) await act.mutateAsync({ act: 'gather', add })
      if (add.length > 0) setText('')
      setAsked(false)
    } catch (failure) {
      setError(failure)
    } finally {
      setLooking(false)
    }
  }
  return (
    <form
      className={classes.form}
      noValidate
      onSubmit={(event: FormEvent) => {
        event.preventDefault()
        void send()
      }}
    >
      <TextInput
        label={t('inputs.gather')}
        description={t('inputs.gatherHelp')}
        autoComplete="off"
        value={text}
        error={asked && !numbers && t('inputs.badNumbers')}
        onChange={({ currentTarget: { value } }) => setText(value)}
      />
      <p role="status" className={classes.soft}>
        {found === undefined || looking ? '' : t('inputs.gathered', { count: found })}
      </p>
      {error !== undefined && <Notice tone="problem" urgent {...words(error)} kept={t('kept')} />}
      <p>
        <Button type="submit" variant="default" loading={looking}>
          {t('inputs.gatherButton')}
        </Button>
      </p>
    </form>
  )
}
