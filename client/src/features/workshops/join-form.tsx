import { consentText } from '@cabildo/protocol/consent'
import type { Display, Group } from '@cabildo/protocol/http/common'
import type { AgeBand, Gender } from '@cabildo/protocol/http/workshops'
import { Button, NativeSelect, TextInput } from '@mantine/core'
import { IconChevronDown } from '@tabler/icons-react'
import { type FormEvent, useId, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { type Look, useJoin, type WayIn } from './api.ts'
import { Choices } from './choices.tsx'
import { Consent } from './consent.tsx'
import { GroupChoice } from './group-choice.tsx'
import { GroupMissing } from './group-missing.tsx'
import classes from './join.module.css'
import { JoinRefusal } from './join-refusal.tsx'
import { TableChoice } from './table-choice.tsx'

interface JoinFormProps {
  way: WayIn
  look: Look
  /** Who is signed in here already; a member of the plan takes part with their own account. */
  user: { name: string; member: boolean } | undefined
  /** The phone is on its way to them. */
  busy: boolean
  /** Asks for the list of groups again; answers whether it came. */
  onRefresh: () => Promise<boolean>
  /** Called with what lets them in, once nothing of who had the phone before can be lost by it. */
  onJoin: (goIn: () => Promise<void>) => void
  onJoined: (to: { planSlug: string; commitments: readonly number[] }) => void
}

const displays: readonly Display[] = ['name', 'group', 'anonymous']
const genders: readonly Gender[] = ['woman', 'man', 'other']
const ages: readonly AgeBand[] = ['under_18', '18_29', '30_44', '45_59', '60_plus']

/** Longest name the server takes. */
const longestName = 80

/** One short screen: who one is, which group, and one button that agrees and goes in. */
export function JoinForm({ way, look, user, busy, onRefresh, onJoin, onJoined }: JoinFormProps) {
  const { t } = useTranslation('workshops')
  const { groups, tables } = look.workshop
  const asMember = user?.member ?? false
  const nameInput = useRef<HTMLInputElement>(null)
  const groupPlace = useRef<HTMLDivElement>(null)
  const consentId = useId()
  const [name, setName] = useState('')
  const [group, setGroup] = useState<Group | undefined>(groups.length === 1 ? groups[0] : undefined)
  const [tableId, setTableId] = useState('')
  const [display, setDisplay] = useState<Display>('name')
  const [gender, setGender] = useState('')
  const [age, setAge] = useState('')
  const [faults, setFaults] = useState<{ name?: boolean; group?: boolean }>({})
  const join = useJoin()

  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (join.isPending || busy) return
    const called = asMember ? (user?.name ?? '') : name.trim()
    // A member's group is known; the contract wants one named all the same.
    const from = asMember ? (group ?? groups[0]) : group
    setFaults({ name: called === '', group: from === undefined })
    if (called === '') return nameInput.current?.focus()
    if (!from) {
      groupPlace.current?.scrollIntoView({ block: 'center' })
      return groupPlace.current?.querySelector<HTMLElement>('input, button')?.focus({ preventScroll: true })
    }
    const table = tables.find(({ id }) => id === tableId)
    const chosen = { gender: genders.find((one) => one === gender), ageBand: ages.find((one) => one === age) }
    const newcomer = {
      ...way,
      name: called,
      groupId: from.id,
      ...(table && { tableId: table.id }),
      ...(chosen.gender && { gender: chosen.gender }),
      ...(chosen.ageBand && { ageBand: chosen.ageBand }),
      display,
      consent: { version: consentText.version, way: 'screen' as const },
    }
    onJoin(async () => {
      // Why somebody is not let in stands in the form.
      const entered = await join.mutateAsync(newcomer).catch(() => undefined)
      if (entered?.device.workshop) onJoined(entered.device.workshop)
    })
  }

  return (
    <form className={classes.form} onSubmit={submit} noValidate>
      {asMember ? (
        <p className={classes.account}>{t('join.asMember', { name: user?.name })}</p>
      ) : (
        <>
          <TextInput
            ref={nameInput}
            className={classes.big}
            label={t('join.name')}
            description={t('join.nameHelp')}
            value={name}
            onChange={({ currentTarget }) => setName(currentTarget.value)}
            error={faults.name && t('join.needName')}
            maxLength={longestName}
            autoComplete="off"
            autoCapitalize="words"
            spellCheck={false}
            enterKeyHint="next"
          />
          <div ref={groupPlace}>
            <GroupChoice
              groups={groups}
              chosen={group}
              onChoose={setGroup}
              fault={faults.group && !group ? t('join.needGroup') : undefined}
            />
          </div>
          {!group && <GroupMissing groups={groups} onRefresh={onRefresh} />}
        </>
      )}
      <TableChoice
        label={t('join.table')}
        className={classes.big}
        tables={tables}
        value={tableId}
        onChange={setTableId}
      />
      {!asMember && (
        <details className={classes.more}>
          <summary>
            <span>
              {t('join.display')} <strong>{t(`display.${display}`)}</strong>
            </span>
            <IconChevronDown size={20} aria-hidden />
          </summary>
          <Choices
            label={t('join.displayQuestion')}
            help={t('join.displayHelp')}
            name="display"
            options={displays.map((value) => ({ value, label: t(`display.${value}`) }))}
            chosen={display}
            onChoose={setDisplay}
          />
        </details>
      )}
      <details className={classes.more}>
        <summary>
          <span>{t('join.optional')}</span>
          <IconChevronDown size={20} aria-hidden />
        </summary>
        <div className={classes.pair}>
          <NativeSelect
            label={t('join.gender')}
            value={gender}
            onChange={({ currentTarget }) => setGender(currentTarget.value)}
            data={[
              { value: '', label: t('join.unsaid') },
              ...genders.map((value) => ({ value, label: t(`gender.${value}`) })),
            ]}
          />
          <NativeSelect
            label={t('join.age')}
            value={age}
            onChange={({ currentTarget }) => setAge(currentTarget.value)}
            data={[
              { value: '', label: t('join.unsaid') },
              ...ages.map((value) => ({ value, label: t(`age.${value}`) })),
            ]}
          />
        </div>
      </details>
      <Consent id={consentId} />
      <div className={classes.foot}>
        {join.error && <JoinRefusal error={join.error} way={way} member={asMember} />}
        <p className={classes.agree}>
          {t('join.agree')}{' '}
          <button
            type="button"
            onClick={() => {
              const text = document.getElementById(consentId)
              text?.scrollIntoView({ block: 'center' })
              text?.focus({ preventScroll: true })
            }}
          >
            {t('join.read')}
          </button>
        </p>
        <Button type="submit" size="lg" loading={join.isPending || busy} fullWidth>
          {t('join.submit')}
        </Button>
      </div>
    </form>
  )
}
