import type { MemberItem } from '@cabildo/protocol/http/people'
import { Button } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { usePersonWords } from '../../ui/person-words.ts'
import { MemberChips, MemberName } from './member-name.tsx'
import classes from './members-part.module.css'
import { knownAs } from './model.ts'

/** A list of members, and what can be done with each. */
export interface MemberListProps {
  members: readonly MemberItem[]
  myId: string | undefined
  manages: boolean
  onChange: (member: MemberItem) => void
}

/** The members as a table, for wide screens. */
export function MemberTable({ members, myId, manages, onChange }: MemberListProps) {
  const { t } = useTranslation('people')
  const { t: common } = useTranslation()
  const nameOf = usePersonWords()
  return (
    <table className={classes.table}>
      <caption className="cb-hidden">{t('parts.members')}</caption>
      <thead>
        <tr>
          <th scope="col">{t('person')}</th>
          <th scope="col">{t('role')}</th>
          {manages && (
            <>
              <th scope="col">{t('shownAs')}</th>
              <th scope="col">{t('secondFactor')}</th>
            </>
          )}
          <th scope="col">{t('state')}</th>
          {manages && (
            <th scope="col">
              <span className="cb-hidden">{t('change')}</span>
            </th>
          )}
        </tr>
      </thead>
      <tbody>
        {members.map((member) => (
          <tr key={member.person.id}>
            <th scope="row">
              <MemberName member={member} />
              {member.known?.email && <span className={classes.email}>{member.known.email}</span>}
            </th>
            <td>{common(`role.${member.role}`)}</td>
            {manages && (
              <>
                <td>{member.known && t(`display.${member.known.display}`)}</td>
                <td>{member.known && t(member.known.secondFactor ? 'yes' : 'no')}</td>
              </>
            )}
            <td>
              <MemberChips member={member} isMe={member.person.id === myId} />
            </td>
            {manages && (
              <td>
                <Button variant="default" onClick={() => onChange(member)}>
                  {t('change')}
                  <span className="cb-hidden">: {nameOf(knownAs(member), true)}</span>
                </Button>
              </td>
            )}
          </tr>
        ))}
      </tbody>
    </table>
  )
}
