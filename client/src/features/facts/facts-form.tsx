import type { Person } from '@cabildo/protocol/http/common'
import type {
  ChoicesFact,
  DateFact,
  ListFact,
  Template,
  TemplateFact,
  TextFact,
} from '@cabildo/schema/templates/template'
import { Textarea, TextInput } from '@mantine/core'
import { IconCheck, IconChevronDown } from '@tabler/icons-react'
import { type FocusEvent, lazy, type ReactNode, useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type * as Y from 'yjs'
import { useLanguage } from '../../lib/language.ts'
import { Part } from '../../ui/part.tsx'
import { PersonBadge } from '../../ui/person-badge.tsx'
import { usePersonWords } from '../../ui/person-words.ts'
import classes from './facts-form.module.css'
import {
  chosen,
  endsBeforeStart,
  type FactProblem,
  type FactValue,
  factsOf,
  factText,
  readFact,
  toggleChoice,
} from './model.ts'
import { useDraftText } from './use-draft-text.ts'
import { useFact, useFacts } from './use-fact.ts'

// Who only reads fetches it; who writes never.
const FactsView = lazy(async () => ({ default: (await import('../../reading/facts-view.tsx')).FactsView }))

/** Somebody who has the document open, and the field or fact they are in. */
export interface Inside {
  self: boolean
  field: string | null
  person: Person
}

interface FactsFormProps {
  /** The shared map of facts. Read here, written through `onSet`. */
  facts: Y.Map<unknown>
  template: Template
  /** Which facts, in which order; all of the template unless given. */
  keys?: readonly string[]
  readOnly: boolean
  /** Stores one fact; `null` clears it. */
  onSet: (key: string, value: FactValue) => void
  /** The writer is in this fact now; null: in none. */
  onFocusField: (key: string | null) => void
  people?: readonly Inside[]
}

/** The facts of a document as a form that several people fill in at once. What cannot be changed is shown as text. */
export function FactsForm({ facts, template, keys, readOnly, onSet, onFocusField, people = [] }: FactsFormProps) {
  const asked = factsOf(template.facts, keys ?? template.facts.map((fact) => fact.key))
  if (readOnly) return <FactsText facts={facts} asked={asked} />
  return (
    <div className={classes.form}>
      {asked.map((fact) => (
        <FactControl
          key={fact.key}
          fact={fact}
          facts={facts}
          onSet={(value) => onSet(fact.key, value)}
          onFocusField={onFocusField}
          here={people.filter((one) => !one.self && one.field === fact.key)}
        />
      ))}
    </div>
  )
}

function FactsText({ facts, asked }: { facts: Y.Map<unknown>; asked: readonly TemplateFact[] }) {
  const values = useFacts(facts)
  return (
    <Part>
      <FactsView facts={asked} values={values} />
    </Part>
  )
}

interface ControlProps<Fact extends TemplateFact> {
  fact: Fact
  facts: Y.Map<unknown>
  onSet: (value: FactValue) => void
  onFocusField: (key: string | null) => void
  here: readonly Inside[]
}

function FactControl(props: ControlProps<TemplateFact>) {
  const { fact, onFocusField } = props
  const leave = (event: FocusEvent<HTMLElement>) => {
    if (!event.currentTarget.contains(event.relatedTarget)) onFocusField(null)
  }
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: it only watches where the focus goes
    <div className={classes.fact} data-kind={fact.kind} onFocus={() => onFocusField(fact.key)} onBlur={leave}>
      {fact.kind === 'choices' ? <Choices {...props} fact={fact} /> : <Written {...props} fact={fact} />}
    </div>
  )
}

/** A text, a day or a list of names: written, and stored when the writer pauses or leaves. */
function Written({ fact, facts, onSet, here }: ControlProps<TextFact | DateFact | ListFact>) {
  const { t } = useTranslation('facts')
  const language = useLanguage()
  const shared = useFact(facts, fact.key)
  const [problem, setProblem] = useState<FactProblem>()
  const period = usePeriodProblem(facts, fact.key)

  const { text, write, leave } = useDraftText({
    shared: factText(shared),
    stored: (written) => {
      const patch = readFact(fact, written)
      return patch.ok ? factText(patch.value) : undefined
    },
    save: (written) => {
      const patch = readFact(fact, written)
      setProblem(patch.ok ? undefined : patch.problem)
      if (patch.ok) onSet(patch.value)
    },
  })
  const control = {
    'data-fact': fact.key,
    label: fact.label[language],
    description: fact.help[language],
    value: text,
    error: problem ? t(`problem.${problem}`, { count: limitOf(fact, problem) }) : period && t('problem.period'),
    onChange: (event: { currentTarget: { value: string } }) => {
      setProblem(undefined)
      write(event.currentTarget.value)
    },
    onBlur: leave,
  }
  return (
    <>
      {fact.kind === 'list' ? (
        <Textarea {...control} {...(growsByItself ? { classNames: { input: classes.grows ?? '' } } : growing)} />
      ) : (
        <TextInput
          {...control}
          type={fact.kind === 'date' ? 'date' : 'text'}
          classNames={fact.kind === 'date' ? { wrapper: classes.date ?? '' } : {}}
        />
      )}
      <Here people={here} />
    </>
  )
}

/** Most browsers let a field grow by themselves; measuring it is a tenth of what opening a text costs a page. */
const growsByItself = globalThis.CSS?.supports?.('field-sizing', 'content') ?? false
const growing = { autosize: true, minRows: 2, maxRows: 10 }

const limitOf = (fact: TextFact | DateFact | ListFact, problem: FactProblem): number => {
  if (fact.kind === 'date') return 0
  return problem === 'tooMany' && fact.kind === 'list' ? fact.maxItems : fact.maxLength
}

/** Whether the commitment ends before it starts, told beside its end. */
function usePeriodProblem(facts: Y.Map<unknown>, key: string): boolean {
  const start = useFact(facts, 'periodStart')
  const end = useFact(facts, 'periodEnd')
  return key === 'periodEnd' && endsBeforeStart(start, end)
}

/** More options than this stay folded until somebody wants to choose. */
const fewOptions = 6

/** Some of several options, each a press of its own and stored at once. */
function Choices({ fact, facts, onSet, here }: ControlProps<ChoicesFact>) {
  const { t } = useTranslation('facts')
  const language = useLanguage()
  const helpId = useId()
  const value = useFact(facts, fact.key)
  const [full, setFull] = useState(false)
  const marked = chosen(fact, value)
  const folds = fact.options.length > fewOptions

  const toggle = (option: string) => {
    const next = toggleChoice(fact, value, option)
    setFull(next === undefined)
    if (next !== undefined) onSet(next)
  }
  const options = (
    <div className={classes.options}>
      {fact.options.map((option) => (
        <label key={option.value} className={classes.option}>
          <input
            type="checkbox"
            className="cb-hidden"
            checked={marked.includes(option.value)}
            onChange={() => toggle(option.value)}
          />
          <IconCheck className={classes.check} size={18} stroke={2.5} aria-hidden />
          {option.label[language]}
        </label>
      ))}
    </div>
  )
  const labels = fact.options.filter(({ value: option }) => marked.includes(option)).map(({ label }) => label[language])

  return (
    <fieldset className={classes.choices} aria-describedby={helpId} data-fact={fact.key} tabIndex={-1}>
      <legend>{fact.label[language]}</legend>
      <p id={helpId} className={classes.help}>
        {fact.help[language]}
      </p>
      {folds ? (
        <>
          <p className={labels.length > 0 ? classes.marked : classes.none}>
            {labels.length > 0 ? labels.join(' · ') : t('choices.none')}
          </p>
          <details className={classes.more}>
            <summary>
              {t('choices.open')}
              <span className="cb-hidden">: {fact.label[language]}</span>
              <IconChevronDown size={18} aria-hidden />
            </summary>
            {options}
          </details>
        </>
      ) : (
        options
      )}
      <p role="status" className={classes.told}>
        {full && t('choices.full', { count: fact.maxItems })}
      </p>
      <Here people={here} />
    </fieldset>
  )
}

/** Who of the others is in this fact, in badges and in words. */
function Here({ people }: { people: readonly Inside[] }): ReactNode {
  const { t } = useTranslation('facts')
  const nameOf = usePersonWords()
  const [first] = people
  if (!first) return null
  return (
    <p className={classes.here}>
      {people.slice(0, 3).map(({ person }) => (
        <PersonBadge key={person.id} person={person} size="sm" silent />
      ))}
      <span>{t('here', { count: people.length, name: nameOf(first.person), others: people.length - 1 })}</span>
    </p>
  )
}
