import type { TimelineMark } from '@cabildo/protocol/http/authorship'
import { useTranslation } from 'react-i18next'
import { MarkShape } from './mark-shape.tsx'
import { useMarkWords } from './mark-words.ts'
import classes from './marks-list.module.css'
import { markKey } from './timeline-model.ts'

interface MarksListProps {
  marks: readonly TimelineMark[]
  seq: number
  onGo: (seq: number) => void
}

/** What has a name on the timeline, as ways to go there: named versions, workshops, meetings, consultations, decisions. */
export function MarksList({ marks, seq, onGo }: MarksListProps) {
  const { t } = useTranslation('versions')
  const wordsOf = useMarkWords()
  if (marks.length === 0) return null
  return (
    <nav aria-label={t('marks.title')}>
      <ul className={classes.marks}>
        {marks.map((mark) => (
          <li key={markKey(mark)}>
            <button
              type="button"
              className={classes.mark}
              data-kind={mark.kind}
              aria-current={mark.toSeq === seq ? 'true' : undefined}
              onClick={() => onGo(mark.toSeq)}
            >
              <MarkShape kind={mark.kind} />
              {wordsOf(mark)}
            </button>
          </li>
        ))}
      </ul>
    </nav>
  )
}
