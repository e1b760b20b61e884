import {
  IconCheck,
  IconCloudOff,
  IconDeviceFloppy,
  IconLoader2,
  IconLock,
  IconPencil,
  IconRefresh,
} from '@tabler/icons-react'
import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { SaveStatus } from '../../sync/connection.ts'
import { createStore, type Store } from '../../sync/store.ts'
import { useStore } from '../../sync/use-store.ts'
import classes from './save-state.module.css'

/** `saved` is said after it has been true this long: a word that changes at every key would only worry. Milliseconds. */
const calm = 500

/** What the device has not kept for this long is told: each letter is kept there a moment after it is typed. Milliseconds. */
const patience = 2000

interface SaveStateProps {
  status: Store<SaveStatus>
  canEdit: boolean
  /** What is written goes into a copy: nothing of it is in the text, and nothing of it is saved there. */
  isProposing?: boolean
}

/**
 * Where the text is, in one of four words once it is here, and how much of it waits. `saved` is never shown a moment too
 * early. Screen readers are told of trouble and of its end, not of every pause in typing.
 */
export function SaveState({ status, canEdit, isProposing = false }: SaveStateProps) {
  const { t } = useTranslation('editor')
  const said = useMemo(() => asSaid(status, isProposing), [status, isProposing])
  const now = useStore(said)
  const { state } = now
  const word = state === 'offline' && !now.kept ? 'unkept' : state
  const isTrouble = !calmStates.has(word)
  const [hadTrouble, setHadTrouble] = useState(false)
  if (isTrouble && !hadTrouble) setHadTrouble(true)

  // What was written in the text right before is told until it is saved.
  if ((!canEdit || (isProposing && now.pending === 0)) && !isTrouble) {
    const still = isProposing ? 'proposing' : 'reading'
    const Sign = isProposing ? IconPencil : IconLock
    return (
      <p className={classes.state} data-state={still}>
        <Sign size={20} aria-hidden />
        {t(`save.${still}`)}
      </p>
    )
  }
  const isOnItsWay = word === 'saving' || word === 'opening'
  const Icon = icons[state]
  const words = (
    <>
      {t(`save.${word}`)}
      {now.pending > 0 && isTrouble && (
        <span className={classes.pending}> {t('save.pending', { count: now.pending })}</span>
      )}
    </>
  )
  return (
    <p className={classes.state} data-state={word}>
      <Icon size={20} aria-hidden />
      <span role="status">
        {/* Without trouble there is nothing to say aloud; the words are then plain text that can be found. */}
        {hadTrouble && !isOnItsWay && words}
      </span>
      {(!hadTrouble || isOnItsWay) && <span>{words}</span>}
    </p>
  )
}

/** What is said without worry. */
const calmStates: ReadonlySet<string> = new Set(['opening', 'saved', 'saving'])

/** What of a status is said. */
type Shown = Pick<SaveStatus, 'state' | 'kept' | 'pending'>

/**
 * A status as it is said: `saved` once it has been so for a while, and a count only where one is told. Keys come ten times a
 * second and each changes the status three times; what is said of it stays the same, and nothing is drawn anew.
 */
function asSaid(status: Store<SaveStatus>, isProposing: boolean): Store<Shown> {
  const said = createStore(
    saidOf(status.get(), isProposing),
    (one, other) => one.state === other.state && one.kept === other.kept && one.pending === other.pending,
  )
  return {
    get: said.get,
    subscribe(listener) {
      let timer: ReturnType<typeof setTimeout> | undefined
      let turn: ReturnType<typeof setTimeout> | undefined
      const look = () => {
        clearTimeout(timer)
        const now = saidOf(status.get(), isProposing)
        const before = said.get()
        // That it is not kept is told late, and taken back no sooner than it has been kept for a while.
        if (now.kept === before.kept) {
          clearTimeout(turn)
          turn = undefined
        } else
          turn ??= setTimeout(
            () => {
              turn = undefined
              said.set({ ...said.get(), kept: saidOf(status.get(), isProposing).kept })
            },
            now.kept ? calm : patience,
          )
        const rests = now.state !== 'saved' || before.state !== 'saving'
        said.set({ ...now, kept: before.kept, ...(!rests && { state: 'saving' }) })
        if (!rests) timer = setTimeout(() => said.set({ ...now, kept: said.get().kept }), calm)
      }
      const endings = [
        said.subscribe(listener),
        status.subscribe(look),
        () => clearTimeout(timer),
        () => clearTimeout(turn),
      ]
      look()
      return () => {
        for (const end of endings) end()
      }
    },
  }
}

function saidOf({ state, kept, pending }: SaveStatus, isProposing: boolean): Shown {
  const isCounted = isProposing || !calmStates.has(state)
  return { state, kept: kept || state !== 'offline', pending: isCounted ? pending : 0 }
}

const icons = {
  opening: IconLoader2,
  saved: IconCheck,
  saving: IconLoader2,
  offline: IconCloudOff,
  reconnecting: IconRefresh,
  final: IconDeviceFloppy,
} as const
