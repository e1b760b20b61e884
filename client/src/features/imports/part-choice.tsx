import type { ImportPreview } from '@cabildo/protocol/http/imports'
import type { JsonNode } from '@cabildo/schema/content'
import { holdsOne, type Target } from '@cabildo/schema/imported/targets'
import type { Template } from '@cabildo/schema/templates/template'
import { Button, NativeSelect } from '@mantine/core'
import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useLanguage } from '../../lib/language.ts'
import { MilestonesView } from '../../reading/milestones-view.tsx'
import { RichText } from '../../reading/rich-text.tsx'
import classes from './imports.module.css'
import { beginning, type Choice, nowInWords, type Part, type Written, written } from './model.ts'

interface PartChoiceProps {
  part: Part
  template: Template
  targets: ReadonlyMap<string, Target>
  standing: ImportPreview['targets']
  choice: Choice
  onChoice: (choice: Choice) => void
}

/** One part of a file: where it goes, and what would be added there. */
export function PartChoice({ part, template, targets, standing, choice, onChoice }: PartChoiceProps) {
  const { t } = useTranslation('imports')
  const language = useLanguage()
  const heading = part.heading ?? t('before')
  const target = targets.get(choice)
  const says = useMemo(() => target && written(part, choice, target, language), [part, choice, target, language])
  const there = standing.find((one) => one.target === choice)
  const hint = () => {
    if (!target || !says) {
      const own = standing.find((one) => one.target === part.target)
      const named = targets.get(part.target ?? '')
      if (part.target === null || !own || !named) return t('hint.unplaced')
      if (!own.written || !holdsOne(named)) return t('hint.out')
      const field = labelOf(template, part.target, language)
      return t('hint.taken', { field, now: nowInWords(named, own.now, language) })
    }
    if (says.kind === 'none') return t('hint.noValue')
    if (!there?.written) return t('hint.empty')
    if (!holdsOne(target)) return t('hint.after')
    return t('hint.instead', { now: nowInWords(target, there.now, language) })
  }
  return (
    <li className={classes.part} data-out={!says || says.kind === 'none' || undefined}>
      <h3>{heading}</h3>
      <div className={classes.choice}>
        <NativeSelect
          label={t('target')}
          aria-label={t('targetOf', { heading })}
          value={choice}
          onChange={({ currentTarget }) => onChoice(currentTarget.value)}
          data={[
            { value: '', label: t('leaveOut') },
            ...standing.map(({ target: name }) => ({ value: name, label: labelOf(template, name, language) })),
          ]}
        />
        <p className={classes.soft}>{hint()}</p>
      </div>
      <Says says={says && says.kind !== 'none' ? says : { kind: 'rich', doc: docOf(part) }} heading={heading} />
    </li>
  )
}

const docOf = ({ content }: Part): JsonNode => content as JsonNode // its contract says that it is a `doc`

function labelOf({ fields, facts }: Template, target: string, language: 'es' | 'en'): string {
  const [what, name] = target.split(':')
  const found = what === 'field' ? fields.find((one) => one.name === name) : facts.find(({ key }) => key === name)
  return found?.label[language] ?? target
}

/** Letters of a part that are shown at once. */
const shown = 600

function Says({ says, heading }: { says: Exclude<Written, { kind: 'none' }>; heading: string }) {
  const { t } = useTranslation('imports')
  const [isWhole, setWhole] = useState(false)
  if (says.kind === 'line') return <p className={classes.words}>{says.text}</p>
  const first = isWhole ? undefined : beginning(says.doc, shown)
  return (
    <div className={classes.words}>
      {says.kind === 'milestones' ? (
        <MilestonesView doc={first ?? says.doc} under={3} />
      ) : (
        <RichText doc={first ?? says.doc} under={3} />
      )}
      {first && (
        <Button variant="subtle" aria-label={t('moreOf', { heading })} onClick={() => setWhole(true)}>
          {t('more')}
        </Button>
      )}
    </div>
  )
}

interface LeftOutProps {
  parts: readonly Part[]
  /** Places of the parts that were sent, and which of these were not written. */
  places: readonly number[]
  left: readonly { part: number; why: 'no_value' | 'changed' }[]
}

/** What did not go into the document, so that nobody loses it. */
export function LeftOut({ parts, places, left }: LeftOutProps) {
  const { t } = useTranslation('imports')
  const why = new Map(left.map((one) => [places[one.part], one.why]))
  const out = [...parts.keys()].filter((at) => !places.includes(at) || why.has(at))
  if (out.length === 0) return null
  return (
    <>
      <p>{t('leftOut', { count: out.length })}</p>
      <ul className={classes.parts}>
        {out.map((at) => {
          const part = parts[at]
          const heading = part?.heading ?? t('before')
          return (
            part && (
              <li key={at} className={classes.part} data-out>
                <h3>{heading}</h3>
                {why.get(at) === 'changed' && <p className={classes.soft}>{t('changed')}</p>}
                <Says says={{ kind: 'rich', doc: docOf(part) }} heading={heading} />
              </li>
            )
          )
        })}
      </ul>
    </>
  )
}
