import type { MeetingAttendance } from '@cabildo/protocol/http/meetings'
import { useTranslation } from 'react-i18next'
import { ByGroup } from './by-group.tsx'
import classes from './meetings.module.css'
import { ages, genders } from './model.ts'

/** Who came to a meeting: by group, and by what is known of gender and age. */
export function AttendanceTables({ attendance }: { attendance: MeetingAttendance }) {
  const { t } = useTranslation('meetings')
  const { byGroup, byGender, byAge } = attendance
  if (byGroup.length === 0) return <p className={classes.soft}>{t('attendance.none')}</p>
  const bands = [
    ...genders.map((key) => ({ key, people: byGender[key], words: t(`gender.${key}`) })),
    ...ages.map((key) => ({ key, people: byAge[key], words: t(`age.${key}`) })),
  ].filter(({ people }) => people > 0)
  return (
    <>
      <div className={classes.tables}>
        <ByGroup hideCaption totals={attendance}>
          {byGroup.map(({ group, ...counts }) => (
            <tr key={group?.id ?? ''}>
              <th scope="row">{group?.name ?? t('attendance.noGroup')}</th>
              <td className={classes.number}>{counts.registered}</td>
              <td className={classes.number}>{counts.attended}</td>
            </tr>
          ))}
        </ByGroup>
        {bands.length > 0 && (
          <table className={classes.figures}>
            <caption className="cb-hidden">{t('attendance.bands')}</caption>
            <thead>
              <tr>
                <th scope="col">{t('attendance.bands')}</th>
                <th scope="col" className={classes.number}>
                  {t('attendance.attended')}
                </th>
              </tr>
            </thead>
            <tbody>
              {bands.map(({ key, people, words }) => (
                <tr key={key}>
                  <th scope="row">{words}</th>
                  <td className={classes.number}>{people}</td>
                </tr>
              ))}
            </tbody>
          </table>
        )}
      </div>
      <p className={classes.soft}>{t('attendance.countsOnly')}</p>
    </>
  )
}
