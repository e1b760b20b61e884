import { useTranslation } from 'react-i18next'
import { useLanguage } from '../../lib/language.ts'
import { dayText } from '../../reading/facts-model.ts'
import classes from './marks-list.module.css'
import type { NamedMark } from './timeline-model.ts'
import { useVersionWords } from './version-words.ts'

interface MarksListProps {
  marks: readonly NamedMark[]
  seq: number
  onGo: (seq: number) => void
}

/** What has a name on the timeline, as ways to go there: versions and workshops. */
export function MarksList({ marks, seq, onGo }: MarksListProps) {
  const { t } = useTranslation('versions')
  const language = useLanguage()
  const nameOf = useVersionWords()
  if (marks.length === 0) return null
  return (
    <nav aria-label={t('marks.title')}>
      <ul className={classes.marks}>
        {marks.map((mark) => (
          <li key={mark.kind === 'version' ? mark.version.id : mark.workshop.id}>
            <button
              type="button"
              className={classes.mark}
              data-kind={mark.kind}
              aria-current={mark.seq === seq ? 'true' : undefined}
              onClick={() => onGo(mark.seq)}
            >
              {mark.kind === 'version'
                ? nameOf(mark.version).full
                : t('marks.workshop', { title: mark.workshop.title, day: dayText(mark.workshop.heldOn, language) })}
            </button>
          </li>
        ))}
      </ul>
    </nav>
  )
}
