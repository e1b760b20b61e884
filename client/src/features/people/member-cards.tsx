import { Button } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { usePersonWords } from '../../ui/person-words.ts'
import { MemberChips, MemberName } from './member-name.tsx'
import type { MemberListProps } from './member-table.tsx'
import classes from './members-part.module.css'
import { knownAs } from './model.ts'
import partClasses from './people-view.module.css'

/** The members as cards, for phones. */
export function MemberCards({ members, myId, manages, onChange }: MemberListProps) {
  const { t } = useTranslation('people')
  const { t: common } = useTranslation()
  const nameOf = usePersonWords()
  return (
    <ul className={partClasses.cards}>
      {members.map((member) => (
        <li key={member.person.id} className={partClasses.card}>
          <MemberName member={member} />
          <MemberChips member={member} isMe={member.person.id === myId} />
          <dl className={classes.facts}>
            <dt>{t('role')}</dt>
            <dd>{common(`role.${member.role}`)}</dd>
            {manages && member.known && (
              <>
                <dt>{t('email')}</dt>
                <dd>{member.known.email ?? t('noEmail')}</dd>
                <dt>{t('shownAs')}</dt>
                <dd>{t(`display.${member.known.display}`)}</dd>
                <dt>{t('secondFactor')}</dt>
                <dd>{t(member.known.secondFactor ? 'yes' : 'no')}</dd>
              </>
            )}
          </dl>
          {manages && (
            <Button variant="default" onClick={() => onChange(member)}>
              {t('change')}
              <span className="cb-hidden">: {nameOf(knownAs(member), true)}</span>
            </Button>
          )}
        </li>
      ))}
    </ul>
  )
}
