import type { Role } from '@cabildo/protocol/http/common'
import type { GroupDetail } from '@cabildo/protocol/http/people'
import type { GroupId } from '@cabildo/protocol/ids'
import { roles } from '@cabildo/protocol/roles'
import { Button, NativeSelect, TextInput } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { isFault } from '../../lib/field-faults.ts'
import type { Invitee } from './api.ts'
import classes from './invite-part.module.css'
import { InviteRefusal } from './invite-refusal.tsx'
import { looksLikeEmail } from './paste.ts'

interface InviteOneProps {
  groups: readonly GroupDetail[]
  pending: boolean
  error: Error | null
  onInvite: (person: Invitee) => void
}

/** One person to be invited: a name is enough. */
export function InviteOne({ groups, pending, error, onInvite }: InviteOneProps) {
  const { t } = useTranslation('people')
  const { t: common } = useTranslation()
  const [name, setName] = useState('')
  const [email, setEmail] = useState('')
  const [role, setRole] = useState<Role>('participant')
  const [groupId, setGroupId] = useState('')
  const [tried, setTried] = useState(false)
  const address = email.trim()
  const bad = { name: name.trim() === '', email: address !== '' && !looksLikeEmail(address) }

  const send = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    setTried(true)
    if (bad.name || bad.email) {
      const form = event.currentTarget
      // What is wrong gets the focus once it is marked.
      setTimeout(() => form.querySelector<HTMLElement>('[aria-invalid="true"], [data-error] input')?.focus())
      return
    }
    onInvite({
      name: name.trim(),
      role,
      // The options are the ids of the groups, and nothing for none.
      groupId: groupId === '' ? null : (groupId as GroupId),
      ...(address === '' ? {} : { email: address }),
    })
  }
  return (
    <form className={classes.form} onSubmit={send} noValidate>
      <TextInput
        label={t('name')}
        autoComplete="off"
        maxLength={80}
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
        error={((tried && bad.name) || isFault(error, '/people/0/name')) && t('invite.needName')}
      />
      <TextInput
        label={t('email')}
        description={t('invite.emailHelp')}
        type="email"
        autoComplete="off"
        autoCapitalize="none"
        spellCheck={false}
        value={email}
        onChange={(event) => setEmail(event.currentTarget.value)}
        error={((tried && bad.email) || isFault(error, '/people/0/email')) && t('invite.badEmail')}
      />
      <div className={classes.pair}>
        <NativeSelect
          label={t('role')}
          value={role}
          // The options are the roles.
          onChange={(event) => setRole(event.currentTarget.value as Role)}
          data={roles.map((one) => ({ value: one, label: common(`role.${one}`) }))}
        />
        <NativeSelect
          label={t('group')}
          value={groupId}
          onChange={(event) => setGroupId(event.currentTarget.value)}
          data={[
            { value: '', label: t('noGroup') },
            ...groups.map(({ id, name: called }) => ({ value: id, label: called })),
          ]}
        />
      </div>
      <InviteRefusal error={error} />
      <div>
        <Button type="submit" loading={pending}>
          {t('invite.sendOne')}
        </Button>
      </div>
    </form>
  )
}
