import { IconChevronDown, IconChevronRight } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { ButtonRoot } from '../../ui/button-root.tsx'
import classes from './login.module.css'
import { type DemoAccount, demoAccounts } from './model.ts'

/** The demo's people, one tap each: first the two sides that write together, then everybody else on request. */
export function DemoAccounts({ enter, pending }: { enter: (account: DemoAccount) => void; pending: boolean }) {
  const { t } = useTranslation('session')
  const list = (accounts: readonly DemoAccount[]) => (
    <ul className={classes.accounts}>
      {accounts.map((account) => (
        <li key={account.key}>
          <ButtonRoot className={classes.account} data-loading={pending} onClick={() => enter(account)}>
            <span>
              <span className={classes.accountName}>{t(`demo.${account.key}.name`)}</span>
              <span className={classes.accountGroup}>{t(`demo.${account.key}.group`)}</span>
            </span>
            <IconChevronRight aria-hidden />
          </ButtonRoot>
        </li>
      ))}
    </ul>
  )
  return (
    <section className={classes.demo} aria-labelledby="demo-heading">
      <h2 id="demo-heading">{t('demo.heading')}</h2>
      <p>{t('demo.text')}</p>
      {list(demoAccounts.slice(0, 2))}
      <details className={classes.more}>
        <summary>
          <IconChevronDown aria-hidden size={20} />
          {t('demo.more')}
        </summary>
        {list(demoAccounts.slice(2))}
      </details>
    </section>
  )
}
