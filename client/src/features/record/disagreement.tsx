import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { momentWords } from '../../lib/dates.ts'
import { useLanguage } from '../../lib/language.ts'
import { Notice } from '../../ui/notice.tsx'
import { recordHeadQuery } from './api.ts'
import classes from './disagreement.module.css'

/**
 * An alarm while the daily comparison finds something else in the database than in the plan's record: since when, what,
 * and the way to the entry that holds it. Nothing while they agree, or while nobody knows.
 */
export function Disagreement({ slug }: { slug: string }) {
  const { t } = useTranslation('record')
  const language = useLanguage()
  const { data: head } = useQuery(recordHeadQuery(slug))
  // A head that was remembered from an older program says nothing of it.
  if (!head?.disagreement) return null
  const { since, kind, entry } = head.disagreement
  return (
    <Notice
      tone="problem"
      urgent
      what={t('disagreement.what', { time: momentWords(since, language) })}
      kept={entry === null ? t(`disagreement.lost.${kind}`) : t(`disagreement.differs.${kind}`, { seq: entry })}
      todo={t('disagreement.todo')}
    >
      {entry !== null && (
        <Link to="/plans/$slug/record" params={{ slug }} search={{ entry }} className={classes.link}>
          {t('disagreement.open', { seq: entry })}
        </Link>
      )}
    </Notice>
  )
}
