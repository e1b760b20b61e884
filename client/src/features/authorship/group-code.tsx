import classes from './group-code.module.css'
import type { GroupMark } from './model.ts'

/** The code of a group on its hue and pattern; a stroke for those of no group. Beside words that name the group. */
export function GroupCode({ mark }: { mark: GroupMark | undefined }) {
  return (
    <span
      className={classes.code}
      data-sector={mark?.sector ?? 'none'}
      data-line={mark?.line ?? 'thin'}
      data-turn={mark?.turn ?? 0}
      aria-hidden
    >
      {mark?.code ?? '–'}
    </span>
  )
}
