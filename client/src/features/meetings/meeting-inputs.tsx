import type { Meeting } from '@cabildo/protocol/http/meetings'
import { Button, TextInput } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useRefusalWords } from '../../lib/refusal-words.ts'
import { Notice } from '../../ui/notice.tsx'
import { findInputIds, meetingInputsQuery, useMeetingAct } from './api.ts'
import classes from './meetings.module.css'
import { numbersOf } from './model.ts'

/** How many of them the page lists before somebody asks for all. */
const shortList = 10

/** What people brought at a meeting; who runs it enters more, or gathers what was entered before by its numbers. */
export function MeetingInputs({ slug, meeting }: { slug: string; meeting: Meeting }) {
  const { t } = useTranslation('meetings')
  const words = useRefusalWords()
  const { id, number, inputs: total, may } = meeting
  const inputs = useQuery({ ...meetingInputsQuery(slug, id), enabled: total > 0 })
  const act = useMeetingAct(slug, meeting)
  const [all, setAll] = useState(false)
  const listed = total === 0 ? [] : (inputs.data ?? [])
  const shown = all ? listed : listed.slice(0, shortList)
  return (
    <section className={classes.part} aria-labelledby="inputs">
      <h2 id="inputs">{t('inputs.title')}</h2>
      <p className={classes.soft}>{total === 0 ? t('inputs.none') : t('inputs.count', { count: total })}</p>
      {inputs.error && <Notice tone="problem" {...words(inputs.error)} />}
      {shown.length > 0 && (
        // biome-ignore lint/a11y/noRedundantRoles: some screen readers drop the list where CSS removes the marker
        <ul className={classes.list} role="list">
          {shown.map((input) => (
            <li key={input.id}>
              <Link to="/plans/$slug/inputs/$number" params={{ slug, number: String(input.number) }}>
                {t('inputs.one', { number: input.number })}
              </Link>
              <p className={classes.text}>{input.words}</p>
              {may.write && (
                <Button
                  variant="subtle"
                  disabled={act.isPending}
                  aria-label={t('inputs.removeOf', { number: input.number })}
                  onClick={() => act.mutate({ act: 'gather', remove: [input.id] })}
                >
                  {t('inputs.remove')}
                </Button>
              )}
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
