import type { TimelineMark } from '@cabildo/protocol/http/authorship'
import { useTranslation } from 'react-i18next'
import { dayWords } from '../../lib/dates.ts'
import { useLanguage } from '../../lib/language.ts'
import { dayText } from '../../reading/facts-model.ts'

/** What a mark on a timeline says: its kind, its name, its day. */
export function useMarkWords(): (mark: TimelineMark) => string {
  const { t } = useTranslation('versions')
  const language = useLanguage()
  return (mark) => {
    switch (mark.kind) {
      case 'version':
        return `${t('number', { number: mark.number })}: ${mark.name}`
      case 'workshop':
      case 'meeting':
        return t(`marks.${mark.kind}`, { title: mark.title, day: dayText(mark.heldOn, language) })
      case 'decision':
        return t(`marks.decision.${mark.state}`, { day: dayWords(mark.at, language) })
      case 'consultation': {
        const kind = mark.state === 'gathering' ? 'gathering' : mark.of
        const days = { from: dayWords(mark.opensAt, language), to: dayWords(mark.closesAt, language) }
        return t(`marks.consultation.${kind}`, days)
      }
    }
  }
}
