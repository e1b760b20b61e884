import type { Thread } from '@cabildo/protocol/http/threads'
import type { Template } from '@cabildo/schema/templates/template'
import { ActionIcon, Button, NativeSelect } from '@mantine/core'
import { IconChevronDown, IconChevronUp, IconFilter, IconMessagePlus } from '@tabler/icons-react'
import { useCallback, useEffect, useId, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useLanguage } from '../../lib/language.ts'
import { useStretch } from '../../lib/use-stretch.ts'
import { SidePanel } from '../../ui/side-panel.tsx'
import { kinds } from './kinds.tsx'
import { type Filters, noFilters, subjectsOf } from './model.ts'
import { type AsInput, ThreadCard } from './thread-card.tsx'
import classes from './threads.module.css'

interface ThreadsPanelProps {
  documentId: string
  /** Whose words are kept while they are written. */
  meId: string
  planId: string
  template: Template
  /** All threads, and those that pass the filters, as one reads them. */
  all: readonly Thread[]
  listed: readonly Thread[]
  filters: Filters
  onFilters: (filters: Filters) => void
  openNumber: number | undefined
  onOpen: (number: number | undefined) => void
  onNext: (by: 1 | -1) => void
  onWords: (thread: Thread) => void
  /** Absent while a new thread is being written, and for who says nothing. */
  onNew: (() => void) | undefined
  onClose: () => void
  asInput: AsInput
  /** It was opened by the way, by who is writing: the focus stays there. */
  quiet: boolean
  /** The form of a new thread, or why there is no list. */
  children: React.ReactNode
}

/** The threads beside the text: counted, filtered, one after the other. */
export function ThreadsPanel(props: ThreadsPanelProps) {
  const { documentId, meId, planId, template, all, listed, filters, onFilters, openNumber, onOpen, onNext } = props
  const { onWords, onNew, onClose, asInput, quiet, children } = props
  const { t } = useTranslation('threads')
  const [isFiltering, setFiltering] = useState(false)
  const filtersId = useId()
  // Above the list, which may be scrolled.
  useEffect(() => {
    if (isFiltering) document.getElementById(filtersId)?.scrollIntoView({ block: 'nearest' })
  }, [isFiltering, filtersId])
  const resolved = all.filter((thread) => thread.resolved).length
  const sought = openNumber === undefined ? -1 : listed.findIndex(({ number }) => number === openNumber)
  const { drawn, before, after, showBefore, showAfter } = useStretch(listed, sought)
  // A card is drawn anew when its thread changed, not when another did.
  const latest = useRef({ onOpen, onWords, asInput })
  latest.current = { onOpen, onWords, asInput }
  const open = useCallback((number: number | undefined) => latest.current.onOpen(number), [])
  const goToWords = useCallback((thread: Thread) => latest.current.onWords(thread), [])
  const drawAsInput = useCallback<AsInput>((thread, about) => latest.current.asInput(thread, about), [])
  const counts = { open: all.length - resolved, resolved, all: all.length }
  return (
    <SidePanel
      title={t('title')}
      onClose={onClose}
      quiet={quiet}
      top={
        <div className={classes.top}>
          <fieldset className={classes.states}>
            <legend className="cb-hidden">{t('filter.state')}</legend>
            {(['open', 'resolved', 'all'] as const).map((state) => (
              <button
                key={state}
                type="button"
                className={classes.reaction}
                aria-pressed={filters.state === state}
                onClick={() => onFilters({ ...filters, state })}
              >
                {t(`state.${state}`)} <span className={classes.count}>{counts[state]}</span>
              </button>
            ))}
          </fieldset>
          <div className={classes.line}>
            <button
              type="button"
              className={classes.filter}
              aria-expanded={isFiltering}
              aria-controls={filtersId}
              onClick={() => setFiltering(!isFiltering)}
            >
              {t('filter.title')}
              <IconFilter size={20} aria-hidden />
            </button>
            <ActionIcon aria-label={t('previous')} aria-keyshortcuts="Shift+Alt+F9" onClick={() => onNext(-1)}>
              <IconChevronUp aria-hidden />
            </ActionIcon>
            <ActionIcon aria-label={t('next')} aria-keyshortcuts="Alt+F9" onClick={() => onNext(1)}>
              <IconChevronDown aria-hidden />
            </ActionIcon>
          </div>
        </div>
      }
      footer={
        onNew && (
          <Button
            fullWidth
            data-new-thread
            leftSection={<IconMessagePlus size={22} aria-hidden />}
            // The text keeps its selection.
            onMouseDown={(event) => event.preventDefault()}
            onClick={onNew}
          >
            {t('new.open')}
          </Button>
        )
      }
    >
      <div className={classes.panel}>
        {/* They move away with the list: of a phone they would leave it a line. */}
        <div id={filtersId} hidden={!isFiltering}>
          {isFiltering && <MoreFilters template={template} filters={filters} onFilters={onFilters} />}
        </div>
        {children}
        <p role="status" className={listed.length > 0 || !onNew ? 'cb-hidden' : classes.none}>
          {listed.length > 0 ? t('listed', { count: listed.length }) : all.length > 0 ? t('noneHere') : t('none')}
        </p>
        {listed.length === 0 && all.length > 0 && (
          <Button variant="default" onClick={() => onFilters({ ...noFilters, state: 'all' })}>
            {t('filter.clear')}
          </Button>
        )}
        {before > 0 && (
          <Button variant="default" onClick={showBefore}>
            {t('before', { count: before })}
          </Button>
        )}
        <ol className={classes.list} aria-label={t('list')}>
          {drawn.map((thread) => (
            <ThreadCard
              key={thread.id}
              {...{ documentId, meId, planId, template, thread }}
              asInput={drawAsInput}
              isOpen={thread.number === openNumber}
              onOpen={open}
              onWords={goToWords}
            />
          ))}
        </ol>
        {after > 0 && (
          <Button variant="default" onClick={showAfter}>
            {t('after', { count: after })}
          </Button>
        )}
      </div>
    </SidePanel>
  )
}

function MoreFilters({
  template,
  filters,
  onFilters,
}: {
  template: Template
  filters: Filters
  onFilters: (filters: Filters) => void
}) {
  const { t } = useTranslation('threads')
  const language = useLanguage()
  const whose = ['all', 'mine', 'mentions'] as const
  return (
    <div className={classes.composer}>
      <NativeSelect
        label={t('filter.kind')}
        value={filters.kind}
        onChange={({ currentTarget }) =>
          onFilters({ ...filters, kind: kinds.find((one) => one === currentTarget.value) ?? 'all' })
        }
        data={[
          { value: 'all', label: t('filter.all') },
          ...kinds.map((one) => ({ value: one, label: t(`kind.${one}`) })),
        ]}
      />
      <NativeSelect
        label={t('filter.whose')}
        value={filters.whose}
        onChange={({ currentTarget }) =>
          onFilters({ ...filters, whose: whose.find((one) => one === currentTarget.value) ?? 'all' })
        }
        data={whose.map((one) => ({ value: one, label: t(`whose.${one}`) }))}
      />
      <NativeSelect
        label={t('filter.field')}
        value={filters.field}
        onChange={({ currentTarget }) => onFilters({ ...filters, field: currentTarget.value })}
        data={[
          { value: 'all', label: t('filter.all') },
          { value: 'whole', label: t('whole') },
          ...subjectsOf(template).map(({ name, label }) => ({ value: name, label: label[language] })),
        ]}
      />
    </div>
  )
}
