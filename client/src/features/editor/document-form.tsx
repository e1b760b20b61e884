import type { FieldKind, Template, TemplateSection } from '@cabildo/schema/templates/template'
import { useMediaQuery } from '@mantine/hooks'
import { type FocusEvent, type RefObject, Suspense, useEffect, useMemo, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useLanguage } from '../../lib/language.ts'
import { whenTypingRests } from '../../lib/when-idle.ts'
import type { DocumentSession } from '../../sync/session.ts'
import { useStore } from '../../sync/use-store.ts'
import type { LeftOut } from './clipboard.ts'
import classes from './document-form.module.css'
import { Field, type KindDress } from './field.tsx'
import type { Workbench } from './field-editor.tsx'
import type { EditorHub } from './hub.ts'
import { createNear } from './near.ts'
import { Bubble, fetchParts, LinkSheet, ShortcutsSheet, SlashMenu } from './parts.ts'
import { createSlashStore, type SlashStore } from './slash.ts'
import { Toolbar } from './toolbar.tsx'
import { createTurns } from './turns.ts'
import { goToUndone } from './undo-focus.ts'
import { useCaretInSight } from './use-caret-in-sight.ts'
import { useKeyboardInset } from './use-keyboard-inset.ts'

interface DocumentFormProps {
  template: Template
  session: DocumentSession
  hub: EditorHub
  editable: boolean
  dress: Partial<Record<FieldKind, KindDress>>
  /** The facts of one section, drawn by whoever knows facts. */
  facts: (session: DocumentSession, keys: readonly string[], editable: boolean) => React.ReactNode
  extra?: Workbench['extra']
  /** Draws what stands at the head of a section. */
  lead?: ((section: string) => React.ReactNode) | undefined
  /** Draws what stands under a field. */
  under?: ((field: string) => React.ReactNode) | undefined
}

/** The whole document as a form that reads like one: sections, their questions, one editor for each. */
export function DocumentForm(props: DocumentFormProps) {
  const { template, session, hub, editable, dress, facts, extra, lead, under } = props
  const { t } = useTranslation('editor')
  const [leftOut, setLeftOut] = useState<{ field: string; what: LeftOut }>()
  const bench = useMemo(
    () => ({ ...createBench(session, hub, (field, what) => setLeftOut({ field, what })), extra }),
    [session, hub, extra],
  )
  const active = useStore(hub.active)
  // Told until the person goes on elsewhere.
  if (leftOut && active && active.name !== leftOut.field) setLeftOut(undefined)
  const mouse = useMediaQuery('(pointer: fine)', false, { getInitialValueInEffect: false })
  const form = useRef<HTMLDivElement>(null)
  useKeyboardInset()
  useCaretInSight(form)
  useFoundField(form)
  useUndoFocus(session, hub)
  useQuestionMark(hub)
  useEffect(() => (editable ? bench.turns.take(() => void fetchParts()) : undefined), [bench, editable])

  const leave = (event: FocusEvent<HTMLElement>) => {
    if (!event.currentTarget.contains(event.relatedTarget)) hub.setWriting(false)
  }
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: it only watches where the focus goes
    <div ref={form} className={classes.form} onFocus={() => hub.setWriting(true)} onBlur={leave}>
      {editable && (
        <div className={classes.tools}>
          <Toolbar bench={bench} />
        </div>
      )}
      <section className={classes.sections} aria-label={t('form.label')}>
        {template.sections.map((section, place) => (
          <Section key={section.id} section={section} isFirst={place === 0}>
            {lead?.(section.id)}
            {section.fields.map((name) => {
              const field = template.fields.find((one) => one.name === name)
              if (!field) return null
              return (
                <div key={name} className={classes.answer}>
                  <Field
                    bench={bench}
                    field={field}
                    place={template.fields.indexOf(field)}
                    editable={editable}
                    dress={dress}
                  />
                  {leftOut?.field === name && (
                    <p role="status" className={classes.leftOut}>
                      {'images' in leftOut.what
                        ? t('field.images', { count: leftOut.what.images })
                        : t('field.tooLong')}
                    </p>
                  )}
                  {under?.(name)}
                </div>
              )
            })}
            {section.facts.length > 0 && (
              <div data-facts={section.facts.join(' ')}>{facts(session, section.facts, editable)}</div>
            )}
          </Section>
        ))}
      </section>
      <Suspense>
        {mouse && editable && active && <Bubble hub={hub} />}
        {editable && <Sheets hub={hub} />}
      </Suspense>
      {editable && <SlashPlace store={bench.slash} />}
    </div>
  )
}

/** Where the address names a field that was found, goes there. Fetched for such addresses alone. */
function useFoundField(form: RefObject<HTMLElement | null>): void {
  useEffect(() => {
    const { hash } = location
    if (!hash.startsWith('#field-')) return
    let letGo: (() => void) | undefined
    let gone = false
    void import('./found-field.ts').then(({ holdFoundField }) => {
      if (!gone && form.current) letGo = holdFoundField(form.current, hash)
    })
    return () => {
      gone = true
      letGo?.()
    }
  }, [form])
}

/** The slash menu, fetched when a slash is typed for the first time. */
function SlashPlace({ store }: { store: SlashStore }) {
  const open = useStore(store.open)
  return (
    <Suspense>
      {open && <SlashMenu key={`${open.editor.instanceId}-${open.from}`} store={store} open={open} />}
    </Suspense>
  )
}

/** A section with its heading. The first one needs none: the document's name stands there. */
function Section({
  section,
  isFirst,
  children,
}: {
  section: TemplateSection
  isFirst: boolean
  children: React.ReactNode
}) {
  const language = useLanguage()
  const id = `section-${section.id}`
  return (
    <section aria-labelledby={id} className={classes.section}>
      <div className={isFirst ? 'cb-hidden' : classes.heading}>
        <h2 id={id}>{section.label[language]}</h2>
        <p>{section.help[language]}</p>
      </div>
      {children}
    </section>
  )
}

function Sheets({ hub }: { hub: EditorHub }) {
  const asking = useStore(hub.asking)
  const active = useStore(hub.active)
  const close = () => hub.ask(null)
  if (asking === 'shortcuts') return <ShortcutsSheet onClose={close} />
  return asking === 'link' && active ? <LinkSheet editor={active.editor} onClose={close} /> : null
}

function createBench(session: DocumentSession, hub: EditorHub, onLeftOut: Workbench['onLeftOut']): Workbench {
  const asking = (what: 'link' | 'shortcuts') => () => {
    hub.ask(what)
    return true
  }
  const turns = createTurns(whenTypingRests)
  return {
    session,
    hub,
    slash: createSlashStore(),
    turns,
    near: createNear(turns),
    onLeftOut,
    requests: (field) => ({
      undo: session.undo.undo,
      redo: session.undo.redo,
      link: asking('link'),
      shortcuts: asking('shortcuts'),
      toolbar() {
        const button = document.querySelector<HTMLElement>('[role="toolbar"] button[tabindex="0"]')
        button?.focus()
        return button !== null
      },
      next() {
        hub.focusNext(field)
        return true
      },
    }),
  }
}

/** After an undo the page goes to where it changed something. */
function useUndoFocus(session: DocumentSession, hub: EditorHub): void {
  useEffect(
    () =>
      session.undo.onMoved((root) => {
        // y-tiptap's own listeners come after ours; what they leave behind is looked at when they are done.
        queueMicrotask(() => goToUndone(hub.need(root), hub.all()))
      }),
    [session, hub],
  )
}

/** `?` opens the list of shortcuts, except where it is a letter of a text. */
function useQuestionMark(hub: EditorHub): void {
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const { target } = event
      const writes =
        target instanceof HTMLElement &&
        (target.isContentEditable || /^(?:INPUT|TEXTAREA|SELECT)$/.test(target.tagName))
      if (event.key !== '?' || writes || event.ctrlKey || event.metaKey || event.altKey) return
      event.preventDefault()
      hub.ask('shortcuts')
    }
    document.addEventListener('keydown', onKey)
    return () => document.removeEventListener('keydown', onKey)
  }, [hub])
}
