import { useTranslation } from 'react-i18next'
import { useLanguage } from '../../lib/language.ts'
import { GroupCode } from './group-code.tsx'
import { type GroupMark, percent } from './model.ts'
import classes from './shares.module.css'

/** One row of a table of shares: a group, a sector, or those of no group. */
export interface ShareRow {
  key: string
  mark: GroupMark | undefined
  name: string
  /** A second line: the sector, how many people. */
  about?: string | undefined
  proposed: number
  written: number
  share: number
}

/** Shares of a text as a bar, with its numbers in a table below. Rows stand in the order given, never by size. */
export function Shares({ title, rows }: { title: string; rows: readonly ShareRow[] }) {
  const { t } = useTranslation('authorship')
  const language = useLanguage()
  const number = new Intl.NumberFormat(language)
  const standing = rows.filter(({ share }) => share > 0)
  return (
    <div className={classes.shares}>
      <div className={classes.bar} aria-hidden>
        {standing.map(({ key, mark, share }) => (
          <span
            key={key}
            className={classes.part}
            data-sector={mark?.sector ?? 'none'}
            data-line={mark?.line ?? 'thin'}
            style={{ flexGrow: share }}
          >
            {share > 0.08 && <span>{mark?.code ?? '–'}</span>}
          </span>
        ))}
      </div>
      <table className={classes.table}>
        <caption className="cb-hidden">{title}</caption>
        <thead>
          <tr>
            <th scope="col">{t('column.who')}</th>
            <th scope="col">{t('column.proposed')}</th>
            <th scope="col">{t('column.written')}</th>
            <th scope="col">{t('column.share')}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ key, mark, name, about, proposed, written, share }) => (
            <tr key={key}>
              <th scope="row">
                <span className={classes.who}>
                  <GroupCode mark={mark} />
                  <span className={classes.name}>
                    {name}
                    {about && <span className={classes.about}>{about}</span>}
                  </span>
                </span>
              </th>
              <td>{number.format(proposed)}</td>
              <td>{number.format(written)}</td>
              <td>{percent(share, language)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
