import type { Role } from '@cabildo/protocol/http/common'
import { Button } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import classes from './approvals.module.css'

/** An act as it is shown. */
export interface ShownAct<Name extends string> {
  name: Name
  label: string
  roles: readonly Role[]
  back: boolean
  /** It leaves everything where it is, and gives more time. */
  stays?: boolean
  mine: boolean
  /** What it waits for, in words. */
  missing: readonly string[]
}

interface ActListProps<Name extends string> {
  acts: readonly ShownAct<Name>[]
  onDo: (name: Name) => void
}

/** What may come next, onward before what stays or leads back: a button for whom it is for, and for everybody else whose it is. */
export function ActList<Name extends string>({ acts, onDo }: ActListProps<Name>) {
  const { t } = useTranslation('approvals')
  const { t: common } = useTranslation('common')
  return (
    <ul className={classes.acts}>
      {[...acts]
        .sort((one, other) => rank(one) - rank(other))
        .map(({ name, label, roles, back, stays, mine, missing }) => (
          <li key={name}>
            {mine ? (
              <Button variant={back || stays ? 'default' : 'filled'} onClick={() => onDo(name)}>
                {label}
              </Button>
            ) : (
              <span>
                {label}{' '}
                <span className={classes.soft}>
                  {t('bar.for', { roles: roles.map((role) => common(`role.${role}`)).join(', ') })}
                </span>
              </span>
            )}
            {missing.length > 0 && (
              <>
                <p className={classes.soft}>{t('bar.missing')}</p>
                <ul className={classes.missing}>
                  {missing.map((words) => (
                    <li key={words}>{words}</li>
                  ))}
                </ul>
              </>
            )}
          </li>
        ))}
    </ul>
  )
}

const rank = ({ back, stays = false }: { back: boolean; stays?: boolean }): number => (back ? 2 : stays ? 1 : 0)
