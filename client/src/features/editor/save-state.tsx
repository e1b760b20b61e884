import {
  IconCheck,
  IconCloudOff,
  IconDeviceFloppy,
  IconLoader2,
  IconLock,
  IconPencil,
  IconRefresh,
} from '@tabler/icons-react'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { SaveStatus } from '../../sync/connection.ts'
import type { Store } from '../../sync/store.ts'
import { useStore } from '../../sync/use-store.ts'
import classes from './save-state.module.css'

/** `saved` is said after it has been true this long: a word that changes at every key would only worry. Milliseconds. */
const calm = 500

interface SaveStateProps {
  status: Store<SaveStatus>
  canEdit: boolean
  /** What is written goes into a copy: nothing of it is in the text, and nothing of it is saved there. */
  isProposing?: boolean
}

/**
 * Where the text is, in one of four words, and how much of it waits. `saved` is never shown a moment too early. Screen
 * readers are told of trouble and of its end, not of every pause in typing.
 */
export function SaveState({ status, canEdit, isProposing = false }: SaveStateProps) {
  const { t } = useTranslation('editor')
  const now = useStore(status)
  const rested = useRested(now.state === 'saved', calm)
  const state = now.state === 'saved' && !rested ? 'saving' : now.state
  const word = state === 'offline' && !now.kept ? 'unkept' : state
  const isTrouble = word !== 'saved' && word !== 'saving'
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
        {hadTrouble && word !== 'saving' && words}
      </span>
      {(!hadTrouble || word === 'saving') && <span>{words}</span>}
    </p>
  )
}

/** Says whether something has been true for a while. */
function useRested(value: boolean, delay: number): boolean {
  const [rested, setRested] = useState(false)
  useEffect(() => {
    if (!value) {
      setRested(false)
      return
    }
    const timer = setTimeout(() => setRested(true), delay)
    return () => clearTimeout(timer)
  }, [value, delay])
  return value && rested
}

const icons = {
  saved: IconCheck,
  saving: IconLoader2,
  offline: IconCloudOff,
  reconnecting: IconRefresh,
  final: IconDeviceFloppy,
} as const
