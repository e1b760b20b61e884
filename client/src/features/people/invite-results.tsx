import type { Plan } from '@cabildo/protocol/http/api'
import { Button } from '@mantine/core'
import { IconPrinter } from '@tabler/icons-react'
import { useCallback, useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Printed } from '../../ui/late/printed.tsx'
import { Notice } from '../../ui/notice.tsx'
import classes from './invite-results.module.css'
import type { Invited } from './invited.ts'
import { OneTimeLinkView } from './one-time-link.tsx'
import partClasses from './people-view.module.css'
import { Slips } from './slips.tsx'

interface InviteResultsProps {
  plan: Plan
  invited: readonly Invited[]
  onDone: () => void
}

/** The links of those who were just invited: shown this once, to be sent, shown or printed. */
export function InviteResults({ plan, invited, onDone }: InviteResultsProps) {
  const { t } = useTranslation('people')
  const { t: common } = useTranslation()
  const [printing, setPrinting] = useState(false)
  const stopPrinting = useCallback(() => setPrinting(false), [])
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => heading.current?.focus(), [])
  const message = ({ invitation, link }: Invited) =>
    t('invite.message', {
      name: invitation.name,
      plan: plan.title,
      role: common(`role.${invitation.role}`),
      url: link.url,
    })
  return (
    <section className={partClasses.section} aria-labelledby="invited">
      <h2 id="invited" ref={heading} tabIndex={-1}>
        {t('invite.done', { count: invited.length })}
      </h2>
      <Notice tone="care" what={t('invite.once')} todo={t('invite.onceTodo')} />
      <div className={partClasses.buttons}>
        <Button variant="default" leftSection={<IconPrinter size={20} aria-hidden />} onClick={() => setPrinting(true)}>
          {t('invite.print')}
        </Button>
        <Button onClick={onDone}>{t('link.done')}</Button>
      </div>
      <ul className={classes.invited}>
        {invited.map((one) => (
          <li key={one.invitation.id} className={partClasses.card}>
            <div>
              <h3>{one.invitation.name}</h3>
              <p className={partClasses.soft}>
                {common(`role.${one.invitation.role}`)} · {one.invitation.group?.name ?? t('noGroup')}
              </p>
            </div>
            <OneTimeLinkView link={one.link} name={one.invitation.name} message={message(one)} />
          </li>
        ))}
      </ul>
      {printing && (
        <Printed onDone={stopPrinting}>
          <Slips plan={plan} invited={invited} />
        </Printed>
      )}
    </section>
  )
}
