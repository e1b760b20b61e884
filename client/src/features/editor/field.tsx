import type { FieldKind, Localized, TemplateField } from '@cabildo/schema/templates/template'
import { IconChevronDown } from '@tabler/icons-react'
import type { Editor, Extensions } from '@tiptap/core'
import { type ComponentType, type FocusEvent, lazy, memo, useEffect, useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type * as Y from 'yjs'
import { useLanguage } from '../../lib/language.ts'
import { useStore } from '../../sync/use-store.ts'
import { Part } from '../../ui/part.tsx'
import { PersonBadge } from '../../ui/person-badge.tsx'
import { usePersonWords } from '../../ui/person-words.ts'
import classes from './field.module.css'
import { DressedEditor, FieldEditor, type Workbench } from './field-editor.tsx'
import { lengthOf } from './length.ts'

const Guidance = lazy(() => import('./guidance.tsx'))

/** How a kind of field that is more than text is drawn: changed extensions, and a frame around the editor. */
export interface KindDress {
  dress: (extensions: Extensions) => Extensions
  Frame: ComponentType<{ editor: Editor | null; editable: boolean; children: React.ReactNode }>
}

interface FieldProps {
  bench: Workbench
  field: TemplateField
  /** Its place in the document, from 0: the first ones get their editor at once. */
  place: number
  editable: boolean
  dress: Partial<Record<FieldKind, KindDress>>
}

/** One question of the form with its answer: label, question, help, editor, length, and who is in it. */
export const Field = memo(function Field({ bench, field, place, editable, dress }: FieldProps) {
  const { name, kind, label, question, help, softLimit, ogpRow } = field
  const { t } = useTranslation('editor')
  const language = useLanguage()
  const say = (words: Localized) => words[language]
  const [editor, setEditor] = useState<Editor | null>(null)
  const { session } = bench
  const dressed = dress[kind]
  const ids = { question: `question-${name}`, help: `help-${name}`, advice: `advice-${name}`, length: `length-${name}` }
  const [helping, setHelping] = useState(false)

  const enter = () => session.setField(name)
  const leave = (event: FocusEvent<HTMLElement>) => {
    if (!event.currentTarget.contains(event.relatedTarget)) session.setField(null)
  }
  const written = {
    ...{ bench, name, kind, editable },
    labelledBy: ids.question,
    describedBy: `${ids.help} ${ids.length}`,
  }
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: it only watches where the focus goes
    <div className={classes.field} data-kind={kind} id={`field-${name}`} onFocus={enter} onBlur={leave}>
      <div className={classes.head}>
        {kind === 'line' ? (
          <p className={classes.label} id={ids.question}>
            {say(label)}
          </p>
        ) : (
          <h3 className={classes.question} id={ids.question}>
            <span className={classes.label}>{say(label)}</span>
            {say(question)}
          </h3>
        )}
        <button
          type="button"
          className={classes.ask}
          aria-expanded={helping}
          aria-controls={ids.advice}
          onClick={() => setHelping(!helping)}
        >
          {t('field.help')}
          <span className="cb-hidden">: {say(label)}</span>
          <IconChevronDown size={18} aria-hidden />
        </button>
      </div>
      <div id={ids.advice} className={classes.advice} hidden={!helping}>
        <p>{say(help)}</p>
        {ogpRow !== undefined && <p>{t('field.row', { row: ogpRow })}</p>}
        {helping && (
          <Part>
            <Guidance field={name} />
          </Part>
        )}
      </div>
      <p id={ids.help} className="cb-hidden">
        {say(help)}
      </p>
      {dressed ? (
        <dressed.Frame editor={editor} editable={editable}>
          <DressedEditor {...written} dress={dressed.dress} onEditor={setEditor} />
        </dressed.Frame>
      ) : (
        <div className={classes.paper} data-editable={editable || undefined}>
          <FieldEditor {...written} eager={place < eagerFields} />
        </div>
      )}
      <div className={classes.foot}>
        {editable ? (
          <Length id={ids.length} field={session.doc.getXmlFragment(name)} softLimit={softLimit} />
        ) : (
          <span id={ids.length} />
        )}
        <InField bench={bench} name={name} />
      </div>
    </div>
  )
})

/** How many editors are made before the page is idle: those that a first screen shows. */
const eagerFields = 2

/** Who of the others is in this field, in badges and in words. */
function InField({ bench, name }: { bench: Workbench; name: string }) {
  const { t } = useTranslation('editor')
  const nameOf = usePersonWords()
  const people = useStore(bench.session.people).filter((one) => !one.self && one.field === name)
  const [first] = people
  if (!first) return null
  return (
    <p className={classes.inside}>
      {people.slice(0, 3).map(({ person }) => (
        <PersonBadge key={person.id} person={person} size="sm" silent />
      ))}
      <span>{t('field.inside', { count: people.length, name: nameOf(first.person), others: people.length - 1 })}</span>
    </p>
  )
}

/** Calm words about length: how much there is of what is usually enough. Never a bar. */
function Length({ id, field, softLimit }: { id: string; field: Y.XmlFragment; softLimit: number }) {
  const { t, i18n } = useTranslation('editor')
  const [length, setLength] = useState(() => lengthOf(field))
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined
    const count = () => {
      timer = undefined
      setLength(lengthOf(field))
    }
    const later = () => {
      timer ??= setTimeout(count, calm)
    }
    field.observeDeep(later)
    return () => {
      clearTimeout(timer)
      field.unobserveDeep(later)
    }
  }, [field])

  const { format: number } = useMemo(() => new Intl.NumberFormat(i18n.language), [i18n.language])
  const over = length - softLimit
  return (
    <p id={id} className={classes.length} data-over={over > 0 || undefined}>
      {over > 0
        ? t('field.over', { count: over, length: number(length), limit: number(softLimit), over: number(over) })
        : t('field.length', { length: number(length), limit: number(softLimit) })}
    </p>
  )
}

/** A count that jumps with every key is noise. Milliseconds. */
const calm = 400
