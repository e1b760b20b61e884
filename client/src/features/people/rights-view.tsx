import { roles } from '@cabildo/protocol/roles'
import { useMediaQuery } from '@mantine/hooks'
import { IconCheck } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { Right } from './model.ts'
import classes from './rights-view.module.css'
import { useActionWords } from './use-action-words.ts'

/** Who may do what: a table on desks, a list for each role on phones, both made from the program's own table. */
export function RightsView({ rights }: { rights: readonly Right[] }) {
  const { t } = useTranslation('people')
  const { t: common } = useTranslation()
  const words = useActionWords()
  const isWide = useMediaQuery('(min-width: 75em)', undefined, { getInitialValueInEffect: false })
  return (
    <div className={classes.page}>
      <header className={classes.head}>
        <h1>{t('rights.title')}</h1>
        <p>{t('rights.lead')}</p>
      </header>
      {isWide ? (
        <>
          <dl className={classes.roles}>
            {roles.map((role) => (
              <div key={role}>
                <dt>{common(`role.${role}`)}</dt>
                <dd>{t(`rights.role.${role}`)}</dd>
              </div>
            ))}
          </dl>
          <table className={classes.table}>
            <caption className="cb-hidden">{t('rights.title')}</caption>
            <thead>
              <tr>
                <th scope="col">{t('rights.what')}</th>
                {roles.map((role) => (
                  <th scope="col" key={role}>
                    {common(`role.${role}`)}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {rights.map(({ action, roles: allowed }) => (
                <tr key={action}>
                  <th scope="row">{words(action)}</th>
                  {roles.map((role) => (
                    <td key={role}>
                      {allowed.includes(role) ? (
                        <>
                          <IconCheck aria-hidden size={22} stroke={2.5} />
                          <span className="cb-hidden">{t('yes')}</span>
                        </>
                      ) : (
                        <span className="cb-hidden">{t('no')}</span>
                      )}
                    </td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </>
      ) : (
        roles.map((role) => (
          <section key={role} className={classes.role} aria-labelledby={`role-${role}`}>
            <h2 id={`role-${role}`}>{common(`role.${role}`)}</h2>
            <p>{t(`rights.role.${role}`)}</p>
            <ul>
              {rights
                .filter(({ roles: allowed }) => allowed.includes(role))
                .map(({ action }) => (
                  <li key={action}>
                    <IconCheck aria-hidden size={20} stroke={2.5} />
                    {words(action)}
                  </li>
                ))}
            </ul>
          </section>
        ))
      )}
    </div>
  )
}
