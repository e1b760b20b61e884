import type { Attendance } from '@cabildo/protocol/http/workshops'
import type { WorkshopId } from '@cabildo/protocol/ids'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { useRefusalWords } from '../../lib/refusal-words.ts'
import { Notice } from '../../ui/notice.tsx'
import { attendanceQuery } from './api.ts'
import classes from './attendance.module.css'

/** Who came, as totals. Each is a table whose rows are drawn as bars too. */
export function AttendanceTables({ slug, workshopId }: { slug: string; workshopId: WorkshopId }) {
  const { t } = useTranslation('workshops')
  const words = useRefusalWords()
  const { data, error } = useQuery(attendanceQuery(slug, workshopId))
  if (!data) return error ? <Notice tone="care" {...words(error)} /> : null
  // Keys are those of the contract; what is not in the catalogue shows itself.
  const genderWords = (key: string) => t(`gender.${key}` as 'gender.other', { defaultValue: key })
  const ageWords = (key: string) => t(`age.${key}` as 'age.18_29', { defaultValue: key })
  return (
    <section className={classes.attendance} aria-labelledby="attendance">
      <h2 id="attendance">{t('attendance.title')}</h2>
      {data.people === 0 ? (
        <p className={classes.soft}>{t('attendance.nobody')}</p>
      ) : (
        <div className={classes.tables}>
          <Counts caption={t('attendance.group')} rows={data.byGroup} total={data.people} />
          <Counts caption={t('attendance.table')} rows={data.byTable} total={data.people} />
          <Counts caption={t('attendance.gender')} rows={data.byGender} total={data.people} wordsOf={genderWords} />
          <Counts caption={t('attendance.age')} rows={data.byAge} total={data.people} wordsOf={ageWords} />
        </div>
      )}
      {data.people > 0 && <p className={classes.soft}>{t('attendance.said')}</p>}
    </section>
  )
}

interface CountsProps {
  caption: string
  rows: Attendance['byGroup']
  total: number
  wordsOf?: (key: string) => string
}

function Counts({ caption, rows, total, wordsOf }: CountsProps) {
  const { t } = useTranslation('workshops')
  if (rows.length === 0) return null
  return (
    <table className={classes.counts}>
      <caption>{caption}</caption>
      <thead className="cb-hidden">
        <tr>
          <th scope="col">{caption}</th>
          <th scope="col">{t('attendance.people')}</th>
        </tr>
      </thead>
      <tbody>
        {rows.map(({ key, label, people }) => (
          <tr key={key}>
            <th scope="row">
              {label ?? wordsOf?.(key) ?? t('attendance.unsaid')}
              <span className={classes.track} aria-hidden>
                <span className={classes.bar} style={{ width: `${(100 * people) / total}%` }} />
              </span>
            </th>
            <td>{people}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
