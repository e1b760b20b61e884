import type { Proposal } from '@cabildo/protocol/http/proposals'
import { ActionIcon, Button, NativeSelect } from '@mantine/core'
import { IconEye, IconEyeOff, IconFileDiff, IconX } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { lazy, useEffect, useMemo, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { isFocusLost } from '../../lib/is-focus-lost.ts'
import type { DocumentSession } from '../../sync/session.ts'
import { useStore } from '../../sync/use-store.ts'
import { Part, PartFailure, partsOf } from '../../ui/part.tsx'
import { proposalsQuery } from './api.ts'
import { forgetEarlier } from './forget-earlier.ts'
import type { Editors } from './in-text.tsx'
import { keptRevision } from './kept-revision.ts'
import { placeOf } from './next-place.ts'
import type { AsInput } from './proposal-card.tsx'
import classes from './proposals.module.css'
import { fetchProposeForm } from './propose-form-part.ts'
import type { ProposalsSearch } from './search.ts'
import { everybody, isAside } from './shown.ts'

const ProposalsSheet = lazy(() => import('./proposals-sheet.tsx'))
const InText = partsOf(async () => ({ InText: (await import('./in-text.tsx')).default }))('InText')

/** How somebody is in a text: writing in it, writing on a copy, or reading. */
export type Mode = 'edit' | 'propose' | 'read'

interface ModeBarProps {
  session: DocumentSession
  editors: Editors
  /** Of the text that is open. */
  epoch: number
  mode: Mode
  mayPropose: boolean
  /** One's own proposal has just gone to the others. */
  sent: boolean
  /** With one's own proposal when it is to be written anew. */
  onMode: (mode: Mode, revised?: Proposal) => void
  /** The list, or the proposal that is looked for in it. */
  list: ProposalsSearch['proposals']
  onList: (list: ProposalsSearch['proposals']) => void
  asInput: AsInput | undefined
}

/** Above the text at its right: the way one is in it, and what others propose, in a list and in the text. */
export default function ModeBar(props: ModeBarProps) {
  const { session, editors, epoch, mode, mayPropose, sent, onMode, list, onList, asInput } = props
  const { documentId, me } = session
  // What came to its end, as a workshop does, is read.
  const canEdit = useStore(session.ending) === null && session.canEdit
  const modes = (['edit', 'propose', 'read'] as const).filter(
    (one) => one === 'read' || (one === 'edit' ? canEdit : mayPropose),
  )
  const { t } = useTranslation('proposals')
  const { data } = useQuery(proposalsQuery(documentId))
  const [people, setPeople] = useState(everybody)
  const [switches, setSwitches] = useState(false)
  /** The place in the text that is told of, and how often one was led to one from the list. */
  const [current, setCurrent] = useState<string>()
  const [led, setLed] = useState(0)
  const told = useRef<HTMLParagraphElement>(null)
  const choice = useRef<HTMLSelectElement>(null)
  // Whoever looks at the list sees there what became of it.
  const [read, setRead] = useState(false)
  // The form that was written in is gone, and the focus with it.
  useEffect(() => {
    if (sent) told.current?.focus()
    setRead(false)
    setWaited(false)
  }, [sent])
  useEffect(() => forgetEarlier(documentId, me.id, epoch), [documentId, me.id, epoch])
  const open = useMemo(() => data?.filter(({ state }) => state === 'open') ?? [], [data])
  // Once it was seen to wait and waits no more, there is nothing to wait for.
  const waits = open.some(({ author }) => author.id === me.id)
  const [waited, setWaited] = useState(false)
  if (sent && waits && !waited) setWaited(true)
  const isTold = sent && !read && (waits || !waited)
  const wasTold = useRef(isTold)
  // It may go by itself, and the focus with it.
  useEffect(() => {
    if (wasTold.current && !isTold && isFocusLost()) choice.current?.focus({ preventScroll: true })
    wasTold.current = isTold
  }, [isTold])
  const kept = mode === 'propose' ? undefined : keptRevision(open, { documentId, userId: me.id, epoch })
  // On a copy one sees what one writes oneself.
  const inText = mode !== 'propose' && open.length > 0
  // Where it is not drawn nobody is told of a place, nor led back to it later.
  if (!inText && current !== undefined) setCurrent(undefined)
  const Eye = people.none ? IconEyeOff : IconEye
  const close = () => {
    setRead(true)
    onList(undefined)
  }
  return (
    <div className={classes.modes}>
      {isTold && (
        <div className={classes.sent}>
          <p ref={told} tabIndex={-1} role="status">
            {t('sent')}
          </p>
          <ActionIcon
            aria-label={t('close', { ns: 'common' })}
            onClick={() => {
              setRead(true)
              choice.current?.focus({ preventScroll: true })
            }}
          >
            <IconX aria-hidden />
          </ActionIcon>
        </div>
      )}
      {(data?.length ?? 0) > 0 && (
        <Button
          variant="subtle"
          className={classes.tool}
          aria-label={t('open', { count: open.length })}
          onClick={() => onList('open')}
        >
          <IconFileDiff size={22} aria-hidden />
          <span className={classes.whole}>{t('open', { count: open.length })}</span>
          <span className={classes.brief}>{t('openBrief', { count: open.length })}</span>
        </Button>
      )}
      {inText && (
        <Button
          variant="subtle"
          className={classes.tool}
          aria-label={t('inText.button')}
          aria-expanded={switches}
          onClick={() => setSwitches(!switches)}
        >
          <Eye size={22} aria-hidden />
          <span className={classes.whole}>{t('inText.button')}</span>
        </Button>
      )}
      {kept && mayPropose && (
        <Button variant="default" onClick={() => onMode('propose', kept)}>
          {t('bar.kept', { number: kept.number })}
        </Button>
      )}
      <NativeSelect
        ref={choice}
        className={classes.choice}
        aria-label={t('mode.label')}
        value={mode === 'edit' && !canEdit ? 'read' : mode}
        data={modes.map((value) => ({ value, label: t(`mode.${value}`) }))}
        onPointerEnter={mayPropose ? fetchProposeForm : undefined}
        onFocus={mayPropose ? fetchProposeForm : undefined}
        onChange={(event) => {
          const next = modes.find((one) => one === event.currentTarget.value)
          if (next) onMode(next)
        }}
      />
      {inText && (
        <Part>
          <InText
            {...{ session, editors, switches, current, led }}
            onCurrent={setCurrent}
            proposals={open}
            shown={people}
            onShown={setPeople}
            onOpen={(id) => onList(open.find((one) => one.id === id)?.number ?? 'open')}
          />
        </Part>
      )}
      {list !== undefined && data && (
        <Part failed={(error) => <PartFailure error={error} onClose={close} />}>
          <ProposalsSheet
            session={session}
            at={list === 'open' ? undefined : list}
            asInput={asInput}
            people={people}
            onPeople={setPeople}
            onClose={close}
            onShow={({ id, author }, { number, field, state, fits, kind }) => {
              const isDrawn = inText && state === 'open' && fits && kind !== 'fact' && !isAside(people, author.id)
              if (!isDrawn) return false
              editors.need(field)
              setCurrent(placeOf(id, number))
              setLed((before) => before + 1)
              return true
            }}
            onRevise={(proposal) => {
              close()
              onMode('propose', proposal)
            }}
          />
        </Part>
      )}
    </div>
  )
}
