import { isIsoDate, milestoneTextLimit } from '@cabildo/schema/attributes'
import { type MilestoneAttribute, milestoneWords, outputsWord } from '@cabildo/schema/milestone-words'
import { IconArrowDown, IconArrowUp, IconTrash } from '@tabler/icons-react'
import { NodeViewContent, NodeViewWrapper, type ReactNodeViewProps } from '@tiptap/react'
import { type ChangeEvent, type CSSProperties, type KeyboardEvent, useEffect, useId, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useLanguage } from '../../lib/language.ts'
import { dayText } from '../../reading/facts-model.ts'
import { indexAt, moveMilestone, nameOf, removeMilestone } from './milestone-commands.ts'
import { isDueBeforeStart } from './milestone-dates.ts'
import classes from './milestones.module.css'
import { tellRemoved } from './removed.ts'
import { useCount } from './use-count.ts'

const actors = [
  'lead',
  'supportGovernment',
  'supportCivilSociety',
  'supportOther',
] as const satisfies MilestoneAttribute[]

/**
 * One milestone: a row of the table on desks, a card on phones. Its name and outputs are text of the document; dates and
 * actors are attributes, edited in plain inputs.
 */
export function MilestoneRow({ editor, node, getPos, updateAttributes }: ReactNodeViewProps) {
  const { t } = useTranslation('milestones')
  const language = useLanguage()
  const row = useRef<HTMLDivElement>(null)
  const fault = useId()
  const position = getPos() ?? 0
  const index = indexAt(editor.state.doc, position)
  const name = nameOf(node)
  const told = name ? t('named', { number: index + 1, name }) : t('unnamed', { number: index + 1 })
  const editable = editor.isEditable
  const isLast = index === useCount(editor) - 1
  const wrong = isDueBeforeStart(node.attrs.start, node.attrs.due)

  const move = (by: -1 | 1) => {
    if (!moveMilestone(editor, index, by)) return
    // The row was drawn anew somewhere else: the same button of it keeps the focus.
    const button = by === -1 ? 'up' : 'down'
    requestAnimationFrame(() => {
      const moved = editor.view.dom.querySelectorAll(`[data-milestone-row]`)[index + by]
      moved?.querySelector<HTMLButtonElement>(`[data-button="${button}"]`)?.focus()
    })
  }
  const remove = () => {
    if (removeMilestone(editor, index)) tellRemoved(editor, { name, index })
  }
  const field = (attribute: MilestoneAttribute, type: 'date' | 'text') => {
    const label = milestoneWords[attribute][language]
    const value = typeof node.attrs[attribute] === 'string' ? node.attrs[attribute] : ''
    // Whoever reads gets words, not inputs that cannot be typed into.
    if (!editable) {
      const words = type === 'date' ? dayText(value, language) : value
      return <AttributeText key={attribute} label={label} owner={told} words={words} />
    }
    return (
      <AttributeInput
        key={attribute}
        label={label}
        owner={told}
        type={type}
        value={value}
        describedBy={wrong && type === 'date' ? fault : undefined}
        onChange={(next) => updateAttributes({ [attribute]: type === 'date' ? next || null : next })}
        onUndo={(again) => (again ? editor.commands.redo() : editor.commands.undo())}
      />
    )
  }

  return (
    <NodeViewWrapper
      ref={row}
      className={classes.row}
      role="group"
      aria-label={told}
      data-milestone-row
      style={placeholders(t('namePlaceholder'), t('outputsPlaceholder'))}
      data-empty-name={name === '' || undefined}
      data-empty-outputs={(node.maybeChild(1)?.content.size ?? 0) === 0 || undefined}
    >
      <div className={classes.number} contentEditable={false}>
        <span className={classes.narrow}>{t('number', { number: index + 1 })}</span>
        <span className={classes.wide} aria-hidden>
          {index + 1}
        </span>
      </div>
      <span className={classes.nameLabel} contentEditable={false}>
        {t('name')}
      </span>
      <span className={classes.outputsLabel} contentEditable={false}>
        {outputsWord[language]}
      </span>
      <NodeViewContent className={classes.texts} />
      <div className={classes.dates} contentEditable={false}>
        {field('start', 'date')}
        {field('due', 'date')}
        {wrong && (
          <p id={fault} className={classes.fault}>
            {t('dueBeforeStart')}
          </p>
        )}
      </div>
      <div className={classes.actors} contentEditable={false}>
        {actors.map((actor) => field(actor, 'text'))}
      </div>
      {editable && (
        <div className={classes.buttons} contentEditable={false}>
          <RowButton name="up" label={`${t('up')}: ${told}`} disabled={index === 0} onClick={() => move(-1)}>
            <IconArrowUp size={20} aria-hidden />
          </RowButton>
          <RowButton name="down" label={`${t('down')}: ${told}`} disabled={isLast} onClick={() => move(1)}>
            <IconArrowDown size={20} aria-hidden />
          </RowButton>
          <RowButton name="remove" label={`${t('remove')}: ${told}`} disabled={false} onClick={remove}>
            <IconTrash size={20} aria-hidden />
          </RowButton>
        </div>
      )}
    </NodeViewWrapper>
  )
}

/** Told to the style sheet, which draws them into the empty texts: they are no part of the document. */
const placeholders = (name: string, outputs: string) =>
  ({ '--name': JSON.stringify(name), '--outputs': JSON.stringify(outputs) }) as CSSProperties

interface RowButtonProps {
  name: string
  label: string
  disabled: boolean
  onClick: () => void
  children: React.ReactNode
}

function RowButton({ name, label, disabled, onClick, children }: RowButtonProps) {
  return (
    <button
      type="button"
      className={classes.button}
      data-button={name}
      aria-label={label}
      aria-disabled={disabled || undefined}
      onClick={() => {
        if (!disabled) onClick()
      }}
    >
      {children}
    </button>
  )
}

/** One attribute to read. */
function AttributeText({ label, owner, words }: { label: string; owner: string; words: string | null }) {
  return (
    <p className={classes.attribute}>
      <span className={classes.term}>
        {label}
        <span className="cb-hidden">, {owner}</span>
      </span>{' '}
      <span className={classes.said}>{words || '–'}</span>
    </p>
  )
}

interface AttributeInputProps {
  label: string
  /** The milestone in words, for those who do not see the row. */
  owner: string
  type: 'date' | 'text'
  value: string
  describedBy: string | undefined
  onChange: (value: string) => void
  /** Undo, or with `again` redo, of the document: asked when nothing is being typed here. */
  onUndo: (again: boolean) => void
}

/** Says whether a value may become an edit. A date on its way to be typed is none yet. */
const isWhole = (type: 'date' | 'text', value: string) => type === 'text' || value === '' || isIsoDate(value)

/**
 * One attribute in an input. What is typed becomes an edit when the person pauses or leaves, not at every key: an
 * attribute is one value, of which the last writer's stands. What others write is shown unless one is writing oneself.
 */
function AttributeInput({ label, owner, type, value, describedBy, ...on }: AttributeInputProps) {
  const id = useId()
  const [typed, setTyped] = useState<string>()
  const latest = useRef({ typed, value, onChange: on.onChange })
  latest.current = { typed, value, onChange: on.onChange }

  // Reads only what is current, so that timers and the end of the row tell the latest words.
  const [tell] = useState(() => () => {
    const now = latest.current
    if (now.typed !== undefined && now.typed !== now.value && isWhole(type, now.typed)) now.onChange(now.typed)
  })
  const commit = () => {
    tell()
    setTyped(undefined)
  }
  useEffect(() => {
    if (typed === undefined) return undefined
    const timer = setTimeout(tell, pause)
    return () => clearTimeout(timer)
  }, [typed, tell])
  // What was typed and not yet told is told when the row goes away.
  useEffect(() => () => queueMicrotask(tell), [tell])

  const shared = {
    id,
    value: typed ?? value,
    'aria-describedby': describedBy,
    'aria-invalid': describedBy !== undefined || undefined,
    onChange: (event: ChangeEvent<HTMLInputElement | HTMLTextAreaElement>) =>
      setTyped(event.currentTarget.value.replace(/[\r\n]+/g, ' ')),
    onBlur: commit,
    onKeyDown: (event: KeyboardEvent) => {
      const key = event.key.toLowerCase()
      const isUndo = (event.ctrlKey || event.metaKey) && (key === 'z' || key === 'y')
      if (isUndo && (typed === undefined || typed === value)) {
        event.preventDefault()
        setTyped(undefined)
        on.onUndo(event.shiftKey || key === 'y')
      } else if (key === 'enter') {
        event.preventDefault()
        commit()
      }
    },
  }
  return (
    <div className={classes.attribute}>
      <label htmlFor={id}>
        {label}
        <span className="cb-hidden">, {owner}</span>
      </label>
      {type === 'date' ? (
        <input {...shared} type="date" min="1900-01-01" max="2199-12-31" />
      ) : (
        // One line that grows: a name is read whole, also in a narrow cell.
        <textarea {...shared} rows={1} maxLength={milestoneTextLimit} />
      )}
    </div>
  )
}

/** How long one may pause before what is typed becomes an edit. Milliseconds. */
const pause = 700
