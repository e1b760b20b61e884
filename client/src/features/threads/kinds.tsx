import type { ThreadKind } from '@cabildo/protocol/http/threads'
import { IconHeart, IconHelpCircle, IconMessage, IconOctagon } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import classes from './threads.module.css'

/** The kinds of thread, in the order in which they are offered. */
export const kinds: readonly ThreadKind[] = ['comment', 'question', 'objection', 'praise']

const icons = { comment: IconMessage, question: IconHelpCircle, objection: IconOctagon, praise: IconHeart } as const

/** A kind as a picture, a word, and the line that stands under the words of such threads. */
export function KindMark({ kind }: { kind: ThreadKind }) {
  const { t } = useTranslation('threads')
  const Icon = icons[kind]
  return (
    <span className={classes.kind} data-kind={kind}>
      <Icon size={18} aria-hidden />
      <span>{t(`kind.${kind}`)}</span>
    </span>
  )
}
